/** The places that a text registered at Kavenegar may have for words of ours, in the order in which lines fill them. */
export const tokenNames = ['token', 'token2', 'token3', 'token10', 'token20'] as const;
export type TokenName = (typeof tokenNames)[number];
export type Tokens = Readonly<Partial<Record<TokenName, string>>>;

/** Where the front matter names no tokens, the text's lines are they; undefined where there are more than places. */
export function tokensOfLines(text: string): Tokens | undefined {
  const lines = text.split(/\r?\n/).flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
  if (lines.length > tokenNames.length) return undefined;
  return Object.fromEntries(lines.map((line, place) => [tokenNames[place] ?? 'token', line] as const));
}
