import type { Enrolment } from '../domain/journey/enrolment.js';
import type { Instant } from '../domain/time/instant.js';
import type { Workspace } from '../domain/workspace.js';
import type { Asked, Tested } from '../domain/journey/witness.js';
import type { Trace } from '../domain/journey/decision.js';
import type { PauseRow } from '../store/pausing/pause-row.js';
import type { ToldMessage } from './passed-channels.js';
import { isOneOccasion, type Heard, type HeardTurn } from './testimony.js';

/** Why things happened, or did not, to one customer. */
export interface Explanation {
  readonly customer: string;
  /** Today's files: they say what is money and what a journey listens to. */
  readonly workspace: Workspace;
  /** The only journey that was asked for. */
  readonly journey: string | undefined;
  /** Journeys that start nobody here, with what they need; none in a simulation. */
  readonly notRun: ReadonlyMap<string, readonly string[]>;
  readonly heard: readonly Heard[];
  readonly standing: readonly Enrolment[];
  /** As they are in the outbox; none in a simulation. */
  readonly messages: readonly ToldMessage[];
  readonly pauses: readonly PauseRow[];
  /** What cannot be told, and why. */
  readonly gaps: readonly string[];
}

/** Something that happened, or could have, with the rules that led to it. */
export interface Item {
  readonly turn: HeardTurn;
  /** Undefined: nothing came of it. */
  readonly line: Trace | undefined;
  readonly rules: readonly (Asked | Tested)[];
}

/** The story of one enrolment, or of starts that were refused. */
export interface Section {
  readonly journey: string;
  readonly key: string | undefined;
  readonly enrolment: number | undefined;
  readonly items: readonly Item[];
  readonly standing: Enrolment | undefined;
  readonly messages: readonly ToldMessage[];
}

/** In the order in which they begin. */
export function sectionsOf({ heard, standing, messages, journey }: Explanation): readonly Section[] {
  const found = new Map<string, { at: Instant; section: Section; heard: Heard[] }>();
  const find = (of: Pick<Section, 'journey' | 'key' | 'enrolment'>, at: Instant): Heard[] => {
    const name = JSON.stringify([of.journey, of.enrolment ?? null, of.enrolment === undefined ? of.key : null]);
    const known = found.get(name);
    if (known !== undefined) return known.heard;
    const stands = standing.find(isOf(of));
    const section = { ...of, items: [], standing: stands, messages: messages.filter(isOf(of)) };
    const fresh = { at, section, heard: [] };
    found.set(name, fresh);
    return fresh.heard;
  };
  for (const one of heard) if (isWanted(one.turn, journey)) find(placeOf(one.turn), one.turn.at).push(one);
  for (const { journey: name, key, seq, enteredAt } of standing) {
    if (isWanted({ journey: name }, journey)) find({ journey: name, key, enrolment: seq }, enteredAt);
  }
  for (const { journey: name, key, enrolment, created_at: at } of messages) {
    if (isWanted({ journey: name }, journey)) find({ journey: name, key: key ?? undefined, enrolment }, at);
  }
  const sorted = [...found.values()].sort((a, b) => a.at - b.at);
  return sorted.map(({ section, heard: some }) => ({ ...section, items: itemsOf(some) }));
}

function placeOf({ journey, key, enrolment }: HeardTurn): Pick<Section, 'journey' | 'key' | 'enrolment'> {
  return { journey, key, enrolment };
}

function isWanted({ journey }: { readonly journey: string }, wanted: string | undefined): boolean {
  return wanted === undefined || journey === wanted;
}

type Numbered = { readonly journey: string } & ({ readonly seq: number } | { readonly enrolment: number });

function isOf({ journey, enrolment }: Pick<Section, 'journey' | 'enrolment'>): (one: Numbered) => boolean {
  return (one) => one.journey === journey && ('seq' in one ? one.seq : one.enrolment) === enrolment;
}

/** Each line with the rules before it; rules of one occasion that no line followed stand by themselves. */
function itemsOf(heard: readonly Heard[]): readonly Item[] {
  const items: Item[] = [];
  let rules: (Asked | Tested)[] = [];
  for (const [place, one] of heard.entries()) {
    if (one.kind === 'asked') rules.push(one.asked);
    if (one.kind === 'tested') rules.push(one.tested);
    const next = heard[place + 1];
    const isOver = next === undefined || !isOneOccasion(one.turn, next.turn);
    if (one.kind !== 'line' && (!isOver || rules.length === 0)) continue;
    items.push({ turn: one.turn, line: one.kind === 'line' ? one.line : undefined, rules });
    rules = [];
  }
  return items;
}

/** Journeys that heard nothing of all that happened; where that is not known, none can be named. */
export function untouched({ workspace, journey, heard, standing, gaps }: Explanation): Workspace['journeys'] {
  if (gaps.length > 0) return [];
  const touched = new Set([...heard.map(({ turn }) => turn.journey), ...standing.map((one) => one.journey)]);
  return workspace.journeys.filter(({ name }) => !touched.has(name) && (journey === undefined || name === journey));
}
