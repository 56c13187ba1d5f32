/** What may stand next. `valueOrEnd` and `keyOrEnd`: right after an opening bracket. */
type Expected = 'value' | 'valueOrEnd' | 'key' | 'keyOrEnd' | 'colon' | 'more';

const space = /[ \t\n\r]*/y;
/** All but quote, backslash and the control characters below the space. */
const plain = String.raw`[ !#-[\]-\uffff]*`;
const string = new RegExp(String.raw`"${plain}(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})${plain})*`, 'y');
const literal = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y;

/**
 * The offset at which a text stops being JSON; its length where it ends too early. JSON.parse tells it only for some
 * faults. Called for what JSON.parse has refused, and takes time in proportion to the text.
 */
export function faultIn(text: string): number {
  const open: ('{' | '[')[] = [];
  let expected: Expected = 'value';
  for (let at = skip(space, text, 0); at < text.length; at = skip(space, text, at)) {
    const end = tokenEnd(text, at, expected, open.at(-1));
    if (end < 0) return -end - 1;
    expected = next(text.charAt(at), expected, open);
    at = end;
    if (open.length === 0 && expected === 'more') return skip(space, text, at);
  }
  return text.length;
}

/** Where the token at `at` ends; -1 minus the offset of what is wrong. */
function tokenEnd(text: string, at: number, expected: Expected, inside: '{' | '[' | undefined): number {
  const mark = text.charAt(at);
  if (mark === '"' && expected !== 'colon' && expected !== 'more') return stringEnd(text, at);
  if (fits(mark, expected, inside)) return at + 1;
  const end = expected === 'value' || expected === 'valueOrEnd' ? skip(literal, text, at) : at;
  return end > at ? end : -at - 1;
}

function stringEnd(text: string, at: number): number {
  const end = skip(string, text, at);
  return text.charAt(end) === '"' ? end + 1 : -end - 1;
}

function fits(mark: string, expected: Expected, inside: '{' | '[' | undefined): boolean {
  switch (expected) {
    case 'colon':
      return mark === ':';
    case 'key':
      return false;
    case 'keyOrEnd':
      return mark === '}';
    case 'more':
      return mark === ',' || mark === (inside === '{' ? '}' : ']');
    case 'valueOrEnd':
      return mark === '{' || mark === '[' || mark === ']';
    case 'value':
      return mark === '{' || mark === '[';
  }
}

/** What may follow a good token that begins with `mark`. */
function next(mark: string, expected: Expected, open: ('{' | '[')[]): Expected {
  switch (mark) {
    case '{':
    case '[':
      open.push(mark);
      return mark === '{' ? 'keyOrEnd' : 'valueOrEnd';
    case '}':
    case ']':
      open.pop();
      return 'more';
    case ',':
      return open.at(-1) === '{' ? 'key' : 'value';
    case ':':
      return 'value';
    default:
      return expected === 'key' || expected === 'keyOrEnd' ? 'colon' : 'more';
  }
}

function skip(shape: RegExp, text: string, at: number): number {
  shape.lastIndex = at;
  return shape.test(text) ? shape.lastIndex : at;
}
