import fc from 'fast-check';

/** Any code point but half a pair. As fast-check's `unit: 'binary'`, which first spends a second on a table of all of them. */
export const anyCharacter = fc
  .oneof(
    fc.integer({ min: 0, max: 0xff }),
    fc.integer({ min: 0, max: 0xd7ff }),
    fc.integer({ min: 0xe000, max: 0x10ffff }),
  )
  .map((code) => String.fromCodePoint(code));
