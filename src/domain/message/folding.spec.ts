import fc from 'fast-check';
import { fold } from './folding.js';

describe('fold', () => {
  it.each([
    ['۱۲٣', '123'],
    ['كيك', 'کیک'],
    ['سَلامٌ', 'سلام'],
    ['لـــغو', 'لغو'],
    ['می\u200cروم', 'می روم'],
    ['  «لغو»!! ', 'لغو'],
    ['YES.', 'yes'],
    ['...', ''],
    ['a-b', 'a-b'],
    ['\u200fلغو۱۱\u200f', 'لغو11'],
  ])('makes %j into %j', (text, folded) => {
    expect(fold(text)).toBe(folded);
  });

  it.each(['. ', '\u064b', 'ـ.', 'ي\u200c', '۱'])('takes a text made of %j apart in no time', (unit) => {
    const text = unit.repeat(10_000 / unit.length);
    const times = Array.from({ length: 20 }, () => {
      const start = performance.now();
      fold(text);
      return performance.now() - start;
    });
    // The best of them: others may have been interrupted.
    expect(Math.min(...times)).toBeLessThan(5);
  });

  it('changes nothing that is folded already', () => {
    const letters = fc.string({ unit: fc.constantFrom(...Array.from('aB۱٣يكَـ\u200c .!?«»سلامی')) });
    fc.assert(
      fc.property(letters, (text) => {
        expect(fold(fold(text))).toBe(fold(text));
      }),
    );
  });
});
