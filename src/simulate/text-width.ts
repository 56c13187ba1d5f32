/** How many columns a text takes: marks and invisible characters take none. */
export function widthOf(text: string): number {
  return Array.from(text.replace(/[\p{M}\p{Cf}]/gu, '')).length;
}

export function padded(text: string, width: number): string {
  return text + padding(text, width);
}

/** The spaces that bring it to that width. */
export function padding(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - widthOf(text)));
}
