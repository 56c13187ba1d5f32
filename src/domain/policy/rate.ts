import type { Rate } from './policy.js';

/** Reads `50 per second`, `100 per 5 minutes`; undefined where it is none. */
export function parseRate(text: string): Rate | undefined {
  const [, messages, amount, unit] = /^(\d+) per (?:(\d+) )?(second|minute|hour|day)s?$/.exec(text) ?? [];
  const rate = { messages: Number(messages), per: Number(amount ?? 1) * (lengths[unit ?? ''] ?? 0) };
  return rate.messages >= 1 && rate.per >= 1 && Number.isSafeInteger(rate.messages * rate.per) ? rate : undefined;
}

const lengths: Readonly<Record<string, number | undefined>> = {
  second: 1_000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
};
