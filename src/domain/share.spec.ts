import { parseShare } from './share.js';

describe('a share', () => {
  it.each([
    ['5%', 0.05],
    ['0%', 0],
    ['100%', 1],
    ['0.5%', 0.005],
    ['33 %', 0.33],
  ])('%s is %d', (text, share) => {
    expect(parseShare(text)).toBe(share);
  });

  it.each(['5', '101%', '-1%', '%', '5 percent', '100.1%', 'a%'])('is not %s', (text) => {
    expect(parseShare(text)).toBeUndefined();
  });
});
