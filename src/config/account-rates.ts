import { z } from 'zod';
import { builtProviders } from '../domain/policy/channels.js';
import type { Rate } from '../domain/policy/policy.js';
import { parseRate } from '../domain/policy/rate.js';

/** How much providers' accounts take, over all of their channels: by provider. */
export type AccountRates = Readonly<Record<string, Rate>>;

const providers: ReadonlySet<string> = new Set(Object.values(builtProviders).flat());

/** `kavenegar=100 per second, smtp=20 per second`; each provider once. */
export const accountRates: z.ZodType<AccountRates, string> = z.string().transform((text, context) => {
  const entries = text.split(',').map(readEntry);
  const rates = new Map(entries.flatMap((entry) => (entry === undefined ? [] : [entry])));
  if (rates.size === entries.length) return Object.fromEntries(rates);
  context.addIssue('no rates of accounts');
  return z.NEVER;
});

function readEntry(text: string): readonly [string, Rate] | undefined {
  const [, provider = '', written = ''] = /^\s*([\w-]+)\s*=\s*(.+?)\s*$/.exec(text) ?? [];
  const rate = parseRate(written);
  return rate === undefined || !providers.has(provider) ? undefined : [provider, rate];
}
