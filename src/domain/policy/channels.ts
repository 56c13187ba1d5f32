import type { ChannelName } from '../message/message.js';
import type { Entry, Node } from '../yaml/node.js';
import { printNode } from '../yaml/node.js';
import type { Problems } from '../yaml/problems.js';
import { readMap, readText, readWord } from '../yaml/read.js';
import { readChannelName } from './channel-name.js';
import { parseMoney } from './money.js';
import type { ChannelSettings, Rate } from './policy.js';

const shape = { what: 'a channel', keys: ['provider', 'sender', 'rate', 'cost'] };
const providers: Readonly<Record<ChannelName, readonly string[]>> = {
  sms: ['kavenegar', 'mailbox'],
  email: ['smtp', 'mailbox'],
};

export function readChannels(node: Node | undefined, problems: Problems): ReadonlyMap<ChannelName, ChannelSettings> {
  const channels = new Map<ChannelName, ChannelSettings>();
  if (node === undefined) return channels;
  if (node.kind !== 'map') problems.error(node.at, `expected channels by name, got ${printNode(node)}`);
  for (const entry of node.kind === 'map' ? node.entries : []) {
    const name = readChannelName(entry.key, entry.at, problems);
    const settings = name && readSettings(name, entry, problems);
    if (name !== undefined && settings !== undefined) channels.set(name, settings);
  }
  return channels;
}

function readSettings(channel: ChannelName, { at, value }: Entry, problems: Problems): ChannelSettings | undefined {
  if (value.kind === 'list') return problems.error(value.at, 'several providers for one channel are not supported yet');
  const fields = readMap(value, shape, problems);
  if (fields === undefined) return undefined;
  if (!fields.has('provider')) problems.error(at, `provider is missing; expected ${providers[channel].join(' or ')}`);
  return {
    provider: readWord(fields.get('provider'), providers[channel], problems) ?? '',
    sender: readText(fields.get('sender'), 'a sender', problems),
    rate: readRate(fields.get('rate'), problems),
    cost: readCost(fields.get('cost'), problems),
  };
}

function readRate(node: Node | undefined, problems: Problems): Rate | undefined {
  const text = readText(node, 'a rate such as "50 per second"', problems);
  if (node === undefined || text === undefined) return undefined;
  const [, messages, amount, unit] = /^(\d+) per (?:(\d+) )?(second|minute|hour|day)s?$/.exec(text) ?? [];
  const rate = { messages: Number(messages), per: Number(amount ?? 1) * (lengths[unit ?? ''] ?? 0) };
  if (rate.messages >= 1 && rate.per >= 1 && Number.isSafeInteger(rate.messages * rate.per)) return rate;
  return problems.error(
    node.at,
    `expected a rate such as "50 per second" (second, minute, hour or day), got "${text}"`,
  );
}

function readCost(node: Node | undefined, problems: Problems): number | undefined {
  const text = readText(node, 'money with its unit, such as "3500 rial"', problems);
  if (node === undefined || text === undefined) return undefined;
  return (
    parseMoney(text) ?? problems.error(node.at, `expected money with its unit, such as "3500 rial", got "${text}"`)
  );
}

const lengths: Readonly<Record<string, number | undefined>> = {
  second: 1_000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
};
