/** Half of a surrogate pair has no UTF-8, and stands for nothing. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\uFFFD');
}
