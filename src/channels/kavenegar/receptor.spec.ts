import { receptorOf } from './receptor.js';

describe('a phone number for Kavenegar', () => {
  it.each([
    ['+989121234567', '09121234567'],
    ['+982188776655', '02188776655'],
    ['+4915112345678', '004915112345678'],
    ['+9611234567', '009611234567'],
  ])('%s is written %s', (phone, receptor) => {
    expect(receptorOf(phone)).toBe(receptor);
  });

  it.each([
    '09121234567',
    '989121234567',
    '+98912,+98913',
    '+0123456789',
    '+98 912 123 4567',
    '+۹۸۹۱۲۱۲۳۴۵۶۷',
    '',
    '+98\n9121234567',
  ])('%j is none', (phone) => {
    expect(receptorOf(phone)).toBeUndefined();
  });
});
