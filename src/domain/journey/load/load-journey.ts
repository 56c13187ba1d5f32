import { hash } from 'node:crypto';
import type { HistoryCall, Uses } from '../../expression/expression.js';
import type { Position, Problem } from '../../problem.js';
import type { Node } from '../../yaml/node.js';
import { parseYaml } from '../../yaml/parse.js';
import { Problems } from '../../yaml/problems.js';
import { readMap, type Fields } from '../../yaml/read.js';
import type { About, Journey } from '../journey.js';
import type { Step } from '../step.js';
import { readAbout, type ReadAbout } from './about.js';
import { readAtEnd } from './at-end.js';
import { readBlock } from './block.js';
import type { Block, Context, JourneyParts, StepContext } from './context.js';
import { mergeNames, type Flow } from './flow.js';
import { givenIds, StepIds } from './ids.js';
import { readPurpose } from './purpose.js';
import { readRenamed } from './renamed.js';
import { readExits, readGoals } from './rules.js';
import { straightOn } from './steps/single.js';
import { takeableNames } from './steps/saved-names.js';
import { warnOfExpiry } from './too-long.js';
import { readOnChange, readTop } from './top.js';
import { readTriggers } from './triggers.js';
import { mergeUses } from './uses.js';

const shape = {
  what: 'a journey',
  keys: [
    ...['journey', 'title', 'description', 'owner', 'tags', 'draft', 'runs', 'purpose', 'policy', 'priority', 'about'],
    ...[
      'trigger',
      'entry',
      'limits',
      'exit',
      'goal',
      'holdout',
      'on_change',
      'renamed',
      'lasts_at_most',
      'steps',
      'at_end',
    ],
  ],
};

/** One journey's file, checked: undefined exactly where there is an error. */
export interface LoadedJourney {
  readonly journey: Journey | undefined;
  readonly problems: readonly Problem[];
  /** The templates that it sends, as far as it could be read. */
  readonly templates: ReadonlySet<string>;
}

/** Reads one journey. `file` is how problems name it; `name` is what its `journey` key must say. */
export function loadJourney(
  source: string,
  name: string,
  parts: JourneyParts,
  file = `journeys/${name}.yaml`,
): LoadedJourney {
  const problems = new Problems();
  const templates = new Set<string>();
  const journey = readFile(source, name, file, { parts, problems, sent: templates });
  return { journey: problems.failed ? undefined : journey, problems: problems.sorted(), templates };
}

type Start = Pick<StepContext, 'parts' | 'problems' | 'sent'>;

function readFile(source: string, name: string, file: string, start: Start): Journey | undefined {
  const { problems } = start;
  const node = parseYaml(file, source, problems);
  if (node === undefined) {
    const top: Position = { file, line: 1, column: 1 };
    return problems.count > 0 ? undefined : problems.error(top, 'this file is empty; expected a journey');
  }
  const fields = readMap(node, shape, problems);
  return fields && readJourney(fields, name, versionOf(source), start);
}

/** The first 16 hex digits of the SHA-256 of the file's text. */
export function versionOf(source: string): string {
  return hash('sha256', source, 'hex').slice(0, 16);
}

function readJourney(fields: Fields, name: string, version: string, start: Start): Journey {
  const [entering, inside]: [HistoryCall[], HistoryCall[]] = [[], []];
  const uses: Uses[] = [];
  const enteringContext: Context = {
    parts: start.parts,
    problems: start.problems,
    calls: entering,
    uses,
    listensTo: new Set(),
    startedByOccasions: new Map(),
  };
  const triggers = readTriggers(fields, enteringContext);
  const about = readAbout(fields.get('about'), triggers, enteringContext);
  const purpose = readJourneyPurpose(fields, enteringContext);
  const context = stepContext(fields, { ...enteringContext, calls: inside }, start.sent, purpose, about);
  const top = readTop(fields, name, triggers.flow, enteringContext);
  const block = readSteps(fields, triggers.flow, context);
  const anywhere: Flow = {
    names: mergeNames(triggers.flow.names, Object.fromEntries(context.saved)),
    known: triggers.flow.known,
  };
  const rules = {
    exits: readExits(fields.get('exit'), anywhere, context),
    goals: readGoals(fields.get('goal'), anywhere, context),
    renamed: readRenamed(fields, top.onChange, context.ids.all, context),
  };
  const steps = linkSteps(block, context.ids);
  const atEnd = readAtEnd(fields.get('at_end'), anywhere, context);
  warnOfExpiry(
    { first: steps.first, steps: steps.steps, lastsAtMost: top.lastsAtMost },
    context.lengths,
    context.problems,
  );
  return {
    ...{ name, version, purpose, ...top, ...rules, ...steps, atEnd },
    ...tie(about, context),
    triggers: triggers.triggers,
    calls: { entering, inside },
    uses: mergeUses(uses),
    startsOn: new Set(triggers.triggers.flatMap((trigger) => (trigger.kind === 'event' ? [trigger.event] : []))),
    listensTo: context.listensTo,
  };
}

function stepContext(
  fields: Fields,
  context: Context,
  sent: Set<string>,
  purpose: string,
  about: ReadAbout | undefined,
): StepContext {
  const nodes = ['steps', 'at_end'].flatMap((key) => fields.get(key) ?? []);
  const given = new Set(nodes.flatMap((node) => [...givenIds(node)]));
  // What on_change says is told where it is read with the rest.
  const moves = readOnChange(fields, new Problems()) === 'move';
  const whole: StepContext = {
    ...context,
    purpose,
    sent,
    tie: about?.kind === 'field' ? about.path : undefined,
    ids: new StepIds(given, context.problems, moves),
    saved: new Map(),
    takeable: new Set(nodes.flatMap((node) => [...takeableNames(node)])),
    lengths: new Map(),
    readBlock: (node, flow) => readBlock(node, flow, whole),
  };
  return whole;
}

function readSteps(fields: Fields, flow: Flow, context: StepContext): Block {
  const node: Node | undefined = fields.get('steps');
  if (!fields.mentions('steps')) context.problems.error(fields.at, 'steps is missing; a journey has at least one step');
  else if (node?.kind === 'list' && node.items.length === 0)
    context.problems.error(node.at, 'a journey has at least one step');
  return node === undefined ? straightOn(flow) : readBlock(node, flow, context);
}

/** Steps are linked from the end, and kept in reading order. */
function linkSteps(block: Block, ids: StepIds): Pick<Journey, 'first' | 'steps'> {
  const linked = new Map<string, Step>();
  const first = block.link({ kind: 'end' }, (step) => linked.set(step.id, step));
  const steps = ids.all.flatMap((id) => linked.get(id) ?? []);
  return { first, steps: new Map(steps.map((step) => [step.id, step])) };
}

function tie(about: ReadAbout | undefined, { parts, listensTo }: Context): Pick<Journey, 'about' | 'tiedTypes'> {
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
