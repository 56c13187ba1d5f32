/**
 * `and`, `or` and `not` as CEL writes them, each with as many characters as it had, so that positions stay true. Texts and
 * comments are left alone, and so is a field of that name.
 */
export function toCelSpelling(source: string): string {
  return source.replace(tokens, (token: string, offset: number) => {
    const operator = Object.hasOwn(operators, token) ? operators[token] : undefined;
    return operator === undefined || isField(source, offset) ? token : operator;
  });
}

function isField(source: string, offset: number): boolean {
  return source
    .slice(Math.max(0, offset - 100), offset)
    .trimEnd()
    .endsWith('.');
}

const operators: Readonly<Record<string, string>> = { and: '&& ', or: '||', not: '!  ' };

const tokens = new RegExp(
  [
    String.raw`"""(?:\\[\s\S]|(?!""")[^\\])*"""`,
    String.raw`'''(?:\\[\s\S]|(?!''')[^\\])*'''`,
    String.raw`"(?:\\.|[^"\\\n])*"`,
    String.raw`'(?:\\.|[^'\\\n])*'`,
    String.raw`//[^\n]*`,
    String.raw`\w+`,
  ].join('|'),
  'g',
);
