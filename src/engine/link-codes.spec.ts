import type { LinkPlace } from '../domain/message/short-links.js';
import { linkCodes } from './link-codes.js';

const place: LinkPlace = { customer: 'c1', message: 'j/1/s/2.0', channel: 'sms', at: 1 };
const target = 'https://shop.example/orders/7';
const key = Buffer.alloc(32, 7);

function code(change: Partial<LinkPlace> = {}, to: string | undefined = target, by = key): string {
  return linkCodes('https://p.example', by)?.codeFor({ ...place, ...change }, to)?.code ?? '';
}

describe('a code', () => {
  it('is ten letters and digits below /l, or 22 below /u for whoever wants no more', () => {
    const codes = linkCodes('https://p.example/x', key);
    expect(codes?.codeFor(place, target)).toEqual({
      code: expect.stringMatching(/^[0-9A-Za-z]{10}$/) as string,
      url: `https://p.example/x/l/${code()}`,
      target,
    });
    expect(codes?.codeFor(place, undefined)?.url).toMatch(/^https:\/\/p\.example\/x\/u\/[0-9A-Za-z]{22}$/);
  });

  it('is the same for the same link, and another wherever anything differs', () => {
    expect(code()).toBe(code());
    const all = [
      code(),
      code({ customer: 'c2' }),
      code({ message: 'j/1/s/2.1' }),
      code({ channel: 'email' }),
      code({ at: 2 }),
      code({}, 'https://shop.example/orders/8'),
      code({}, target, Buffer.alloc(32, 8)),
    ];
    expect(new Set(all).size).toBe(all.length);
  });

  it('cannot be made by whoever knows all but the key', () => {
    const [one, other] = [linkCodes('https://p.example'), linkCodes('https://p.example')];
    expect(one?.codeFor(place, target)?.code).not.toBe(other?.codeFor(place, target)?.code);
  });

  it('does not repeat, and uses every digit', () => {
    const made = Array.from({ length: 20_000 }, (_, at) => code({ at }));
    expect(new Set(made).size).toBe(made.length);
    expect(new Set(made.join('')).size).toBe(62);
  });

  it('is none where this server has no public address', () => {
    expect(linkCodes(undefined)).toBeUndefined();
  });
});
