import { newStartCode, startCodeIn } from './start-code.js';

describe('a code of a link to a bot', () => {
  it('comes back as the messenger writes it', () => {
    const code = newStartCode();
    expect(code).toMatch(/^[\w-]{22}$/);
    expect(startCodeIn(`/start ${code}`)).toBe(code);
    expect(startCodeIn(` /start ${code}\n`)).toBe(code);
    expect(newStartCode()).not.toBe(code);
  });

  it.each([
    '/start',
    '/start ',
    '/start abc',
    `/start ${'a'.repeat(23)}`,
    `start ${'a'.repeat(22)}`,
    `/start ${'ا'.repeat(22)}`,
  ])('is none: %j', (text) => {
    expect(startCodeIn(text)).toBeUndefined();
  });
});
