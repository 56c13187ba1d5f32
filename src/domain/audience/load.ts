import type { Catalogue } from '../catalogue/catalogue.js';
import { compileExpression, type Compiled, type ExpressionEnvironment } from '../expression/compile.js';
import type { Expression } from '../expression/expression.js';
import { familyOf, printKind, time } from '../expression/kinds.js';
import { tellProblems } from '../yaml/expression-source.js';
import type { Problems } from '../yaml/problems.js';
import { everyone, type Audience, type Score } from './audience.js';
import { inOrderOfNeed } from './circles.js';
import { readDefinitions, type Definition, type DefinitionFile } from './definitions.js';

export interface Audiences {
  /** By name, `everyone` among them. */
  readonly audiences: ReadonlyMap<string, Audience>;
  readonly scores: ReadonlyMap<string, Score>;
}

/**
 * Reads `audiences.yaml` and `scores.yaml`, which may ask for each other in any order but not in a circle; a file that is
 * missing or empty has none. One that is wrong is there all the same, so that nothing is told that follows from it.
 */
export function loadAudiences(
  files: { readonly audiences: DefinitionFile | undefined; readonly scores: DefinitionFile | undefined },
  catalogue: Catalogue,
  problems: Problems,
): Audiences {
  const definitions = [
    ...readDefinitions('audience', files.audiences, problems),
    ...readDefinitions('score', files.scores, problems),
  ];
  const audiences = new Map([[everyone.name, everyone]]);
  const scores = new Map<string, Score>();
  for (const definition of definitions) standIn(definition, audiences, scores);
  const environment = environmentOf(catalogue, audiences, scores);
  for (const definition of inOrderOfNeed(definitions, problems)) {
    if (definition.what === 'audience') addAudience(definition, environment, audiences, problems);
    else addScore(definition, environment, scores, problems);
  }
  return { audiences, scores };
}

function environmentOf(
  catalogue: Catalogue,
  audiences: ReadonlyMap<string, Audience>,
  scores: ReadonlyMap<string, Score>,
): ExpressionEnvironment {
  return {
    names: { customer: { kind: catalogue.customer, optional: false }, now: { kind: time, optional: false } },
    eventTypes: catalogue.types,
    eventType: (type) => catalogue.eventKind(type),
    audiences,
    scores,
    known: new Set(),
  };
}

/** Until it is compiled: it goes with everything. */
function standIn(
  { what, name, position }: Definition,
  audiences: Map<string, Audience>,
  scores: Map<string, Score>,
): void {
  const unread: Expression = { ...everyone.condition, kind: { kind: 'any' }, evaluate: () => undefined };
  if (what === 'audience') audiences.set(name, { name, condition: unread, position });
  else scores.set(name, { name, value: unread, maybeUnknown: false, position });
}

function addAudience(
  definition: Definition,
  environment: ExpressionEnvironment,
  audiences: Map<string, Audience>,
  problems: Problems,
): void {
  const condition = compile(definition, environment, 'condition', problems)?.expression;
  const { name, position } = definition;
  if (condition !== undefined) audiences.set(name, { name, condition, position });
}

function addScore(
  definition: Definition,
  environment: ExpressionEnvironment,
  scores: Map<string, Score>,
  problems: Problems,
): void {
  const found = compile(definition, environment, 'value', problems);
  if (found?.expression === undefined) return;
  const { name, position, source } = definition;
  const { kind } = found.expression;
  if (['number', 'money', 'any'].includes(familyOf(kind))) {
    scores.set(name, { name, value: found.expression, maybeUnknown: found.maybeUnknown, position });
  } else problems.error(source?.spot(0) ?? position, `a score is a number or money; this is ${printKind(kind)}`);
}

function compile(
  { source }: Definition,
  environment: ExpressionEnvironment,
  expect: 'condition' | 'value',
  problems: Problems,
): Compiled | undefined {
  if (source === undefined) return undefined;
  const found = compileExpression(source.text, environment, expect);
  tellProblems(found.problems, source, problems);
  return found;
}
