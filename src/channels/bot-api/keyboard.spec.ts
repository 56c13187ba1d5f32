import { keyboardOf } from './keyboard.js';

function rows(labels: readonly string[]): readonly (readonly string[])[] | undefined {
  return keyboardOf(labels)?.inline_keyboard.map((row) => row.map(({ text }) => text));
}

describe('a keyboard', () => {
  it('has numbers side by side, short words in pairs, and longer ones below each other', () => {
    expect(rows(['1', '2', '3', '4', '5', '6', '7'])).toEqual([
      ['1', '2', '3', '4', '5'],
      ['6', '7'],
    ]);
    expect(rows(['بله', 'نه'])).toEqual([['بله', 'نه']]);
    expect(rows(['قرمز', 'سبز', 'آبی'])).toEqual([['قرمز', 'سبز'], ['آبی']]);
    expect(rows(['خیلی خوب بود ممنون', 'نه'])).toEqual([['خیلی خوب بود ممنون'], ['نه']]);
  });

  it('brings back what stands on the button', () => {
    expect(keyboardOf(['بله'])).toEqual({ inline_keyboard: [[{ text: 'بله', callback_data: 'بله' }]] });
  });

  it('is none where there is nothing to press, or more on a button than it may bring back', () => {
    expect(keyboardOf([])).toBeUndefined();
    expect(keyboardOf(['a', ''])).toBeUndefined();
    expect(keyboardOf(['ب'.repeat(32)])).toBeDefined();
    expect(keyboardOf(['ب'.repeat(33)])).toBeUndefined();
  });
});
