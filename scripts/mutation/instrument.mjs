import ts from 'typescript';

/** Asked at every place that has mutants: whether this one is in force. Defined by the runner. */
export const asked = 'globalThis.peykMutant';

const values = new Set([
  ts.SyntaxKind.BinaryExpression,
  ts.SyntaxKind.ConditionalExpression,
  ts.SyntaxKind.CallExpression,
  ts.SyntaxKind.NewExpression,
  ts.SyntaxKind.PrefixUnaryExpression,
  ts.SyntaxKind.ParenthesizedExpression,
  ts.SyntaxKind.TrueKeyword,
  ts.SyntaxKind.FalseKeyword,
  ts.SyntaxKind.TemplateExpression,
  ts.SyntaxKind.ObjectLiteralExpression,
  ts.SyntaxKind.ArrayLiteralExpression,
  ts.SyntaxKind.ArrowFunction,
]);

/** The file with all of its mutants inside, each in force when asked for; and those that cannot be put in. */
export function instrumented(text, mutants) {
  const source = parsed(text);
  const places = new Map();
  const left = [];
  for (const mutant of mutants) {
    const place = placeOf(source, text, mutant);
    if (place === undefined) left.push(mutant);
    else places.set(place.node, [...(places.get(place.node) ?? []), place]);
  }
  const write = (node, from, to) => {
    let written = '';
    let at = from;
    for (const inner of outermost(node, places)) {
      written += text.slice(at, inner.getStart(source)) + chosen(inner);
      at = inner.end;
    }
    return written + text.slice(at, to);
  };
  const chosen = (node) => {
    const original = write(node, node.getStart(source), node.end);
    const ways = places.get(node).map(({ number, changed }) => `${asked}(${String(number)}) ? (${changed}) : `);
    return `(${ways.join('')}(${original}))`;
  };
  return { text: write(source, 0, text.length), left };
}

/** The smallest expression around the change, written out as it would be; undefined where that is no code. */
function placeOf(source, text, mutant) {
  const { at, length, put } = trimmed(text, mutant);
  const node = valueAround(source, at, at + length);
  if (node === undefined) return undefined;
  const [start, end] = [node.getStart(source), node.end];
  const changed = text.slice(start, at) + put + text.slice(at + length, end);
  return isCode(`async function* f() { (${changed}); }`) ? { node, number: mutant.number, changed } : undefined;
}

/** Without the brackets of an `if` and without the end of a statement. */
function trimmed(text, { at, length, put }) {
  const cut = text.slice(at, at + length);
  if (put === '(true)' || put === '(false)') return { at: at + 1, length: length - 2, put: put.slice(1, -1) };
  if (!/^ *;$/.test(put)) return { at, length, put };
  const blank = cut.length - cut.trimStart().length;
  return { at: at + blank, length: cut.trimEnd().length - blank - 1, put: 'undefined' };
}

function valueAround(source, from, to) {
  let found;
  const look = (node) => {
    if (node.getStart(source) > from || node.end < to) return;
    if (values.has(node.kind) && isValue(node)) found = node;
    ts.forEachChild(node, look);
  };
  look(source);
  while (found !== undefined && isBeginningOf(found.parent, found)) found = found.parent;
  return found;
}

/** Not the left side of an assignment, a name, or what a pattern takes apart. */
function isValue(node) {
  const { parent } = node;
  if (ts.isBinaryExpression(parent) && parent.left === node)
    return parent.operatorToken.kind !== ts.SyntaxKind.EqualsToken;
  return !ts.isForOfStatement(parent) || parent.initializer !== node;
}

/** `a.some(b)` in `a.some(b).c()`: taken apart from it, a chain of `?.` would not end where it ends. */
function isBeginningOf(parent, node) {
  return (
    (ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent) || ts.isCallExpression(parent)) &&
    parent.expression === node
  );
}

function outermost(node, places) {
  const found = [];
  const look = (child) => {
    if (places.has(child)) found.push(child);
    else ts.forEachChild(child, look);
  };
  ts.forEachChild(node, look);
  return found.sort((a, b) => a.pos - b.pos);
}

function parsed(text) {
  return ts.createSourceFile('file.js', text, ts.ScriptTarget.ESNext, true, ts.ScriptKind.JS);
}

function isCode(text) {
  return parsed(text).parseDiagnostics.length === 0;
}
