import { ConfigError } from './config.error.js';
import { loadConfig } from './load-config.js';

describe('the rates of accounts', () => {
  it('are read by provider', () => {
    const { accountRates } = loadConfig({ PEYK_ACCOUNT_RATES: 'kavenegar=100 per second, safir = 20 per 5 minutes' });
    expect(accountRates).toEqual({
      kavenegar: { messages: 100, per: 1_000 },
      safir: { messages: 20, per: 300_000 },
    });
    expect(loadConfig({}).accountRates).toEqual({});
  });

  it.each([
    ['kavenegar', '"kavenegar": a provider and its rate have "=" between them'],
    ['kavenegar=fast', '"kavenegar=fast": "fast" is no rate'],
    ['kavenegar=0 per second', '"kavenegar=0 per second": "0 per second" is no rate'],
    ['nobody=5 per second', '"nobody=5 per second": there is no provider "nobody"; there are kavenegar'],
    [
      'smtp=1 per day, smpt=2 per day',
      '; number 2 of them, "smpt=2 per day", is wrong: there is no provider "smpt"; did you mean "smtp"?',
    ],
    [
      'kavenegar=1 per second,smtp=1 per day, smtp=2 per day',
      '; number 3 of them, "smtp=2 per day", is wrong: smtp stands there twice',
    ],
    ['smtp=1 per day,', '; number 2 of them, "", is wrong: a provider and its rate have "=" between them'],
  ])('are refused where they are none, and the wrong one is named: %s', (text, which) => {
    expect(() => loadConfig({ PEYK_ACCOUNT_RATES: text })).toThrow(ConfigError);
    expect(() => loadConfig({ PEYK_ACCOUNT_RATES: text })).toThrow(
      /PEYK_ACCOUNT_RATES: expected providers with what their accounts take, such as kavenegar=100 per second/,
    );
    expect(() => loadConfig({ PEYK_ACCOUNT_RATES: text })).toThrow(which);
  });
});
