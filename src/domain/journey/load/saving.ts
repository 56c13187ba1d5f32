import { grantKind, integer, money, text } from '../../expression/kinds.js';
import { mistaken, type Kind, type RecordKind } from '../../expression/kind.js';
import type { MapNode, Node } from '../../yaml/node.js';
import { readText } from '../../yaml/read.js';
import type { Context, StepContext } from './context.js';
import { declaring, knowing, mergeNames, type Flow } from './flow.js';
import { takenNames } from './taken-names.js';

/** A name of `save_as`. */
export function readSaveAs(node: Node | undefined, { problems }: Context): string | undefined {
  const name = readText(node, 'a name', problems);
  if (node === undefined || name === undefined) return undefined;
  if (!/^[A-Za-z_]\w*$/.test(name) || name === '__proto__') {
    return problems.error(node.at, `"${name}" cannot be a name; expected letters, digits and "_", such as estimate`);
  }
  return takenNames.includes(name) ? problems.error(node.at, `"${name}" is taken; give it another name`) : name;
}

/** The name is there now, and so are these of its fields. */
export function saving(
  flow: Flow,
  name: string | undefined,
  kind: Kind,
  context: StepContext,
  fields: readonly string[] = [],
): Flow {
  if (name === undefined) return flow;
  remember(name, kind, context);
  return knowing(declaring(flow, name, { kind, optional: true }), [name, ...fields.map((field) => `${name}.${field}`)]);
}

/** What stands under the name somewhere in the journey. */
function remember(name: string, kind: Kind, { saved }: StepContext): void {
  const before = saved.get(name);
  const field = { kind, optional: true };
  saved.set(name, before === undefined ? field : (mergeNames({ [name]: before }, { [name]: field })[name] ?? field));
}

/** What a step or an arm saves, by the key that tells its kind. */
export function kindSavedBy(node: MapNode, { parts: { catalogue } }: Context): Kind {
  const found = node.entries.find(({ key }) => key === 'event' || key === 'wait_for' || Object.hasOwn(savedKinds, key));
  if (found === undefined) return mistaken;
  if (found.key === 'ask') return askKind(isRange(valueOf(node, 'answers')) ? integer : text);
  const type = found.value.kind === 'scalar' ? found.value.text : '';
  return savedKinds[found.key] ?? catalogue.eventKind(type) ?? mistaken;
}

function valueOf(node: MapNode, name: string): Node | undefined {
  return node.entries.find(({ key }) => key === name)?.value;
}

/** `1..5`. */
export function isRange(node: Node | undefined): boolean {
  return node?.kind === 'scalar' && /^\s*-?\d+\s*\.\.\s*-?\d+\s*$/.test(node.text);
}

export function askKind(value: Kind): RecordKind {
  return record({ value, text, channel: text });
}

export const takeBackKind = record({ amount: money, balance: money });

export const webhookKind: RecordKind = {
  kind: 'record',
  fields: { status: { kind: integer, optional: false }, body: { kind: { kind: 'any' }, optional: true } },
};

/** `result` is there once it is done; `results` are those that it can have, none for any. */
export function taskKind(results: readonly string[] = []): RecordKind {
  const result: Kind = results.length === 0 ? text : { kind: 'text', among: results };
  return {
    kind: 'record',
    fields: { task_id: { kind: text, optional: false }, result: { kind: result, optional: true } },
  };
}

function record(kinds: Readonly<Record<string, Kind>>): RecordKind {
  const fields = Object.entries(kinds).map(([name, kind]) => [name, { kind, optional: false }] as const);
  return { kind: 'record', fields: Object.fromEntries(fields) };
}

const savedKinds: Readonly<Record<string, Kind>> = {
  ask: askKind(text),
  grant: grantKind,
  take_back: takeBackKind,
  webhook: webhookKind,
  task: taskKind(),
};
