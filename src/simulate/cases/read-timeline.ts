import { checkFor } from '../../domain/catalogue/check-value.js';
import type { Journey } from '../../domain/journey/journey.js';
import type { JsonObject } from '../../domain/json.js';
import { channelNames } from '../../domain/message/message.js';
import { parseTime } from '../../domain/time/date.js';
import { printInstant, type Instant } from '../../domain/time/instant.js';
import { printNode, type Node } from '../../domain/yaml/node.js';
import type { Problems } from '../../domain/yaml/problems.js';
import { readList, readMap, readText, unknownWord } from '../../domain/yaml/read.js';
import { createEventValidator } from '../../intake/validate-event.js';
import { rulesOf } from '../read-inputs.js';
import type { Launch, SimulatedEvent } from '../simulation.js';
import { jsonOf, jsonOfMap, nodeAt, quoting } from './json-of.js';
import type { CaseParts } from './parts.js';
import { readInstant } from './read-instant.js';

/** What happens in a case. */
export interface Timeline {
  readonly events: readonly SimulatedEvent[];
  readonly launches: readonly Launch[];
  /** Of its first item. */
  readonly start: Instant | undefined;
}

const shape = { what: 'an item of the timeline', keys: ['at', 'event', 'launch'] };
const eventKeys = ['type', 'subject', 'data', 'time', 'id', 'source', 'specversion', 'arrives_at', 'datacontenttype'];

/** `journey`: the one that a launch starts. */
export function readTimeline(node: Node | undefined, journey: string, parts: CaseParts, problems: Problems): Timeline {
  const events: SimulatedEvent[] = [];
  const launches: Launch[] = [];
  let start: Instant | undefined;
  readList(node, 'the timeline', problems).forEach((item, index) => {
    const fields = readMap(item, shape, problems);
    if (fields === undefined) return;
    const at = readInstant(fields.get('at'), parts.zone, problems);
    if (!fields.mentions('at'))
      problems.error(fields.at, 'at is missing; write when it happens, such as at: 2026-11-21T10:00:00+03:30');
    const [event, launch] = [fields.get('event'), fields.get('launch')];
    if (fields.mentions('event') === fields.mentions('launch'))
      problems.error(fields.at, 'expected either event or launch beside at');
    // Where its instant cannot be read all else is read the same, for what is wrong in it.
    const readEvents = event === undefined ? [] : readEvent(event, at ?? 0, index + 1, parts, problems);
    const readLaunches = launch === undefined ? [] : readLaunch(launch, at ?? 0, journey, parts, problems);
    if (at === undefined) return;
    start = Math.min(start ?? at, at);
    events.push(...readEvents);
    launches.push(...readLaunches);
  });
  return { events, launches, start };
}

/** A CloudEvent as `simulate` takes it; without a time of its own it happens when it arrives. */
function readEvent(
  node: Node,
  at: Instant,
  number: number,
  { catalogue, purposes }: CaseParts,
  problems: Problems,
): SimulatedEvent[] {
  const fields = readMap(node, { what: 'an event', keys: eventKeys }, problems);
  if (fields === undefined || node.kind !== 'map') return [];
  checkChannel(nodeAt(node, 'data.channel'), node, problems);
  const { arrives_at: arrives, ...event } = withTexts(node);
  const arrival = arrives === undefined ? at : parseTime(typeof arrives === 'string' ? arrives : '');
  if (arrival === undefined) readInstant(fields.get('arrives_at'), 'UTC', problems);
  const defaults = { specversion: '1.0', id: `line-${String(number)}`, source: '/simulation', time: printInstant(at) };
  const validate = createEventValidator(rulesOf(catalogue), { broadcast: 'served', purposes });
  const validated = validate({ ...defaults, ...event });
  if ('event' in validated) {
    for (const message of validated.warnings ?? []) tellSlip(message, node, problems);
    return arrival === undefined ? [] : [{ ...validated.event, arrival }];
  }
  for (const { place, message } of validated.refusals) {
    const found = nodeAt(node, place);
    problems.error(found.at, `${place} ${quoting(found, message)}`);
  }
  return [];
}

