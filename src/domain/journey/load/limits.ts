import type { Expression } from '../../expression/expression.js';
import type { Scope } from '../../expression/scope.js';
import { addDuration } from '../../time/arithmetic.js';
import { parseDateAsMidnight, parseTime } from '../../time/date.js';
import { parseDuration, parseDurationProblem, type Duration } from '../../time/duration.js';
import type { Instant } from '../../time/instant.js';
import { instantAt, localTime, type TimeOfDay } from '../../time/zone.js';
import { printNode, type Node, type ScalarNode } from '../../yaml/node.js';
import { readMap, readText, type Fields } from '../../yaml/read.js';
import type { Limit } from '../journey.js';
import type { Context } from './context.js';
import { readEqualsExpression } from './expressions.js';
import type { Flow } from './flow.js';

/** A moment: undefined where it is unknown. */
type Moment = (scope: Scope) => Instant | undefined;

const expected =
  'expected a duration ("3 days"), a date, an instant with its offset, =expression or { date, offset, at }';

/** A duration from when it is reached, or a moment. */
export function readLimit(node: Node | undefined, flow: Flow, context: Context): Limit | undefined {
  if (node === undefined) return undefined;
  if (node.kind === 'map') return asLimit(readShifted(node, flow, context));
  if (node.kind === 'list') return context.problems.error(node.at, `${expected}, got a list`);
  const duration = parseDuration(node.text);
  if (duration !== undefined) return { until: (scope, from) => addDuration(from, duration, scope.clock) };
  return asLimit(readMoment(node, flow, context));
}

function asLimit(moment: Moment | undefined): Limit | undefined {
  return moment && { until: (scope) => moment(scope) };
}

function readMoment(node: ScalarNode, flow: Flow, context: Context): Moment | undefined {
  const { text } = node;
  if (text.startsWith('=')) return readExpressionMoment(node, flow, context);
  const instant = parseTime(text);
  if (instant !== undefined) return () => instant;
  if (parseDateAsMidnight(text, 'UTC') !== undefined) return (scope) => parseDateAsMidnight(text, scope.clock.zone);
  const why = /^[\d۰-۹٠-٩]+\s*\p{L}/u.test(text) ? parseDurationProblem(text) : undefined;
  return context.problems.error(node.at, why ?? `${expected}, got ${printNode(node)}`);
}

function readExpressionMoment(node: ScalarNode, flow: Flow, context: Context): Moment | undefined {
  const checked = readEqualsExpression(node, { flow }, context);
  if (checked === undefined) return undefined;
  const { kind } = checked.expression.kind;
  if (kind === 'time' || kind === 'date') return momentOf(checked.expression);
  return context.problems.error(node.spot(1), `expected a time or a date, got ${kind}`);
}

function momentOf(expression: Expression): Moment {
  return (scope) => {
    const value = expression.evaluate(scope);
    return typeof value === 'number' ? value : undefined;
  };
}

const shape = { what: 'a moment', keys: ['date', 'offset', 'at'], later: ['occasion', 'edge'] };

/** `{ date: =trigger.due_date, offset: -3 days, at: "10:00" }`. */
function readShifted(node: Node, flow: Flow, context: Context): Moment | undefined {
  const fields = readMap(node, shape, context.problems);
  if (fields === undefined || fields.has('occasion')) return undefined;
  const date = fields.get('date');
  if (date === undefined)
    return context.problems.error(fields.at, 'date is missing; expected a date, an instant or =expression');
  if (date.kind !== 'scalar')
    return context.problems.error(date.at, `expected a date, an instant or =expression, got ${printNode(date)}`);
  const base = readMoment(date, flow, context);
  const offset = readOffset(fields, context);
  const at = readTimeOfDay(fields.get('at'), context);
  return base && ((scope) => shift(base(scope), offset, at, scope));
}

function shift(
  base: Instant | undefined,
  offset: Offset | undefined,
  at: TimeOfDay | undefined,
  { clock }: Scope,
): Instant | undefined {
  if (base === undefined) return undefined;
  const moved = offset === undefined ? base : addDuration(base, offset.duration, clock, offset.sign);
  return at === undefined ? moved : instantAt(localTime(moved, clock.zone), at, clock.zone);
}

interface Offset {
  readonly duration: Duration;
  readonly sign: 1 | -1;
}

function readOffset(fields: Fields, { problems }: Context): Offset | undefined {
  const node = fields.get('offset');
  const text = readText(node, 'an offset such as "-3 days"', problems);
  if (node === undefined || text === undefined) return undefined;
  const duration = parseDuration(text.replace(/^[+-]/, ''));
  if (duration !== undefined) return { duration, sign: text.startsWith('-') ? -1 : 1 };
  return problems.error(node.at, parseDurationProblem(text.replace(/^[+-]/, '')) ?? `"${text}" is no offset`);
}

function readTimeOfDay(node: Node | undefined, { problems }: Context): TimeOfDay | undefined {
  const text = readText(node, 'a time of day such as "10:00"', problems);
  if (node === undefined || text === undefined) return undefined;
  const [, hour, minute] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text) ?? [];
  if (hour !== undefined) return { hour: Number(hour), minute: Number(minute), second: 0, ms: 0 };
  return problems.error(node.at, `expected a time of day such as "10:00", got "${text}"`);
}
