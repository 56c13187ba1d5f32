import type { Calendar } from '../time/instant.js';
import { closeOn, readWorkingHours, type ClosedDays } from '../time/read-working-hours.js';
import { isZone } from '../time/zone.js';
import type { Node } from '../yaml/node.js';
import { parseYaml } from '../yaml/parse.js';
import { Problems } from '../yaml/problems.js';
import { readMap, readText, readWord, type Fields } from '../yaml/read.js';
import { readChannelOrder } from './channel-order.js';
import { readChannels } from './channels.js';
import type { Mention } from './mentions.js';
import { readPlainLimit, type ReadLimit } from './not-after.js';
import type { Policy } from './policy.js';
import { DoubtedPurposes, readPurposes } from './purposes.js';
import { readReplyWords } from './reply-words.js';

/** What to write where there is no `policy.yaml`. */
export const minimalPolicy = `timezone: Asia/Tehran
calendar: jalali
purposes:
  transactional: { consent: not_needed }
channel_order: [sms, email]
`;

const shape = {
  what: 'policy.yaml',
  keys: ['timezone', 'calendar', 'working_hours', 'purposes', 'opt_out', 'opt_in', 'channel_order', 'channels'],
};

/** What the policy is read with besides its own text. */
export interface PolicyParts {
  /** On whose days nobody works; without them every day is like the others. */
  readonly occasions?: ClosedDays;
  /** How `not_after` is read where more than a duration or a date can be meant. */
  readonly readLimit?: ReadLimit;
}

/**
 * Reads `policy.yaml`: as much of it as can be read, or undefined; what cannot is a problem. Names of occasions and
 * audiences are held against their files by `checkPolicyNames`.
 */
export function loadPolicy(
  name: string,
  text: string | undefined,
  problems: Problems,
  parts: PolicyParts = {},
): Policy | undefined {
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
  const given = problems.count;
  const fields = readMap(node, shape, problems);
  return fields && readPolicy(fields, problems.count > given, parts, problems);
}

/** `isStrayed`: a key stands at the top that does not belong there, and may be a purpose. */
function readPolicy(fields: Fields, isStrayed: boolean, parts: PolicyParts, problems: Problems): Policy {
  const mentions: Mention[] = [];
  const channels = readChannels(fields.get('channels'), problems);
  const read = readPurposes(fields, mentions, parts.readLimit ?? readPlainLimit, problems);
  const purposes = isStrayed || read.size === 0 ? new DoubtedPurposes(read) : read;
  return {
    timezone: readZone(fields.get('timezone'), problems) ?? 'Asia/Tehran',
    calendar: readWord<Calendar>(fields.get('calendar'), ['jalali', 'gregorian'], problems) ?? 'jalali',
    working: readWorking(fields.get('working_hours'), parts, mentions, problems),
    purposes,
    ...readReplyWords(fields, purposes, problems),
    channelOrder: readChannelOrder(fields, [...channels.keys()], mentions, problems),
    channels,
    mentions,
  };
}

function readWorking(
  node: Node | undefined,
  { occasions }: PolicyParts,
  mentions: Mention[],
  problems: Problems,
): Policy['working'] {
  const written = readWorkingHours(node, problems);
  if (written === undefined) return undefined;
  const { days, closed } = written;
  mentions.push(...closed.map(({ name, at }): Mention => ({ what: 'occasion', name, at })));
  // An occasion that there is not is told with the other names.
  if (occasions !== undefined) return closeOn(written, occasions, new Problems());
  return { days, closed: closed.map(({ name }) => name), isClosed: () => false };
}

function readZone(node: Node | undefined, problems: Problems): string | undefined {
  const zone = readText(node, 'a time zone such as Asia/Tehran', problems);
  if (node === undefined || zone === undefined || isZone(zone)) return zone;
  return problems.error(node.at, `"${zone}" is no time zone; expected a name such as Asia/Tehran`);
}
