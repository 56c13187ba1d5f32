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
    'kavenegar',
    'kavenegar=fast',
    'kavenegar=0 per second',
    'nobody=5 per second',
    'smtp=1 per day, smtp=2 per day',
  ])('are refused where they are none: %s', (text) => {
    expect(() => loadConfig({ PEYK_ACCOUNT_RATES: text })).toThrow(ConfigError);
    expect(() => loadConfig({ PEYK_ACCOUNT_RATES: text })).toThrow(
      /PEYK_ACCOUNT_RATES: expected providers with what their accounts take, such as kavenegar=100 per second/,
    );
  });
});
