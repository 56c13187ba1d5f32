import { compileExpression } from '../../expression/compile.js';
import type { Expression } from '../../expression/expression.js';
import { mistaken, type Field } from '../../expression/kind.js';
import { readSource, tellProblems } from '../../yaml/expression-source.js';
import type { Node, ScalarNode } from '../../yaml/node.js';
import type { Context } from './context.js';
import type { Flow } from './flow.js';

/** An expression that compiled, and what is there for certain where it is true. */
export interface Checked {
  readonly expression: Expression;
  readonly knownWhenTrue: readonly string[];
}

/** Where an expression stands: the names in scope and, in some places, the event under test. */
export interface Place {
  readonly flow: Flow;
  /** The type of `event`; undefined where there is none. Of a type that there is not nothing is told again. */
  readonly event?: string | undefined;
}

/** A `when`. */
export function readCondition(node: Node | undefined, place: Place, context: Context): Checked | undefined {
  const scalar = node && readSource(node, context.problems);
  return scalar && compile(scalar, 0, 'condition', place, context);
}

/** The `value` of a goal, which may be unknown. */
export function readValueExpression(node: Node | undefined, place: Place, context: Context): Checked | undefined {
  const scalar = node && readSource(node, context.problems);
  return scalar && compile(scalar, 0, 'value', place, context);
}

/** `=expression`, which may not be unknown: then the checker asks for `default`. */
export function readEqualsExpression(node: ScalarNode, place: Place, context: Context): Checked | undefined {
  return readSource(node, context.problems) && compile(node, 1, 'certain', place, context);
}

/** `=expression` where the language says what unknown means. */
export function readUncertainExpression(node: ScalarNode, place: Place, context: Context): Checked | undefined {
  return readSource(node, context.problems) && compile(node, 1, 'value', place, context);
}

function compile(
  node: ScalarNode,
  skip: number,
  expect: 'condition' | 'value' | 'certain',
  place: Place,
  context: Context,
): Checked | undefined {
  const source = node.text.slice(skip);
  const found = compileExpression(
    source,
    environmentOf(place, context),
    expect === 'condition' ? 'condition' : 'value',
  );
  tellProblems(found.problems, node, context.problems, skip);
  if (found.expression === undefined) return undefined;
  if (expect === 'certain' && found.maybeUnknown) {
    const message = `this may be absent; say what then: =default(${source.trim()}, …)`;
    if (context.parts.kept === true) context.problems.warning(node.spot(skip), message);
    else context.problems.error(node.spot(skip), message);
  }
  context.calls.push(...found.expression.calls);
  context.uses.push(found.expression.uses);
  return { expression: found.expression, knownWhenTrue: found.knownWhenTrue };
}

function environmentOf(
  { flow, event }: Place,
  { parts: { catalogue, audiences, scores, kept } }: Context,
): Parameters<typeof compileExpression>[1] {
  const own: Field | undefined =
    event === undefined ? undefined : { kind: catalogue.eventKind(event) ?? mistaken, optional: false };
  return {
    names: own === undefined ? flow.names : { ...flow.names, event: own },
    known: flow.known,
    eventType: (type) => catalogue.eventKind(type),
    eventTypes: catalogue.types,
    audiences,
    scores,
    kept,
  };
}
