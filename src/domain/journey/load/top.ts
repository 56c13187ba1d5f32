import { readJourneyPolicy } from '../../policy/journey-policy.js';
import { readShare } from '../../share.js';
import type { Duration } from '../../time/duration.js';
import { printNode, type Node } from '../../yaml/node.js';
import type { Problems } from '../../yaml/problems.js';
import { oneOrMore, readBoolean, readDuration, readMap, readText, readWord, type Fields } from '../../yaml/read.js';
import type { Journey } from '../journey.js';
import type { Context } from './context.js';
import type { Flow } from './flow.js';
import { readLimits } from './journey-limits.js';
import { lengthOf, readLimit } from './limits.js';
import { readEntry } from './rules.js';

type Top = Pick<
  Journey,
  'title' | 'draft' | 'runs' | 'policy' | 'priority' | 'entry' | 'limits' | 'holdout' | 'onChange' | 'lastsAtMost'
>;

/** The keys of a journey that stand beside its triggers, rules and steps. */
export function readTop(fields: Fields, name: string, flow: Flow, context: Context): Top {
  const { problems } = context;
  checkName(fields, name, problems);
  for (const key of ['description', 'owner']) readText(fields.get(key), 'a text', problems);
  for (const tag of oneOrMore(fields.get('tags'))) readText(tag, 'a tag', problems);
  return {
    title: readText(fields.get('title'), 'a text', problems),
    draft: readBoolean(fields.get('draft'), problems) ?? false,
    runs: readRuns(fields.get('runs'), flow, context),
    policy: readJourneyPolicy(fields.get('policy'), problems, (node) => readLimit(node, flow, context)),
    priority: readPriority(fields.get('priority'), problems),
    entry: readEntry(fields.get('entry'), context),
    limits: readLimits(fields.get('limits'), problems),
    holdout: readHoldout(fields.get('holdout'), problems),
    onChange: readOnChange(fields, problems),
    lastsAtMost: readDuration(fields.get('lasts_at_most'), problems) ?? oneYear,
  };
}

export function readOnChange(fields: Fields, problems: Problems): Journey['onChange'] {
  return readWord(fields.get('on_change'), ['pin', 'move', 'exit'] as const, problems) ?? 'pin';
}

function checkName(fields: Fields, name: string, problems: Problems): void {
  const node = fields.get('journey');
  if (!fields.mentions('journey'))
    problems.error(fields.at, `journey is missing; write "journey: ${name}", as the file is named`);
  const given = readText(node, 'the name of the journey', problems);
  if (node === undefined || given === undefined) return;
  if (!isName(given)) {
    problems.error(
      node.at,
      `"${given}" is no name for a journey; expected small letters, digits and "-", such as repair-status`,
    );
  } else if (!isName(name)) {
    problems.error(node.at, `the file is named "${name}", which is no name for a journey; name it ${given}.yaml`);
  } else if (given !== name) {
    problems.error(node.at, `the file is named "${name}", so journey must be "${name}", not "${given}"`);
  }
}

function isName(text: string): boolean {
  return /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text);
}

/** Moments only: there is nothing that a duration could count from. */
function readRuns(node: Node | undefined, flow: Flow, context: Context): Journey['runs'] {
  const fields = node && readMap(node, { what: 'runs', keys: ['from', 'to'] }, context.problems);
  const [from, to] = ['from', 'to'].map((key) => {
    const moment = fields?.get(key);
    if (moment !== undefined && lengthOf(moment) !== undefined)
      context.problems.error(
        moment.at,
        `expected a date or an instant, got ${printNode(moment)}; a duration counts from nothing here`,
      );
    return readLimit(moment, flow, context);
  });
  return { from, to };
}

function readPriority(node: Node | undefined, problems: Problems): number {
  if (node === undefined) return 5;
  const priority = node.kind === 'scalar' && typeof node.value === 'number' ? node.value : NaN;
  if (Number.isInteger(priority) && priority >= 1 && priority <= 9) return priority;
  return problems.error(node.at, `expected a priority from 1 (first) to 9, got ${printNode(node)}`) ?? 5;
}

function readHoldout(node: Node | undefined, problems: Problems): number {
  const share = readShare(node, problems) ?? 0;
  if (node !== undefined && share === 1) problems.error(node.at, 'with a holdout of 100% nobody would ever start');
  return share;
}

const oneYear: Duration = { amount: 1, unit: 'year' };
