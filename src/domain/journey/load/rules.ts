import type { Node } from '../../yaml/node.js';
import { oneOrMore, readBoolean, readMap, readText, readWord, type Fields } from '../../yaml/read.js';
import { parseDuration, parseDurationProblem } from '../../time/duration.js';
import type { Entry, ExitRule, GoalRule } from '../journey.js';
import type { Context, StepContext } from './context.js';
import { readListenedType } from './event-types.js';
import { readCondition, readValueExpression } from './expressions.js';
import type { Flow } from './flow.js';
import { lasting, readLimit } from './limits.js';

const entryShape = { what: 'entry', keys: ['again', 'while_inside'] };

export function readEntry(node: Node | undefined, { problems }: Context): Entry {
  const fields = node && readMap(node, entryShape, problems);
  return {
    again: readAgain(fields?.get('again'), problems) ?? { kind: 'always' },
    whileInside: readWord(fields?.get('while_inside'), ['ignore', 'restart', 'update'] as const, problems) ?? 'ignore',
  };
}

function readAgain(node: Node | undefined, problems: Context['problems']): Entry['again'] | undefined {
  const text = readText(node, 'always, never or "after <duration>"', problems);
  if (node === undefined || text === undefined) return undefined;
  if (text === 'always' || text === 'never') return { kind: text };
  if (!text.startsWith('after '))
    return problems.error(node.at, `expected always, never or "after 30 days", got "${text}"`);
  const rest = text.slice('after '.length).trim();
  const duration = parseDuration(rest);
  if (duration !== undefined) return { kind: 'after', duration };
  return problems.error(node.at, parseDurationProblem(rest) ?? `"${rest}" is no duration`);
}

const exitShape = {
  what: 'an exit',
  keys: ['event', 'when'],
  meant: (word: string) => `exit: { event: ${word} }`,
};

/** What ends an enrolment at once. `flow` has every name that may have been saved by then. */
export function readExits(node: Node | undefined, flow: Flow, context: StepContext): readonly ExitRule[] {
  return oneOrMore(node).flatMap((item) => {
    const fields = readMap(item, exitShape, context.problems);
    return fields === undefined ? [] : [readRule(fields, 'an exit', flow, context)];
  });
}

/** `{event, when}`, or `{when}`, tested at every event and before every send. */
function readRule(fields: Fields, what: string, flow: Flow, context: StepContext): ExitRule {
  if (!fields.mentions('event') && !fields.mentions('when'))
    context.problems.error(fields.at, `${what} needs event, when, or both`);
  const event = readListenedType(fields.get('event'), context);
  const under = event ?? (fields.mentions('event') ? '' : undefined);
  const when = readCondition(fields.get('when'), { flow, event: under }, context);
  return { event, when: when?.expression };
}

const goalShape = {
  what: 'a goal',
  keys: ['event', 'when', 'value', 'within', 'continue'],
  meant: (word: string) => `goal: { event: ${word} }`,
};

export function readGoals(node: Node | undefined, flow: Flow, context: StepContext): readonly GoalRule[] {
  return oneOrMore(node).flatMap((item) => {
    const fields = readMap(item, goalShape, context.problems);
    return fields === undefined ? [] : [readGoal(fields, flow, context)];
  });
}

function readGoal(fields: Fields, flow: Flow, context: StepContext): GoalRule {
  const rule = readRule(fields, 'a goal', flow, context);
  const value = readValueExpression(fields.get('value'), { flow, event: rule.event }, context)?.expression;
  if (value !== undefined && !isNumeric(value.kind.kind)) {
    context.problems.error(
      fields.get('value')?.at ?? fields.at,
      `the value of a goal is summed; expected a number or money, got ${value.kind.kind}`,
    );
  }
  return {
    ...rule,
    value,
    within: readLimit(fields.get('within'), flow, context) ?? thirtyDays,
    continues: readBoolean(fields.get('continue'), context.problems) ?? false,
  };
}

function isNumeric(kind: string): boolean {
  return ['integer', 'number', 'money', 'any', 'unknown'].includes(kind);
}

const thirtyDays = lasting({ amount: 30, unit: 'day' });
