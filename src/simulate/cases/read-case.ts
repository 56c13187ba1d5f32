import { channelNames, type ChannelName } from '../../domain/message/message.js';
import type { Position } from '../../domain/problem.js';
import type { Instant } from '../../domain/time/instant.js';
import { printNode, type Node } from '../../domain/yaml/node.js';
import type { Problems } from '../../domain/yaml/problems.js';
import { oneOrMore, readMap, readText, readWord, unknownWord, type Fields } from '../../domain/yaml/read.js';
import type { WebhookResults } from '../simulation.js';
import type { Case } from './case.js';
import { jsonOf } from './json-of.js';
import { namesOf, warnOfStrangers } from './names.js';
import type { CaseParts } from './parts.js';
import { readCustomers } from './read-customers.js';
import { readExpect } from './read-expect.js';
import { readInstant } from './read-instant.js';
import { readTimeline } from './read-timeline.js';

const shape = {
  what: 'a case',
  keys: ['name', 'customers', 'timeline', 'from', 'until', 'journeys', 'channel_results', 'webhook_results', 'expect'],
};

/** One case; undefined where it cannot be run. */
export function readCase(node: Node, journey: string, parts: CaseParts, problems: Problems): Case | undefined {
  const fields = readMap(node, shape, problems);
  if (fields === undefined) return undefined;
  const journeys = new Set([journey, ...readJourneys(fields.get('journeys'), parts, problems)]);
  const { events, launches, start } = readTimeline(fields.get('timeline'), journey, parts, problems);
  const name = readName(fields, problems);
  const from = readInstant(fields.get('from'), parts.zone, problems) ?? start;
  if (from === undefined && !fields.mentions('from') && !fields.mentions('timeline'))
    problems.error(fields.at, 'from is missing; a case without a timeline says when it begins');
  const until = readUntil(fields, from, parts, problems);
  const names = namesOf(fields, journeys, parts);
  warnOfStrangers(fields, problems);
  const rest = {
    ...{ journeys, events, launches, from, position: fields.at },
    customers: readCustomers(fields.get('customers'), parts, problems),
    channelResults: readChannelResults(fields.get('channel_results'), problems),
    webhookResults: readWebhookResults(fields.get('webhook_results'), names.steps, problems),
    expect: readExpect(fields.get('expect'), parts, names, problems),
  };
  return name === undefined || until === undefined ? undefined : { name, until, ...rest };
}

function readName(fields: Fields, problems: Problems): string | undefined {
  const node = fields.get('name');
  if (node === undefined)
    return fields.mentions('name')
      ? undefined
      : problems.error(fields.at, 'name is missing; say in a few words what this case shows');
  return readText(node, 'a name', problems);
}

function readUntil(
  fields: Fields,
  from: Instant | undefined,
  { zone }: CaseParts,
  problems: Problems,
): Instant | undefined {
  if (!fields.mentions('until'))
    return problems.error(
      fields.at,
      'until is missing; write the last instant, such as until: 2026-11-30T00:00:00+03:30',
    );
  const until = readInstant(fields.get('until'), zone, problems);
  if (until !== undefined && from !== undefined && until < from)
    problems.error(fields.keyAt('until'), 'until is before the case begins; nothing would happen');
  return until;
}

function readJourneys(node: Node | undefined, { journeyNames }: CaseParts, problems: Problems): readonly string[] {
  return oneOrMore(node).flatMap((item) => {
    const name = readText(item, 'the name of a journey', problems);
    if (name === undefined || journeyNames.includes(name)) return name ?? [];
    return tellUnknown('journey', name, item.at, journeyNames, problems);
  });
}

function tellUnknown(
  what: string,
  name: string,
  at: Position,
  names: readonly string[],
  problems: Problems,
): readonly [] {
  problems.error(at, unknownWord(`there is no ${what} "${name}"`, name, names, `expected one of ${names.join(', ')}`));
  return [];
}

function readChannelResults(node: Node | undefined, problems: Problems): Case['channelResults'] {
  const results: Partial<Record<ChannelName, 'failed' | 'silent'>> = {};
  if (node === undefined) return results;
  if (node.kind !== 'map') {
    problems.error(node.at, `expected channels, such as { telegram: failed }, got ${printNode(node)}`);
    return results;
  }
  for (const { key, at, value } of node.entries) {
    const channel = channelNames.find((name) => name === key);
    const result = readWord(value, ['failed', 'silent'] as const, problems);
    if (channel === undefined) tellUnknown('channel', key, at, channelNames, problems);
    else if (result !== undefined) results[channel] = result;
  }
  return results;
}

function readWebhookResults(
  node: Node | undefined,
  steps: readonly string[] | undefined,
  problems: Problems,
): Case['webhookResults'] {
  if (node === undefined) return {};
  if (node.kind !== 'map') {
    problems.error(node.at, `expected step ids, such as { webhook: { status: 500 } }, got ${printNode(node)}`);
    return {};
  }
  const answers: Record<string, WebhookResults[string]> = {};
  for (const { key, at, value } of node.entries) {
    if (steps !== undefined && !steps.includes(key)) tellUnknown('step', key, at, steps, problems);
    const answer = readAnswer(value, problems);
    if (answer !== undefined) answers[key] = answer;
  }
  return answers;
}

function readAnswer(node: Node, problems: Problems): WebhookResults[string] | undefined {
  const fields = readMap(node, { what: "a web hook's answer", keys: ['status', 'body'] }, problems);
  if (fields === undefined) return undefined;
  const [status, body] = [fields.get('status'), fields.get('body')];
  const code = status?.kind === 'scalar' ? status.value : 200;
  if (typeof code !== 'number' || !Number.isInteger(code) || code < 100 || code > 599)
    return problems.error(status?.at ?? node.at, 'expected a status of HTTP such as 200, from 100 to 599');
  return { status: code, body: body === undefined ? null : jsonOf(body) };
}
