import type { ChannelName } from '../message/message.js';
import { printNode, type ListNode, type MapNode, type Node } from '../yaml/node.js';
import type { Problems } from '../yaml/problems.js';
import { oneOrMore, readMap, type Fields } from '../yaml/read.js';
import { readChannelName } from './channel-name.js';
import { readMentions, type Mention } from './mentions.js';
import type { ChannelOrderRow } from './policy.js';

const rowShape = { what: 'a row of channel_order', keys: ['audience', 'try'] };

/** Every channel that somebody may be reached on, in the order of the rows. */
export function channelsTried(order: readonly ChannelOrderRow[]): readonly ChannelName[] {
  return [...new Set(order.flatMap((row) => row.try))];
}

/** The channels of the first row whose audience fits; none where nothing fits. */
export function channelsFor(
  order: readonly ChannelOrderRow[],
  fits: (audience: string) => boolean,
): readonly ChannelName[] {
  return order.find(({ audience }) => audience === undefined || fits(audience))?.try ?? [];
}

/** One list for everybody, or rows by audience with such a list at the end; without it the configured channels. */
export function readChannelOrder(
  policy: Fields,
  configured: readonly ChannelName[],
  mentions: Mention[],
  problems: Problems,
): readonly ChannelOrderRow[] {
  const node = policy.get('channel_order');
  if (node !== undefined) return readOrder(node, mentions, problems);
  if (configured.length === 0)
    problems.error(policy.at, 'channel_order is missing; write the channels to try, such as [sms, email]');
  return [{ audience: undefined, try: configured }];
}

function readOrder(node: Node, mentions: Mention[], problems: Problems): readonly ChannelOrderRow[] {
  if (node.kind !== 'list') {
    problems.error(node.at, `expected a list of channels such as [sms, email], got ${printNode(node)}`);
    return [];
  }
  if (node.items.length === 0) problems.error(node.at, 'channel_order names no channel; write [sms, email]');
  if (node.items.every(({ kind }) => kind === 'scalar'))
    return [{ audience: undefined, try: readChannels(node.items, problems) }];
  return readRows(node, mentions, problems);
}

function readRows(list: ListNode, mentions: Mention[], problems: Problems): readonly ChannelOrderRow[] {
  const rows = list.items.flatMap((item) => readRow(item, mentions, problems) ?? []);
  const forAll = rows.findIndex(({ audience }) => audience === undefined || audience === 'everyone');
  const unreached = list.items[forAll + 1];
  if (forAll === -1 && rows.length > 0)
    problems.warning(
      list.at,
      'whoever is in none of these audiences is reached on no channel; end with a list for everybody, such as [sms, email]',
    );
  if (forAll !== -1 && rows.length === list.items.length && unreached !== undefined)
    problems.error(unreached.at, 'this row is never reached; the list for everybody stands last');
  return rows;
}

function readRow(item: Node, mentions: Mention[], problems: Problems): ChannelOrderRow | undefined {
  switch (item.kind) {
    case 'list':
      return { audience: undefined, try: readTried(item, problems) };
    case 'map':
      return readAudienceRow(item, mentions, problems);
    case 'scalar':
      return problems.error(item.at, `expected { audience, try } or a list of channels, got ${printNode(item)}`);
  }
}

function readAudienceRow(item: MapNode, mentions: Mention[], problems: Problems): ChannelOrderRow | undefined {
  const fields = readMap(item, rowShape, problems);
  if (fields === undefined) return undefined;
  const audiences = fields.get('audience');
  if (audiences === undefined) problems.error(item.at, 'audience is missing; a row for everybody is a plain list');
  if (audiences?.kind === 'list') problems.error(audiences.at, 'expected the name of one audience, got a list');
  const [audience] = readMentions(audiences, 'audience', mentions, problems);
  const tried = fields.get('try');
  if (tried === undefined) problems.error(item.at, 'try is missing; write try: [sms, email]');
  return audience === undefined || tried === undefined ? undefined : { audience, try: readTried(tried, problems) };
}

function readTried(node: Node, problems: Problems): readonly ChannelName[] {
  if (node.kind === 'list' && node.items.length === 0)
    problems.error(node.at, 'this row names no channel; write [sms, email]');
  return readChannels(oneOrMore(node), problems);
}

function readChannels(items: readonly Node[], problems: Problems): readonly ChannelName[] {
  const found = items.flatMap((item) => {
    if (item.kind === 'scalar') return readChannelName(item.text, item.at, problems) ?? [];
    problems.error(item.at, `expected a channel such as sms, got ${printNode(item)}`);
    return [];
  });
  return [...new Set(found)];
}
