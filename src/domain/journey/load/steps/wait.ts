import { addDuration } from '../../../time/arithmetic.js';
import { parseDuration, parseDurationProblem, printDuration, type Duration } from '../../../time/duration.js';
import type { Node, ScalarNode } from '../../../yaml/node.js';
import { printNode } from '../../../yaml/node.js';
import { readDuration, readMap, type Fields } from '../../../yaml/read.js';
import type { Limit } from '../../right-hand-side.js';
import type { StepContext } from '../context.js';
import type { Hours } from './hours.js';
import { hoursOf, isTimeOfDay, readAt, readWindow } from './read-hours.js';
import { single } from './single.js';
import type { StepReader } from './step.js';

/** `wait: 2 days`, `wait: working`, `wait: { days, from, to }`, with `after` and `at`. */
export const wait: StepReader = {
  keys: ['after', 'at'],
  example: 'wait: 2 days',
  read({ fields, flow, at, context, id: makeId }) {
    const node = fields.get('wait');
    const id = makeId(node?.kind === 'scalar' ? `wait-${node.text}` : 'wait-window');
    const plan = node && (node.kind === 'scalar' ? readShort(node, fields, context) : readLong(node, fields, context));
    if (plan === undefined) return undefined;
    if (plan.after !== undefined) context.lengths.set(id, plan.after);
    const ends = limitOf(plan);
    return single(flow, (next) => ({ kind: 'wait', id, next, position: at, ends }));
  },
};

/** What is waited for: so long, then for such an hour. */
interface Plan {
  readonly after: Duration | undefined;
  readonly hours: Hours | undefined;
}

function readShort(node: ScalarNode, fields: Fields, context: StepContext): Plan | undefined {
  const { problems } = context;
  const at = readAt(fields.get('at'), problems);
  if (node.text === 'working') {
    return { after: readDuration(fields.get('after'), problems), hours: hoursOf('working', at, problems) };
  }
  if (fields.has('after'))
    problems.error(fields.keyAt('after'), 'wait says already how long; write one of them, or a window and after');
  const after = parseDuration(node.text) ?? problems.error<Duration>(node.at, whyNoWait(node));
  return after && { after, hours: hoursOf(undefined, at, problems) };
}

function whyNoWait(node: ScalarNode): string {
  const { text } = node;
  if (isTimeOfDay(text)) return `"${text}" is a time of day; write "wait: { at: "${text}" }"`;
  if (/^=|^\d{4}-\d\d-\d\d/.test(text)) return `wait takes a duration; for a moment write "wait_until: ${text}"`;
  if (text === 'best_hour') return 'wait takes a duration; write "wait_until: best_hour"';
  if (text === '') return `expected a duration such as "2 days", got ${printNode(node)}`;
  const [, days = '', hour = ''] = /^(.+?) +at +(\d{1,2}:\d\d)$/.exec(text) ?? [];
  const after = parseDuration(days);
  if (after !== undefined)
    return `"${text}" is no duration; write "wait: { after: ${printDuration(after)}, at: "${hour}" }"`;
  return parseDurationProblem(text) ?? `"${text}" is no duration`;
}

const shape = { what: 'a window', keys: ['days', 'from', 'to', 'after', 'at'] };

function readLong(node: Node, fields: Fields, context: StepContext): Plan | undefined {
  const { problems } = context;
  const inside = readMap(node, shape, problems);
  if (inside === undefined) return undefined;
  for (const key of ['after', 'at']) {
    if (inside.has(key) && fields.has(key))
      problems.error(fields.keyAt(key), `${key} stands in the window already; keep one of them`);
  }
  const window = readWindow(inside, problems);
  const after = readDuration(inside.get('after') ?? fields.get('after'), problems);
  const at = readAt(inside.get('at') ?? fields.get('at'), problems);
  if (node.kind === 'map' && node.entries.length === 0)
    problems.error(node.at, 'there is nothing to wait for here; write days, from and to, or at');
  return { after, hours: hoursOf(window, at, problems) };
}

/** `after` in days or longer names the day, the hours the time on it; in hours it is the first such time from then. */
function limitOf({ after, hours }: Plan): Limit {
  return {
    until: ({ clock }, from) => {
      const then = after === undefined ? from : addDuration(from, after, clock);
      if (hours === undefined) return then;
      return after !== undefined && isInDays(after) ? hours.onDay(then, clock) : hours.next(then, clock);
    },
  };
}

function isInDays({ unit }: Duration): boolean {
  return !['second', 'minute', 'hour', 'working hour'].includes(unit);
}
