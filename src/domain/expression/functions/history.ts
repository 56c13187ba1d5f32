import { nearType } from '../../catalogue/near-type.js';
import { didYouMean } from '../../did-you-mean.js';
import type { Duration } from '../../time/duration.js';
import type { HistoryCall, Value } from '../expression.js';
import type { Field, Kind } from '../kind.js';
import { numberAt } from '../layered-history.js';
import { familyOf, integer, printKind, time } from '../kinds.js';
import type { Node } from '../node.js';
import { own } from '../own.js';
import { readerOf } from '../read.js';
import type { HistoryEvent, Scope } from '../scope.js';
import { broken, type ReadJson, type Run, type Typed } from '../typed.js';
import type { Call, FunctionDefinition } from './definition.js';
import { checkHistoryCondition, type HistoryCondition } from './history-condition.js';
import { checkWindow, startOf, textLiteral, type Start } from './history-window.js';
import { knownAlways, noFacts } from '../facts.js';

/** What a call over history asks for, read from its arguments. */
interface Asked {
  readonly type: string;
  readonly data: Kind;
  readonly window: Duration | undefined;
  readonly start: Start;
  readonly condition: HistoryCondition | undefined;
}

/** Arguments after the type (and field): a window, a condition, both in this order, or neither. */
function read(call: Call, rest: readonly Node[], takesWindow: boolean): Asked | undefined {
  const { site, checking, node, operands } = call;
  if (site.insideHistoryCall) {
    checking.error(node, 'a question about history cannot stand inside the condition of another one');
    return undefined;
  }
  const event = readType(call, operands[0]);
  if (event === undefined) return undefined;
  const [first, second] = rest;
  const hasWindow = takesWindow && first !== undefined && (textLiteral(first) !== undefined || second !== undefined);
  const window = hasWindow ? checkWindow(first, checking) : undefined;
  if (hasWindow && window === undefined) return undefined;
  const written = hasWindow ? second : first;
  const condition = written && checkHistoryCondition(written, event.data, call);
  if (condition === 'refused') return undefined;
  return { ...event, window, start: startOf(window), condition };
}

function readType({ checking, usage }: Call, node: Node | undefined): { type: string; data: Kind } | undefined {
  const type = node && textLiteral(node);
  if (node === undefined) return undefined;
  if (type === undefined) {
    checking.error(node, `the type of event is written out, in quotes: ${usage}`);
    return undefined;
  }
  const { environment } = checking;
  const data = environment.eventType(type);
  if (data === undefined) checking.error(node, unknownEvent(type, environment.eventTypes));
  return data && { type, data };
}

function unknownEvent(type: string, known: Iterable<string>): string {
  const near = nearType(type, [...known]);
  return `unknown event "${type}"${near === undefined ? '' : `; did you mean "${near}"?`}`;
}

function report(
  name: HistoryCall['function'],
  { type, window, condition }: Asked,
  { checking: { needs } }: Call,
  field?: string,
): void {
  needs.history({
    function: name,
    type,
    ...(field === undefined ? {} : { field }),
    ...(window === undefined ? {} : { window }),
    conditional: condition !== undefined,
  });
}

function checkCount(call: Call): Typed {
  const asked = read(call, call.operands.slice(1), true);
  if (asked === undefined) return broken;
  report('count', asked, call);
  const { type, start, condition } = asked;
  const run: Run = (scope) => scope.history.count(type, start(scope), scope.now);
  return {
    kind: integer,
    run: condition === undefined ? run : counted(asked, condition),
    maybeUnknown: false,
    facts: noFacts,
  };
}

function counted({ type, start }: Asked, condition: HistoryCondition): Run {
  return (scope) => {
    const events = scope.history.events(type, start(scope), scope.now);
    if (events === undefined) return undefined;
    let count = 0;
    for (const event of events) if (condition(event, scope)) count++;
    return count;
  };
}

