import fc from 'fast-check';
import { didYouMean, nearest } from './did-you-mean.js';

const events = ['repair.received', 'repair.ready', 'purchase.completed'];

describe('nearest', () => {
  it.each([
    ['repair.recieved', 'repair.received'],
    ['repair.redy', 'repair.ready'],
    ['Repair.Ready', 'repair.ready'],
    ['purchase.complete', 'purchase.completed'],
  ])('takes %s for %s', (word, meant) => {
    expect(nearest(word, events)).toBe(meant);
  });

  it.each(['stock.arrived', '', 'x', 'repair'])('finds nothing near %j', (word) => {
    expect(nearest(word, events)).toBeUndefined();
  });

  it('counts two letters that changed places as one slip', () => {
    expect(nearest('nwo', ['now', 'own', 'who'])).toBe('now');
  });

  it('takes the first of equals', () => {
    expect(nearest('cot', ['cat', 'cut'])).toBe('cat');
  });

  it('never offers the word itself', () => {
    expect(nearest('send', ['send'])).toBeUndefined();
  });

  it('finds any long word again after one slip', () => {
    const word = fc.stringMatching(/^[a-z]{6,20}$/);
    fc.assert(
      fc.property(word, fc.nat(), fc.constantFrom('drop', 'double', 'swap'), (original, place, slip) => {
        const at = place % (original.length - 1);
        const [a = '', b = ''] = original.slice(at, at + 2);
        const slipped = { drop: b, double: a + a + b, swap: b + a }[slip];
        const typed = original.slice(0, at) + slipped + original.slice(at + 2);
        expect(nearest(typed, [original])).toBe(typed === original ? undefined : original);
      }),
    );
  });

  it('does not spend time on very long words', () => {
    expect(nearest('x'.repeat(1_000_000), ['y'.repeat(1_000_000)])).toBeUndefined();
  });
});

describe('didYouMean', () => {
  it('ends a message, or is empty', () => {
    expect(didYouMean('repair.redy', events)).toBe('; did you mean "repair.ready"?');
    expect(didYouMean('other', events)).toBe('');
  });
});
