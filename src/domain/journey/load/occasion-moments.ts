import type { Expression } from '../../expression/expression.js';
import type { Scope } from '../../expression/scope.js';
import { isJsonObject } from '../../json.js';
import type { Occasions, OccasionShift, Occurrence } from '../../occasions/occasions.js';
import { parseTime } from '../../time/date.js';
import type { Instant } from '../../time/instant.js';
import type { Node } from '../../yaml/node.js';
import type { Fields } from '../../yaml/read.js';
import type { Context } from './context.js';
import { readEqualsExpression } from './expressions.js';
import type { Flow } from './flow.js';
import type { Moment } from './moments.js';
import { readOccasionName, readOccasionShift } from './occasion-shifts.js';

/** `{ occasion: yalda, offset: 5 days, at: "23:59" }`; `=trigger.occasion` is the one that started this. */
export function readOccasionMoment(fields: Fields, flow: Flow, context: Context): Moment | undefined {
  const name = readName(fields.get('occasion'), flow, context);
  const shift = readOccasionShift(fields, context);
  if (name === undefined) return undefined;
  const { startedByOccasions: starts, parts } = context;
  return (scope, from) => momentOf(name(scope), shift, scope, from, parts.occasions, starts);
}

type Name = (scope: Scope) => string | undefined;

function readName(node: Node | undefined, flow: Flow, context: Context): Name | undefined {
  if (node?.kind !== 'scalar' || !node.text.startsWith('=')) {
    const name = readOccasionName(node, context);
    return name === undefined ? undefined : () => name;
  }
  const checked = readEqualsExpression(node, { flow }, context);
  if (checked === undefined) return undefined;
  const { kind } = checked.expression.kind;
  if (kind === 'text' || kind === 'any') return (scope) => textOf(checked.expression, scope);
  return context.problems.error(node.spot(1), `expected the name of an occasion, got ${kind}`);
}

function textOf(expression: Expression, scope: Scope): string | undefined {
  const value = expression.evaluate(scope);
  return typeof value === 'string' ? value : undefined;
}

/** The occurrence that started the enrolment, else the first one whose moment is not before. */
function momentOf(
  name: string | undefined,
  shift: OccasionShift,
  scope: Scope,
  from: Instant,
  occasions: Occasions,
  starts: ReadonlyMap<string, readonly OccasionShift[]>,
): Instant | undefined {
  if (name === undefined) return undefined;
  const { clock } = scope;
  const started = startOf(name, scope, occasions, starts.get(name) ?? []);
  if (started !== undefined) return occasions.occurrence(name, started.day, shift, clock)?.at;
  return occasions.next(name, shift, from, clock)?.at;
}

/** Which occurrence started it: of those of that year the one nearest to the start. */
function startOf(
  name: string,
  { names: { trigger }, clock }: Scope,
  occasions: Occasions,
  shifts: readonly OccasionShift[],
): Occurrence | undefined {
  if (!isJsonObject(trigger) || trigger['occasion'] !== name || typeof trigger['at'] !== 'string') return undefined;
  const at = parseTime(trigger['at']);
  if (at === undefined) return undefined;
  const near = shifts.flatMap((shift) => around(name, shift, at, occasions, clock));
  const sameYear = near.filter(({ year }) => year === trigger['year']);
  const distance = (occurrence: Occurrence): number => Math.abs(occurrence.at - at);
  return (sameYear.length > 0 ? sameYear : near).toSorted((a, b) => distance(a) - distance(b))[0];
}

/** Its day may have been moved a little since: the occurrences from somewhat before the start on. */
function around(
  name: string,
  shift: OccasionShift,
  at: Instant,
  occasions: Occasions,
  clock: Scope['clock'],
): readonly Occurrence[] {
  const found: Occurrence[] = [];
  let from = at - moved;
  for (let count = 0; count < 4; count += 1) {
    const next = occasions.next(name, shift, from, clock);
    if (next === undefined || next.at > at + moved) break;
    found.push(next);
    from = next.at + 1;
  }
  return found;
}

const moved = 20 * 86_400_000;
