import { createMask, maskAddresses, maskEmail, maskPhone, maskText } from './mask.js';

describe('masking', () => {
  it('leaves enough of an address to recognise it', () => {
    expect(maskPhone('+989121234567')).toBe('+98912*****67');
    expect(maskPhone('09121234567')).toBe('0912*****67');
    expect(maskEmail('sara@example.com')).toBe('s***@example.com');
  });

  it.each([
    'to +989121234567 now',
    'to 09121234567',
    'to 9121234567.',
    'to 00989121234567',
    'to 989121234567',
    'to 0912 123 45 67',
    'to 0912-123-45-67',
    'to +98 912 123 45 67',
    'to ۰۹۱۲۱۲۳۴۵۶۷',
    'to ٠٩١٢١٢٣٤٥٦٧',
    'to +441632960961',
    'to 02188776655',
    'receptor=%2B989121234567&sender=1000',
    'receptor=09121234567%2C09129876543',
    '{"msg":"customer tel:+989121234567 is blocked"}',
    'sara@example.com',
    'Sara.Ahmadi+shop@mail.example.co.uk',
    'سارا@مثال.ایران',
    'user=sara%40example.com',
    'connect to postgres://peyk:hunter2@db:5432/peyk failed',
    'smtps://sara%40example.com:hunter2@mail.example.com',
    'authorization: Bearer hunter2-hunter2',
    'GET https://api.kavenegar.com/v1/4B6F6E7A7A6B6579/sms/send.json?message=x',
  ])('hides what is personal or secret in: %s', (line) => {
    const masked = maskText(line);
    expect(masked).toContain('***');
    expect(masked).not.toMatch(/1234567|123 45 67|123-45-67|۱۲۳۴۵۶۷|١٢٣٤٥٦٧|632960961|88776655|9876543/);
    expect(masked).not.toMatch(/sara@|sara%40|Ahmadi|سارا@|hunter2|4B6F6E7A/i);
  });

  it.each([
    '{"time":1763778845000,"pid":9123}',
    'message 115823456789012345 sent in 0.912345678 s',
    '2026-11-21T10:00:00.912Z 127.0.0.1:3000',
    'cost 3500 rial, 20000000 rial',
    'hash 0f8fad5b-d9cb-469f-a165-70867728950e',
    'http://127.0.0.1:3000/v1/events',
    '@nestjs/core 12.5.1',
    'repair r1, iPhone 13',
  ])('leaves alone: %s', (line) => {
    expect(maskText(line)).toBe(line);
  });

  it('hides the secrets of this process however they are written', () => {
    const mask = createMask(['p"ss/word', 'abc', '']);
    expect(mask('p"ss/word p%22ss%2Fword {"a":"p\\"ss/word"} abc')).toBe('*** *** {"a":"***"} abc');
  });

  it('masks the fields of an event that hold addresses, however deep', () => {
    expect(
      maskAddresses({ phone: '09121234567', text: 'call 09121234567', inner: [{ email: 'a@b.ir' }], none: null, n: 1 }),
    ).toEqual({ phone: '0912*****67', text: 'call 09121234567', inner: [{ email: 'a***@b.ir' }], none: null, n: 1 });
  });

  it('takes no longer for a hostile line', () => {
    const before = process.cpuUsage().user;
    maskText('a'.repeat(20_000) + '0912'.repeat(10_000) + 'a.a-'.repeat(10_000) + '://' + 'x'.repeat(20_000));
    expect(process.cpuUsage().user - before).toBeLessThan(2_000_000);
  });
});
