import { asciiUrl, MessageLinks, type LinkCodes, type LinkPlace } from './short-links.js';

const place: LinkPlace = { customer: 'c1', message: 'j/1/s/2.0', channel: 'sms', at: 1 };

function counting(served = true): LinkCodes & { readonly asked: (string | undefined)[] } {
  const asked: (string | undefined)[] = [];
  return {
    asked,
    codeFor: (_, target) => {
      asked.push(target);
      const code = String(asked.length);
      return served ? { code, url: `https://s.example/${code}`, target } : undefined;
    },
  };
}

describe('the links of a message', () => {
  it('are one a target, however often it is printed', () => {
    const codes = counting();
    const links = new MessageLinks(codes, place);
    const targets = ['https://a.example', 'https://b.example', 'https://a.example', 'HTTPS://A.example/'];
    const printed = targets.map((target) => links.link(target));
    expect(printed).toEqual(['1', '2', '1', '1'].map((code) => `https://s.example/${code}`));
    expect(links.unsubscribe()).toBe('https://s.example/3');
    expect(links.unsubscribeUrl()).toBe('https://s.example/3');
    expect(links.all.map(({ target }) => target)).toEqual(['https://a.example/', 'https://b.example/', undefined]);
    expect(codes.asked).toHaveLength(3);
  });

  it('print their targets where nobody serves them', () => {
    const links = new MessageLinks(counting(false), place);
    expect(links.link('https://a.example/x')).toBe('https://a.example/x');
    expect(links.unsubscribe()).toBe('/unsubscribe');
    expect(links.unsubscribeUrl()).toBeUndefined();
    expect(links.all).toEqual([]);
  });
});

describe('a target', () => {
  it.each([
    ['https://فروشگاه.example/سفارش?کد=۱', /^https:\/\/xn--[a-z0-9.-]+\/%D8%B3[%0-9A-F]+\?[%0-9A-F]+=%DB%B1$/],
    ['https://a.example/x\r\nSet-Cookie: a=b', /^https:\/\/a\.example\/xSet-Cookie:%20a=b$/],
    ['https://a.example/\ud800', /^https:\/\/a\.example\/%EF%BF%BD$/],
    ['HTTPS://A.example', /^https:\/\/a\.example\/$/],
  ])('%j is kept in ASCII, in one line', (target, expected) => {
    expect(asciiUrl(target)).toMatch(expected);
  });
});
