import { createHash } from 'node:crypto';
import type { HistoryCall } from '../../expression/expression.js';
import type { Position, Problem } from '../../problem.js';
import type { Duration } from '../../time/duration.js';
import type { Node } from '../../yaml/node.js';
import { parseYaml } from '../../yaml/parse.js';
import { Problems } from '../../yaml/problems.js';
import { oneOrMore, readBoolean, readDuration, readMap, readText, readWord, type Fields } from '../../yaml/read.js';
import type { About, Journey, Step } from '../journey.js';
import { readAbout, type ReadAbout } from './about.js';
import { readBlock } from './block.js';
import type { Block, Context, JourneyParts, StepContext } from './context.js';
import { mergeNames, type Flow } from './flow.js';
import { givenIds, StepIds } from './ids.js';
import { readPurpose } from './purpose.js';
import { readEntry, readExits, readGoals } from './rules.js';
import { readTriggers } from './triggers.js';

const shape = {
  what: 'a journey',
  keys: [
    ...[
      'journey',
      'title',
      'description',
      'owner',
      'tags',
      'draft',
      'purpose',
      'about',
      'trigger',
      'entry',
      'exit',
      'goal',
    ],
    ...['on_change', 'lasts_at_most', 'steps'],
  ],
  later: ['runs', 'policy', 'priority', 'limits', 'holdout', 'renamed', 'at_end'],
};

/** One journey's file, checked: undefined exactly where there is an error. */
export interface LoadedJourney {
  readonly journey: Journey | undefined;
  readonly problems: readonly Problem[];
}

/** Reads one journey. `file` is how problems name it; `name` is what its `journey` key must say. */
export function loadJourney(
  source: string,
  name: string,
  parts: JourneyParts,
  file = `journeys/${name}.yaml`,
): LoadedJourney {
  const problems = new Problems();
  const journey = readFile(source, name, file, parts, problems);
  return { journey: problems.failed ? undefined : journey, problems: problems.sorted() };
}

function readFile(
  source: string,
  name: string,
  file: string,
  parts: JourneyParts,
  problems: Problems,
): Journey | undefined {
  const node = parseYaml(file, source, problems);
  if (node === undefined) {
    const start: Position = { file, line: 1, column: 1 };
    return problems.count > 0 ? undefined : problems.error(start, 'this file is empty; expected a journey');
  }
  const fields = readMap(node, shape, problems);
  return fields && readJourney(fields, name, versionOf(source), parts, problems);
}

/** The first 16 hex digits of the SHA-256 of the file's text. */
export function versionOf(source: string): string {
  return createHash('sha256').update(source, 'utf8').digest('hex').slice(0, 16);
}

function readJourney(fields: Fields, name: string, version: string, parts: JourneyParts, problems: Problems): Journey {
  const [entering, inside]: [HistoryCall[], HistoryCall[]] = [[], []];
  const listensTo = new Set<string>();
  const enteringContext: Context = { parts, problems, calls: entering, listensTo };
  const triggers = readTriggers(fields, enteringContext);
  const about = readAbout(fields.get('about'), triggers, enteringContext);
  const purpose = readJourneyPurpose(fields, enteringContext);
  const context = stepContext(fields, { ...enteringContext, calls: inside }, purpose, about);
  const block = readSteps(fields, triggers.flow, context);
  const anywhere: Flow = {
    names: mergeNames(triggers.flow.names, Object.fromEntries(context.saved)),
    known: triggers.flow.known,
  };
  const rules = {
    exits: readExits(fields.get('exit'), anywhere, context),
    goals: readGoals(fields.get('goal'), anywhere, context),
  };
  return {
    ...{ name, version, purpose, ...rules },
    ...readTop(fields, name, enteringContext),
    ...linkSteps(block, context.ids),
    ...tie(about, listensTo, context),
    triggers: triggers.triggers,
    calls: { entering, inside },
    startsOn: new Set(triggers.triggers.map(({ event }) => event)),
    listensTo,
  };
}

function stepContext(fields: Fields, context: Context, purpose: string, about: ReadAbout | undefined): StepContext {
  const steps = fields.get('steps');
  const whole: StepContext = {
    ...context,
    purpose,
    tie: about?.kind === 'field' ? about.path : undefined,
    ids: new StepIds(steps === undefined ? new Set() : givenIds(steps), context.problems),
    saved: new Map(),
    readBlock: (node, flow) => readBlock(node, flow, whole),
  };
  return whole;
}

function readSteps(fields: Fields, flow: Flow, context: StepContext): Block {
  const node: Node | undefined = fields.get('steps');
  if (!fields.mentions('steps')) context.problems.error(fields.at, 'steps is missing; a journey has at least one step');
  else if (node?.kind === 'list' && node.items.length === 0)
    context.problems.error(node.at, 'a journey has at least one step');
  return node === undefined ? { flow, ended: false, link: (next) => next } : readBlock(node, flow, context);
}

/** Steps are linked from the end, and kept in reading order. */
function linkSteps(block: Block, ids: StepIds): Pick<Journey, 'first' | 'steps'> {
  const linked = new Map<string, Step>();
  const first = block.link({ kind: 'end' }, (step) => linked.set(step.id, step));
  const steps = ids.all.flatMap((id) => linked.get(id) ?? []);
  return { first, steps: new Map(steps.map((step) => [step.id, step])) };
}

function tie(
  about: ReadAbout | undefined,
  listensTo: ReadonlySet<string>,
  { parts }: Context,
): Pick<Journey, 'about' | 'tiedTypes'> {
  if (about?.kind !== 'field') return { about, tiedTypes: [] };
  const tiedTypes = [...listensTo].filter((type) => parts.catalogue.hasField(type, about.path));
  const tied: About = { ...about, ties: new Set(tiedTypes) };
  return { about: tied, tiedTypes };
}

function readJourneyPurpose(fields: Fields, context: Context): string {
  if (!fields.mentions('purpose'))
    context.problems.error(fields.at, 'purpose is missing; name one that policy.yaml declares');
  return readPurpose(fields.get('purpose'), context) ?? '';
}

function readTop(
  fields: Fields,
  name: string,
  context: Context,
): Pick<Journey, 'title' | 'draft' | 'entry' | 'lastsAtMost'> {
  const { problems } = context;
  checkName(fields, name, problems);
  for (const key of ['description', 'owner']) readText(fields.get(key), 'a text', problems);
  for (const tag of oneOrMore(fields.get('tags'))) readText(tag, 'a tag', problems);
  readWord(fields.get('on_change'), ['pin'], problems, ['move', 'exit']);
  return {
    title: readText(fields.get('title'), 'a text', problems),
    draft: readBoolean(fields.get('draft'), problems) ?? false,
    entry: readEntry(fields.get('entry'), context),
    lastsAtMost: readDuration(fields.get('lasts_at_most'), problems) ?? oneYear,
  };
}

function checkName(fields: Fields, name: string, problems: Problems): void {
  const node = fields.get('journey');
  if (!fields.mentions('journey'))
    problems.error(fields.at, `journey is missing; write "journey: ${name}", as the file is named`);
  const given = readText(node, 'the name of the journey', problems);
  if (node === undefined || given === undefined) return;
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(given)) {
    problems.error(
      node.at,
      `"${given}" is no name for a journey; expected small letters, digits and "-", such as repair-status`,
    );
  } else if (given !== name) {
    problems.error(node.at, `the file is named "${name}", so journey must be "${name}", not "${given}"`);
  }
}

const oneYear: Duration = { amount: 1, unit: 'year' };
