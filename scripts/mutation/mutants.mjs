/** Small changes, each of which turns some rule round: what is looked for, and what is put in its place. */
const table = [
  ['flip ===', / === /g, ' !== '],
  ['flip !==', / !== /g, ' === '],
  ['< to <=', / < /g, ' <= '],
  ['<= to <', / <= /g, ' < '],
  ['> to >=', / > /g, ' >= '],
  ['>= to >', / >= /g, ' > '],
  ['turn <', / <=? /g, ' > '],
  ['turn >', / >=? /g, ' < '],
  ['drop not', /!(?=[\w(])/g, ''],
  ['and to or', / && /g, ' || '],
  ['or to and', / \|\| /g, ' && '],
  ['drop default', / \?\? [\w.]+(?=[;,)])/g, ''],
  ['+1 to +0', / \+ 1\b/g, ' + 0'],
  ['-1 to -0', / - 1\b/g, ' - 0'],
  ['plus to minus', / \+ (?=[a-z])/g, ' - '],
  ['minus to plus', / - (?=[a-z])/g, ' + '],
  ['true to false', /\btrue\b/g, 'false'],
  ['false to true', /\bfalse\b/g, 'true'],
  ['min to max', /Math\.min\(/g, 'Math.max('],
  ['max to min', /Math\.max\(/g, 'Math.min('],
  ['some to every', /\.some\(/g, '.every('],
  ['every to some', /\.every\(/g, '.some('],
  ['swap branches', /(?<!\?)\? ((?:[^?:{}()]|\([^()]*\))+) : ((?:[^?:;{}()]|\([^()]*\))+)(?=;|\)\s*;)/g, '? $2 : $1'],
  [
    'drop statement',
    /^( +)(?!return|const|let|for|if|else|case|switch|throw|while|break|continue|default)[\w.]+\(.*\);$/gm,
    '$1;',
  ],
  ['drop assignment', /^( +)[\w.]+(?:\[[\w.]+\])? = .*;$/gm, '$1;'],
];

/** Every place in a compiled file that can be changed, comments and imports apart. */
export function mutantsOf(file, text) {
  const mutants = [];
  for (const [name, pattern, replacement] of table) {
    for (const match of text.matchAll(pattern)) {
      const line = lineAround(text, match.index);
      if (/^\s*(\/\/|\/?\*|import\b|export \{)/.test(line) || /throw new Error|witness|\btell\(/.test(line)) continue;
      const after = match[0].replace(new RegExp(pattern.source, pattern.flags.replace('g', '')), replacement);
      // A lookahead does not see what follows in the match alone.
      const put = after === match[0] ? expand(replacement, match) : after;
      if (put === match[0]) continue;
      mutants.push({ file, name, at: match.index, length: match[0].length, put, line: line.trim() });
    }
  }
  return [...mutants, ...conditionsOf(file, text)];
}

/** `if (…)` that never holds, and that always does. */
function conditionsOf(file, text) {
  return [...text.matchAll(/\bif \(/g)].flatMap(({ index }) => {
    const open = index + 'if '.length;
    const length = lengthInBrackets(text, open);
    const line = lineAround(text, index).trim();
    if (length === undefined || /throw new Error|witness|\btell\(|^(\/\/|\*)/.test(line)) return [];
    return ['false', 'true'].map((put) => ({ file, name: `always ${put}`, at: open, length, put: `(${put})`, line }));
  });
}

function lengthInBrackets(text, open) {
  let depth = 0;
  for (let at = open; at < text.length; at += 1) {
    if (text[at] === '(') depth += 1;
    if (text[at] === ')') depth -= 1;
    if (depth === 0) return at + 1 - open;
  }
  return undefined;
}

function expand(replacement, match) {
  return replacement.replace(/\$(\d)/g, (_, group) => match[Number(group)] ?? '');
}

function lineAround(text, at) {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const first = text[at] === '\n' ? at + 1 : start;
  const end = text.indexOf('\n', first);
  return text.slice(first, end === -1 ? undefined : end);
}

export function applied(text, { at, length, put }) {
  return text.slice(0, at) + put + text.slice(at + length);
}
