/** What replaces a stretch of a text. None adds or takes away a line, so that a line stays the line of its file. */
export interface Edit {
  readonly offset: number;
  readonly end: number;
  readonly text: string;
}

export function applyEdits(text: string, edits: readonly Edit[]): string {
  let [out, at] = ['', 0];
  for (const edit of [...edits].sort((a, b) => a.offset - b.offset)) {
    out += text.slice(at, edit.offset) + edit.text;
    at = edit.end;
  }
  return out + text.slice(at);
}
