import type { Catalogue } from '../domain/catalogue/catalogue.js';
import { engineTypes } from '../domain/catalogue/engine-types.js';
import { isJsonObject, type Json } from '../domain/json.js';
import { printProblem } from '../domain/problem.js';
import type { Policy, Purpose } from '../domain/policy/policy.js';
import type { Instant } from '../domain/time/instant.js';
import { instantAt, localTime, midnight } from '../domain/time/zone.js';
import { loadWorkspace, type Workspace } from '../domain/workspace.js';
import { printLocally } from '../simulate/cases/expect-item.js';
import { loadCases } from '../simulate/cases/load-cases.js';
import { runCases } from '../simulate/cases/run-case.js';
import { updatedFile } from '../simulate/cases/update.js';
import { sampleOf } from './sample-data.js';

/** Files to write, by the names that a workspace gives; or why there are none. */
export type NewJourney =
  | { readonly kind: 'files'; readonly files: ReadonlyMap<string, string> }
  | { readonly kind: 'refused'; readonly why: string };

/** A journey that sends one SMS, its template and its cases, in the words of this workspace: all of it checks and passes. */
export function newJourney(name: string, workspace: Workspace, today: Instant): NewJourney {
  const event = neutralEvent(workspace);
  const purpose = firstPurpose(workspace.policy);
  if (event === undefined)
    return refused(
      'declare an event type in events.yaml first, such as "visit: { shop?: text }"; a journey starts on one',
    );
  if (purpose === undefined) return refused('declare a purpose in policy.yaml first');
  const cases = `journeys/${name}.cases.yaml`;
  const files = new Map([
    [`journeys/${name}.yaml`, journeyText(name, event, purpose)],
    [cases, casesText(event, purpose, workspace, today)],
    [`templates/${name}/sms.hbs`, 'سلام {{default customer.name "دوست عزیز"}}\n'],
    [`templates/${name}/sample.yaml`, '# What the template is previewed and checked with.\ncustomer: { name: سارا }\n'],
  ]);
  return withExpectations(files, cases, workspace);
}

function refused(why: string): NewJourney {
  return { kind: 'refused', why };
}

/** The first in the file that comes with a customer, whose data we can make up, and that nobody is sorry about. */
function neutralEvent({ catalogue, files }: Workspace): string | undefined {
  const own = new Set(engineTypes(catalogue.customer).map(({ name }) => name));
  const usable = catalogue.types.filter(
    (type) =>
      !own.has(type) && !catalogue.isBroadcast(type) && catalogue.validate(type, dataOf(type, catalogue)).length === 0,
  );
  const text = files.get('journeys/events.yaml') ?? '';
  const placeOf = (type: string): number =>
    text.search(new RegExp(`^["']?${type.replaceAll('.', '\\.')}["']?\\s*:`, 'm'));
  const inOrder = usable.toSorted((a, b) => placeOf(a) - placeOf(b));
  return inOrder.find((type) => !unwelcome.test(type)) ?? inOrder[0];
}

const unwelcome =
  /complain|cancel|return|refund|fail|refus|reject|expir|delet|remov|block|lost|abandon|unsub|warn|error/i;

function dataOf(type: string, catalogue: Catalogue): Json {
  const kind = catalogue.eventKind(type);
  return kind === undefined ? {} : sampleOf(kind);
}

/** One that needs no consent, if there is one. */
function firstPurpose({ purposes }: Policy): Purpose | undefined {
  const all = [...purposes.values()];
  return all.find(({ consent }) => consent === 'not_needed') ?? all[0];
}

function journeyText(name: string, event: string, { name: purpose }: Purpose): string {
  return `# yaml-language-server: $schema=../schema/journey.schema.json
journey: ${name} # same as the file's name
title: ${name}
purpose: ${purpose} # which policy applies
trigger:
  event: ${event}
steps:
  - send: ${name}
`;
}

function casesText(event: string, { consent, name }: Purpose, workspace: Workspace, today: Instant): string {
  const zone = workspace.policy.timezone;
  const at = instantAt(localTime(today, zone), { ...midnight, hour: 12 }, zone);
  const data = dataOf(event, workspace.catalogue);
  const asked = typeof consent === 'string' ? name : consent.as;
  const given = consent === 'not_needed' ? '' : `, consent: { ${asked}: true }`;
  const shown = isJsonObject(data) && Object.keys(data).length > 0 ? `, data: ${JSON.stringify(data)}` : '';
  return `# yaml-language-server: $schema=../schema/cases.schema.json
cases:
  - name: one SMS when ${event} comes
    customers: [{ id: c1, name: سارا, phone: "09121234567"${given} }]
    timeline:
      - at: ${printLocally(at, zone)}
        event: { type: ${event}, subject: c1${shown} }
    until: ${printLocally(at + 7 * 86_400_000, zone)}
    expect: []
`;
}

/** What is expected is what happens: the author has something to change. */
function withExpectations(files: Map<string, string>, cases: string, before: Workspace): NewJourney {
  const { workspace, problems } = loadWorkspace(new Map([...before.files, ...files]));
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (workspace === undefined) return refused(errors.map(printProblem).join('\n'));
  const loaded = loadCases(files, workspace);
  const results = runCases(loaded.cases, workspace);
  files.set(cases, updatedFile(files.get(cases) ?? '', results, workspace.policy.timezone));
  return { kind: 'files', files };
}
