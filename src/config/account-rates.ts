import { z } from 'zod';
import { didYouMean } from '../domain/did-you-mean.js';
import { builtProviders } from '../domain/policy/channels.js';
import type { Rate } from '../domain/policy/policy.js';
import { parseRate } from '../domain/policy/rate.js';

/** How much providers' accounts take, over all of their channels: by provider. */
export type AccountRates = Readonly<Record<string, Rate>>;

const providers: ReadonlySet<string> = new Set(Object.values(builtProviders).flat());

/** `kavenegar=100 per second, smtp=20 per second`; each provider once. */
export const accountRates: z.ZodType<AccountRates, string> = z.string().transform((text, context) => {
  const rates = new Map<string, Rate>();
  text.split(',').forEach((item, index) => {
    const read = readItem(item, rates);
    if (typeof read === 'string') context.addIssue({ code: 'custom', path: [index], message: read });
    else rates.set(read.provider, read.rate);
  });
  return context.issues.length > 0 ? z.NEVER : Object.fromEntries(rates);
});

/** What an item says, or why it says nothing. */
function readItem(
  item: string,
  before: ReadonlyMap<string, Rate>,
): { readonly provider: string; readonly rate: Rate } | string {
  const [, provider, written = ''] = /^\s*([^\s=]+)\s*=(.*)$/.exec(item) ?? [];
  if (provider === undefined) return 'a provider and its rate have "=" between them';
  if (!providers.has(provider)) return noProvider(provider);
  if (before.has(provider)) return `${provider} stands there twice`;
  const rate = parseRate(written.trim());
  return rate === undefined ? `"${written.trim()}" is no rate` : { provider, rate };
}

function noProvider(name: string): string {
  return `there is no provider "${name}"${didYouMean(name, providers) || `; there are ${[...providers].join(', ')}`}`;
}
