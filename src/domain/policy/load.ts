import type { ChannelName } from '../message/message.js';
import type { Calendar } from '../time/instant.js';
import { isZone } from '../time/zone.js';
import { printNode, type Node } from '../yaml/node.js';
import { parseYaml } from '../yaml/parse.js';
import type { Problems } from '../yaml/problems.js';
import { readMap, readText, readWord, type Fields } from '../yaml/read.js';
import { readChannelName } from './channel-name.js';
import { readChannels } from './channels.js';
import type { ChannelSettings, Policy } from './policy.js';
import { readPurposes } from './purposes.js';

/** What to write where there is no `policy.yaml`. */
export const minimalPolicy = `timezone: Asia/Tehran
calendar: jalali
purposes:
  transactional: { consent: not_needed }
channel_order: [sms, email]
`;

const shape = {
  what: 'policy.yaml',
  keys: ['timezone', 'calendar', 'purposes', 'channel_order', 'channels'],
  later: ['working_hours', 'opt_out', 'opt_in'],
};

/** Reads `policy.yaml`: as much of it as can be read, or undefined; what cannot is a problem. */
export function loadPolicy(name: string, text: string | undefined, problems: Problems): Policy | undefined {
  const start = { file: name, line: 1, column: 1 };
  if (text === undefined) {
    return problems.error(start, `there is no policy.yaml; the least that one can be is:\n${minimalPolicy}`);
  }
  const before = problems.count;
  const node = parseYaml(name, text, problems);
  if (node === undefined) {
    if (before === problems.count)
      problems.error(start, `policy.yaml is empty; the least that it can be is:\n${minimalPolicy}`);
    return undefined;
  }
  const fields = readMap(node, shape, problems);
  return fields && readPolicy(fields, problems);
}

function readPolicy(fields: Fields, problems: Problems): Policy {
  const channels = readChannels(fields.get('channels'), problems);
  return {
    timezone: readZone(fields.get('timezone'), problems) ?? 'Asia/Tehran',
    calendar: readWord<Calendar>(fields.get('calendar'), ['jalali', 'gregorian'], problems) ?? 'jalali',
    purposes: readPurposes(fields, problems),
    channelOrder: readOrder(fields, channels, problems),
    channels,
  };
}

function readZone(node: Node | undefined, problems: Problems): string | undefined {
  const zone = readText(node, 'a time zone such as Asia/Tehran', problems);
  if (node === undefined || zone === undefined || isZone(zone)) return zone;
  return problems.error(node.at, `"${zone}" is no time zone; expected a name such as Asia/Tehran`);
}

function readOrder(
  fields: Fields,
  channels: ReadonlyMap<ChannelName, ChannelSettings>,
  problems: Problems,
): readonly ChannelName[] {
  const node = fields.get('channel_order');
  if (node !== undefined) return readChannelList(node, problems);
  if (channels.size === 0)
    problems.error(fields.at, 'channel_order is missing; write the channels to try, such as [sms, email]');
  return [...channels.keys()];
}

function readChannelList(node: Node, problems: Problems): readonly ChannelName[] {
  if (node.kind !== 'list') {
    problems.error(node.at, `expected a list of channels such as [sms, email], got ${printNode(node)}`);
    return [];
  }
  const [only, ...others] = node.items;
  if (only?.kind === 'list' && others.length === 0) return readChannelList(only, problems);
  const found = node.items.flatMap((item) => readOrderItem(item, problems));
  if (found.length === 0 && node.items.length === 0)
    problems.error(node.at, 'channel_order names no channel; write [sms, email]');
  return [...new Set(found)];
}

function readOrderItem(item: Node, problems: Problems): readonly ChannelName[] {
  if (item.kind === 'scalar') {
    const channel = readChannelName(item.text, item.at, problems);
    return channel === undefined ? [] : [channel];
  }
  problems.error(item.at, 'rows by audience in channel_order are not supported yet; write one list for everybody');
  return [];
}
