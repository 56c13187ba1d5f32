import { withFooter } from './footer.js';

describe('a footer', () => {
  it('stands on a line of its own below an SMS, and is counted', () => {
    const content = { channel: 'sms', text: ` ${'س'.repeat(66)} `, parts: 1, lookup: 'a' } as const;
    expect(withFooter(content, ' لغو۱۱ ')).toEqual({
      channel: 'sms',
      text: `${'س'.repeat(66)}\nلغو۱۱`,
      parts: 2,
      lookup: 'a',
    });
  });

  it('is none of other channels, and may be none at all', () => {
    const telegram = { channel: 'telegram', text: 'a' } as const;
    const sms = { channel: 'sms', text: 'a', parts: 1 } as const;
    expect(withFooter(telegram, 'لغو۱۱')).toBe(telegram);
    expect(withFooter(sms, undefined)).toBe(sms);
  });
});
