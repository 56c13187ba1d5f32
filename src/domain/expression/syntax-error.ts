/** A parser's complaint in the words of somebody who writes conditions. `written` is what stands at its place. */
export function explainSyntaxError(complaint: string, written: string): string {
  const known = complaints.find(({ when }) => when.test(complaint));
  const message = known?.say(complaint, written) ?? lowerFirst(complaint);
  return message.replace(/\b[A-Z]{2,}\b/g, (token) => tokenNames[token] ?? token);
}

/** What somebody has meant at the place where the parser stumbled, where that is plain. */
export function sayMeant(source: string, at: number): string | undefined {
  const arrow = /^=[<>]/.exec(source.slice(at))?.[0];
  return arrow === undefined ? sayAmount(source, at) : `"${arrow}" does not compare; write "${arrow.charAt(1)}="`;
}

/** `30 days` and `5000 toman` are written so everywhere but in expressions. */
function sayAmount(source: string, at: number): string | undefined {
  const [, amount = ''] = /(\d+) *$/.exec(source.slice(Math.max(0, at - 20), at)) ?? [];
  const [unit] =
    /^(?:working )?(?:(?:second|minute|hour|day|week|month|year|toman|rial)s?\b)/.exec(source.slice(at)) ?? [];
  if (amount === '' || unit === undefined) return undefined;
  if (unit.startsWith('toman')) return `money is written toman(${amount}) in an expression`;
  if (unit.startsWith('rial')) return `money is written toman(${String(Number(amount) / 10)}) in an expression`;
  return `a duration stands in quotes in an expression: "${amount} ${unit}"`;
}

const complaints: readonly { when: RegExp; say(complaint: string, written: string): string }[] = [
  { when: /^Unexpected character: =/, say: () => '"=" does not compare; write "=="' },
  { when: /^Unexpected character: [&|]/, say: (_, written) => `write "and" or "or" instead of "${written}"` },
  { when: /^Unexpected character: [“”„«»‘’]/, say: () => 'texts stand in straight quotes: "…"' },
  { when: /^Unexpected character/, say: (_, written) => `unexpected "${written}"; expected an operator or the end` },
  { when: /^Unexpected token: EOF/, say: () => 'the expression ends too early' },
  { when: /^Unterminated/, say: () => 'this text has no closing quote' },
  { when: /^Newlines not allowed/, say: () => 'this text has no closing quote on its line' },
  { when: /^Reserved identifier/, say: (_, written) => `"${written}" is a reserved word and cannot be a name` },
  { when: /^Exceeded max/, say: () => 'the expression is too large; split it up' },
  { when: /invalid predicate iteration variable$/, say: () => 'expected a name for each item: list.exists(item, …)' },
];

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

const tokenNames: Readonly<Record<string, string>> = {
  EOF: 'the end',
  NUMBER: 'a number',
  STRING: 'a text',
  BYTES: 'bytes',
  BOOLEAN: '"true" or "false"',
  NULL: '"null"',
  IDENTIFIER: 'a name',
  PLUS: '"+"',
  MINUS: '"-"',
  MULTIPLY: '"*"',
  DIVIDE: '"/"',
  MODULO: '"%"',
  EQ: '"=="',
  NE: '"!="',
  LT: '"<"',
  LE: '"<="',
  GT: '">"',
  GE: '">="',
  AND: '"and"',
  OR: '"or"',
  NOT: '"not"',
  IN: '"in"',
  LPAREN: '"("',
  RPAREN: '")"',
  LBRACKET: '"["',
  RBRACKET: '"]"',
  LBRACE: '"{"',
  RBRACE: '"}"',
  DOT: '"."',
  COMMA: '","',
  COLON: '":"',
  QUESTION: '"?"',
};
