import fc from 'fast-check';
import { fold } from './fold.js';

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
  ])('makes %j into %j', (text, folded) => {
    expect(fold(text)).toBe(folded);
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