/** A warning that names a word of the data stands at it. */
function tellSlip(message: string, node: Node, problems: Problems): void {
  const [, word = ''] = /"([^"]+)"/.exec(message) ?? [];
  const [attribute, purpose] = [nodeAt(node, `data.${word}`), nodeAt(node, `data.consent.${word}`)];
  problems.warning(message.startsWith('consent ') ? purpose.at : attribute.at, message);
}

/** Of a reply or a receipt. */
function checkChannel(channel: Node, event: Extract<Node, { kind: 'map' }>, problems: Problems): void {
  const type = nodeAt(event, 'type');
  if (type.kind !== 'scalar' || !type.text.startsWith('message.') || channel.kind !== 'scalar') return;
  const names: readonly string[] = channelNames;
  if (names.includes(channel.text)) return;
  const there = `expected one of ${names.join(', ')}`;
  problems.error(channel.at, unknownWord(`there is no channel "${channel.text}"`, channel.text, names, there));
}

/** `subject: 17` is a text all the same, and so is `time`. */
function withTexts(node: Extract<Node, { kind: 'map' }>): JsonObject {
  const event = jsonOfMap(node);
  for (const { key, value } of node.entries)
    if (key !== 'data' && value.kind === 'scalar' && typeof value.value === 'number') event[key] = value.text;
  if (event['data'] === null) delete event['data'];
  return event;
}

const launchShape = { what: 'a launch', keys: ['audience', 'inputs'] };

function readLaunch(node: Node, at: Instant, journey: string, parts: CaseParts, problems: Problems): Launch[] {
  if (node.kind === 'scalar' && node.value === null) return [{ at, journey, data: {} }];
  const fields = readMap(node, launchShape, problems);
  if (fields === undefined) return [];
  const audience = readAudience(fields.get('audience'), parts, problems);
  const data = readInputs(fields.get('inputs'), node, parts.journeys?.get(journey), problems);
  return [{ at, journey, data, ...(audience === undefined ? {} : { audience }) }];
}

function readAudience(node: Node | undefined, { audiences }: CaseParts, problems: Problems): Launch['audience'] {
  const name = readText(node, 'the name of an audience', problems);
  if (node === undefined || name === undefined || audiences === undefined) return undefined;
  const found = audiences.get(name);
  if (found !== undefined) return found;
  return problems.error(
    node.at,
    unknownWord(`there is no audience "${name}"`, name, [...audiences.keys()], 'declare it in audiences.yaml'),
  );
}

/** Inputs of the kinds that the manual trigger asks for. */
function readInputs(
  node: Node | undefined,
  launch: Node,
  journey: Journey | undefined,
  problems: Problems,
): JsonObject {
  if (node !== undefined && node.kind !== 'map')
    problems.error(node.at, `expected the inputs as a mapping, got ${printNode(node)}`);
  const inputs = node?.kind === 'map' ? (jsonOf(node) as JsonObject) : {};
  if (journey === undefined) return inputs;
  const manual = journey.triggers.find((trigger) => trigger.kind === 'manual');
  if (manual === undefined) {
    problems.error(launch.at, `"${journey.name}" has no manual trigger; only a journey that has one can be launched`);
    return inputs;
  }
  tellInputs(inputs, manual.inputs, node ?? launch, problems);
  return inputs;
}

function tellInputs(
  inputs: JsonObject,
  kind: Parameters<typeof checkFor>[0] & { readonly kind: 'record' },
  node: Node,
  problems: Problems,
): void {
  const faults: { readonly place: string; readonly message: string }[] = [];
  checkFor(kind)(inputs, '', faults);
  for (const { place, message } of faults) {
    const found = nodeAt(node, place);
    problems.error(found.at, `${place.replace(/^\./, '')} ${quoting(found, message)}`);
  }
  const names = Object.keys(kind.fields);
  for (const name of Object.keys(inputs))
    if (!names.includes(name))
      problems.error(
        nodeAt(node, name).at,
        unknownWord(`the trigger asks for no "${name}"`, name, names, `expected ${names.join(', ') || 'no inputs'}`),
      );
}