/** What a sum can be taken of; the sum is of the same kind. */
function checkSum(call: Call): Typed {
  const asked = read(call, call.operands.slice(2), true);
  const node = call.operands[1];
  if (asked === undefined || node === undefined) return broken;
  const name = textLiteral(node);
  if (name === undefined) return call.checking.error(node, `the field is written out, in quotes: ${call.usage}`);
  const field = fieldOf(asked.data, name);
  if (field === undefined) return call.checking.error(node, noField(asked, name));
  if (!['number', 'money', 'any'].includes(familyOf(field.kind))) {
    return call.checking.error(node, `"${name}" is ${printKind(field.kind)}; a sum is taken of numbers or money`);
  }
  report('sum', asked, call, name);
  const { type, start, condition } = asked;
  const run: Run = (scope) => scope.history.sum(type, name, start(scope), scope.now);
  return {
    kind: field.kind,
    run: condition === undefined ? run : summed(asked, name, condition),
    maybeUnknown: false,
    facts: noFacts,
  };
}

/** A field of the data, or deeper: `order.total`. */
function fieldOf(data: Kind, path: string): Field | undefined {
  if (data.kind === 'any') return { kind: data, optional: true };
  if (data.kind !== 'record') return undefined;
  const [name = '', ...rest] = path.split('.');
  const field = own(data.fields, name);
  return field === undefined || rest.length === 0 ? field : fieldOf(field.kind, rest.join('.'));
}

function noField({ type, data }: Asked, name: string): string {
  const names = data.kind === 'record' ? Object.keys(data.fields) : [];
  return `"${type}" has no field "${name}"${didYouMean(name, names)}`;
}

function summed({ type, start }: Asked, field: string, condition: HistoryCondition): Run {
  return (scope) => {
    const events = scope.history.events(type, start(scope), scope.now);
    if (events === undefined) return undefined;
    let sum = 0;
    for (const event of events) {
      const amount = numberAt(event.data, field);
      if (amount !== undefined && condition(event, scope)) sum += amount;
    }
    return Number.isFinite(sum) ? sum : undefined;
  };
}

type Newest = (scope: Scope) => HistoryEvent | undefined;

function newestOf({ type, condition }: Asked): Newest {
  if (condition === undefined) return newestOfAll(type);
  return (scope) => scope.history.events(type, undefined, scope.now)?.findLast((event) => condition(event, scope));
}

/** The newest of any number of events: those of its very millisecond are few. */
function newestOfAll(type: string): Newest {
  return ({ history }) => {
    const at = history.last(type);
    return at === undefined ? undefined : history.events(type, at - 1, at)?.at(-1);
  };
}

function checkLast(call: Call): Typed {
  const asked = read(call, call.operands.slice(1), false);
  if (asked === undefined) return broken;
  report('last', asked, call);
  const newest = newestOf(asked);
  const { type, condition } = asked;
  const run: Run =
    condition === undefined ? (scope) => scope.history.last(type) : (scope): Value => newest(scope)?.time;
  return { ...absent(call, asked, 'last'), kind: time, run };
}

function checkLatest(call: Call): Typed {
  const asked = read(call, call.operands.slice(1), false);
  if (asked === undefined) return broken;
  report('latest', asked, call);
  const newest = newestOf(asked);
  const json: ReadJson = (scope) => newest(scope)?.data;
  return { ...absent(call, asked, 'latest'), kind: asked.data, json, run: readerOf(asked.data, json) };
}

/** There may be none; `known(last("…"))` is a guard like any other where no condition makes it another question. */
function absent(
  { site }: Call,
  { type, condition }: Asked,
  name: string,
): Pick<Typed, 'maybeUnknown' | 'facts' | 'path'> {
  if (condition !== undefined) return { maybeUnknown: true, facts: noFacts };
  const path = `#${name}:${type.replaceAll('.', ':')}`;
  return { path, maybeUnknown: !site.known.has(path), facts: knownAlways([path]) };
}

export const historyFunctions: readonly FunctionDefinition[] = [
  { name: 'count', usage: 'count("type", "90 days", condition)', form: 'call', least: 1, most: 3, check: checkCount },
  {
    name: 'sum',
    usage: 'sum("type", "field", "90 days", condition)',
    form: 'call',
    least: 2,
    most: 4,
    check: checkSum,
  },
  { name: 'last', usage: 'last("type", condition)', form: 'call', least: 1, most: 2, check: checkLast },
  { name: 'latest', usage: 'latest("type", condition)', form: 'call', least: 1, most: 2, check: checkLatest },
];
