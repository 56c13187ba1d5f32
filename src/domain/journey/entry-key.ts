import { tieAt, tieText } from '../expression/tie.js';
import type { Instant } from '../time/instant.js';
import { namesOf, type Cue } from './cue.js';
import type { Facts } from './facts.js';
import type { Journey } from './journey.js';
import { scopeOf } from './standing.js';

/** The value of `about` for what starts an enrolment; undefined where there is none. */
export function entryKey({ about }: Journey, cue: Cue, facts: Facts, now: Instant): string | undefined {
  if (about === undefined) return undefined;
  if (about.kind === 'field') return tieAt(about.path, cue.data);
  return tieText(about.value.evaluate(scopeOf(facts, namesOf(cue, facts), now)));
}
