/** As grammY takes it. */
export interface InlineKeyboard {
  readonly inline_keyboard: { readonly text: string; readonly callback_data: string }[][];
}

/** What a button may bring back. */
const mostBytes = 64;

/** A button for each answer, which brings back its own label; none where a label is too long for that. */
export function keyboardOf(labels: readonly string[]): InlineKeyboard | undefined {
  const fits = labels.length > 0 && labels.every((label) => label !== '' && Buffer.byteLength(label) <= mostBytes);
  if (!fits) return undefined;
  const buttons = labels.map((label) => ({ text: label, callback_data: label }));
  const across = inRow(Math.max(...labels.map(({ length }) => length)));
  const rows = Array.from({ length: Math.ceil(buttons.length / across) }, (_, row) =>
    buttons.slice(row * across, (row + 1) * across),
  );
  return { inline_keyboard: rows };
}

/** Numbers side by side, short words in pairs; a telephone's screen cuts off what is longer. */
function inRow(longest: number): number {
  if (longest <= 3) return 5;
  return longest <= 14 ? 2 : 1;
}
