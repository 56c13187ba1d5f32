import fc from 'fast-check';
import { SegmentedMessage } from 'sms-segments-calculator';
import { smsParts } from './sms-parts.js';

describe('the parts of an SMS', () => {
  it.each([
    ['', 1],
    ['س'.repeat(70), 1],
    ['س'.repeat(71), 2],
    ['س'.repeat(134), 2],
    ['س'.repeat(135), 3],
    ['a'.repeat(160), 1],
    ['a'.repeat(161), 2],
    ['a'.repeat(306), 2],
    ['a'.repeat(307), 3],
    [`${'a'.repeat(70)}ا`, 2],
    [`${'a'.repeat(70)}\u200c`, 2],
    [`${'a'.repeat(158)}€`, 1],
    [`${'a'.repeat(159)}€`, 2],
    [`${'a'.repeat(70)}\``, 2],
    ['🌹'.repeat(35), 1],
    ['🌹'.repeat(36), 2],
    ['🌹'.repeat(67), 3],
  ])('of %j are %i', (text, parts) => {
    expect(smsParts(text)).toBe(parts);
  });

  it('keep a letter and what joins it together', () => {
    const text = `${'س'.repeat(66)}می\u200c${'س'.repeat(66)}`;
    expect(smsParts(text)).toBe(new SegmentedMessage(text, 'auto', false).segmentsCount);
  });

  it.each(['\u200c', '\u064b', '\u0655', '\u065f', '\u0670'])('never part a letter and the mark %j on it', (mark) => {
    const text = `${'س'.repeat(66)}ه${mark}${'س'.repeat(66)}`;
    expect(smsParts(text)).toBe(3);
    expect(new SegmentedMessage(text, 'auto', false).segmentsCount).toBe(3);
  });

  it.each(['\u064a', '\u0660', '\u0671', '\u066f'])('take %j for a letter of its own', (letter) => {
    const text = `${'س'.repeat(66)}ه${letter}${'س'.repeat(66)}`;
    expect(smsParts(text)).toBe(2);
    expect(new SegmentedMessage(text, 'auto', false).segmentsCount).toBe(2);
  });

  it('are the ones that the calculator counts, whatever the text', () => {
    const persian = fc.constantFrom(...'سلام می\u200cآیدگۀ؟،٬۱۲«»َ ّٰ \n abcXYZ012.:/-_'.split(''));
    const western = fc.constantFrom(...'abcdefXYZ 0123@$_\n^{}[]~|\\`é€'.split(''));
    const anything = fc.constantFrom('🌹', '👨‍👩‍👧', 'é', '\r\n', '\u200d', 'ۀ', '\u0600', '\u06dd', '漢', 'ـ', 'ً');
    const mixed = fc.oneof({ weight: 30, arbitrary: persian }, { weight: 1, arbitrary: anything });
    const texts = fc.oneof(
      fc.string({ unit: persian, maxLength: 300 }),
      fc.string({ unit: western, maxLength: 400 }),
      fc.string({ unit: mixed, minLength: 60, maxLength: 220 }),
    );
    fc.assert(
      fc.property(texts, (text) => {
        expect(smsParts(text)).toBe(new SegmentedMessage(text, 'auto', false).segmentsCount);
      }),
      { numRuns: 400 },
    );
  });

  it.each(['سلام 𝒳 ', 'abc [€] ', '👨‍👩‍👧 x', 'abc ', 'é `', 'line\n'])(
    'of %j many times over are what the calculator says',
    (piece) => {
      for (const times of [400, 601]) {
        const text = piece.repeat(Math.ceil((times * 6) / piece.length));
        expect(smsParts(text)).toBe(new SegmentedMessage(text, 'auto', false).segmentsCount);
      }
    },
  );

  it('of a text without end are counted at once', () => {
    const before = process.cpuUsage();
    expect(smsParts('سلام 𝒳 '.repeat(50_000))).toBeGreaterThan(5_000);
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(5_000);
  });
});
