import type { ChannelName } from '../message/message.js';
import { nearest } from '../did-you-mean.js';
import type { Entry, Node } from '../yaml/node.js';
import { printNode } from '../yaml/node.js';
import type { Problems } from '../yaml/problems.js';
import { oneOrMore, readMap, readText, type Fields } from '../yaml/read.js';
import { readChannelName } from './channel-name.js';
import { parseMoney } from './money.js';
import type { ChannelSettings, Providers, Rate } from './policy.js';
import { parseRate } from './rate.js';

const shape = { what: 'a channel', keys: ['provider', 'sender', 'rate', 'cost'] };

/** The providers that are built. Others are simulated all the same, and refused where messages are to leave. */
export const builtProviders: Readonly<Partial<Record<ChannelName, readonly string[]>>> = {
  sms: ['kavenegar', 'mailbox'],
  email: ['smtp', 'mailbox'],
  telegram: ['telegram', 'mailbox'],
  bale: ['bale', 'safir', 'mailbox'],
  voice: ['kavenegar', 'mailbox'],
  webhook: ['webhook', 'mailbox'],
};

export function readChannels(node: Node | undefined, problems: Problems): ReadonlyMap<ChannelName, Providers> {
  const channels = new Map<ChannelName, Providers>();
  if (node === undefined) return channels;
  if (node.kind !== 'map') problems.error(node.at, `expected channels by name, got ${printNode(node)}`);
  for (const entry of node.kind === 'map' ? node.entries : []) {
    const name = readChannelName(entry.key, entry.at, problems);
    const [first, ...others] = name === undefined ? [] : readProviders(name, entry, problems);
    if (name !== undefined && first !== undefined) channels.set(name, [first, ...others]);
  }
  return channels;
}

/** One provider, or several: a list of mappings or of names, or of names in `provider`. */
function readProviders(channel: ChannelName, { at, value }: Entry, problems: Problems): readonly ChannelSettings[] {
  if (value.kind !== 'list') return readSettings(channel, value, at, problems);
  if (value.items.length === 0) problems.error(value.at, noProvider(channel));
  return value.items.flatMap((item) => {
    if (item.kind !== 'scalar') return readSettings(channel, item, item.at, problems);
    const provider = readProvider(channel, item, problems);
    return provider === undefined ? [] : [{ provider, sender: undefined, rate: undefined, cost: undefined }];
  });
}

function readSettings(
  channel: ChannelName,
  node: Node,
  at: Entry['at'],
  problems: Problems,
): readonly ChannelSettings[] {
  const fields = readMap(node, shape, problems);
  if (fields === undefined) return [];
  const providers = oneOrMore(fields.get('provider')).flatMap((item) => readProvider(channel, item, problems) ?? []);
  if (oneOrMore(fields.get('provider')).length === 0) problems.error(at, noProvider(channel));
  const settings = readShared(fields, problems);
  if (providers.includes('webhook') && !isWebAddress(settings.sender)) problems.error(at, noWebAddress);
  return providers.map((provider) => ({ provider, ...settings }));
}

function readShared(fields: Fields, problems: Problems): Omit<ChannelSettings, 'provider'> {
  return {
    sender: readText(fields.get('sender'), 'a sender', problems),
    rate: readRate(fields.get('rate'), problems),
    cost: readCost(fields.get('cost'), problems),
  };
}

const noWebAddress = 'sender has to be the address to post messages to, such as https://crm.example.com/messages';

function isWebAddress(sender: string | undefined): boolean {
  return sender !== undefined && /^https?:\/\/\S+$/.test(sender) && URL.canParse(sender);
}

function noProvider(channel: ChannelName): string {
  return `provider is missing; expected ${listed(builtProviders[channel], 'or') ?? 'the name of a provider'}`;
}

function listed(names: readonly string[] | undefined, before: 'or' | 'and'): string | undefined {
  return names && [names.slice(0, -1).join(', '), ...names.slice(-1)].join(` ${before} `);
}

function readProvider(channel: ChannelName, node: Node, problems: Problems): string | undefined {
  const name = readText(node, 'a provider', problems);
  const known = builtProviders[channel];
  if (name === undefined || known?.includes(name) === true) return name;
  const near = nearest(name, known ?? []);
  if (near !== undefined) return problems.error(node.at, `there is no provider "${name}"; did you mean "${near}"?`);
  if (known === undefined) return name;
  problems.warning(node.at, `"${name}" is simulated only; to send ${channel} there are ${listed(known, 'and') ?? ''}`);
  return name;
}

function readRate(node: Node | undefined, problems: Problems): Rate | undefined {
  const text = readText(node, 'a rate such as "50 per second"', problems);
  if (node === undefined || text === undefined) return undefined;
  const rate = parseRate(text);
  if (rate !== undefined) return rate;
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
