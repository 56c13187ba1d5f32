import type { Config } from '../config/config.js';
import type { Policy } from '../domain/policy/policy.js';
import type { RatesOf } from '../outbox/ports.js';
import { settingsOf } from './open-channels.js';

/** The policy says what a provider may send on a channel, the environment what its account takes over all of them. */
export function ratesOf(policy: Policy, { accountRates }: Pick<Config, 'accountRates'>): RatesOf {
  return ({ channel, provider }) => ({
    channel: settingsOf(policy, channel, provider)?.rate,
    account: Object.hasOwn(accountRates, provider) ? accountRates[provider] : undefined,
  });
}
