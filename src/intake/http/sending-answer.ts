import type { Json } from '../../domain/json.js';
import { isJsonObject } from '../../domain/json.js';
import type { Pause } from '../../domain/pause.js';
import { didYouMean } from '../../domain/did-you-mean.js';
import { printInstant } from '../../domain/time/instant.js';
import type { Changed, UnknownNames } from '../../ops/sending-control.js';
import type { PauseRow } from '../../store/pausing/pause-row.js';
import type { Refusal } from '../intake.js';
import { ApiError, apiError } from './api-error.js';

/** What is written down as the reason of a pause by HTTP. */
export const BY_API = 'by the API';

export interface PauseItem extends Pause {
  readonly since: string;
  readonly reason: string;
}

export interface ChangedAnswer {
  readonly changed: readonly Pause[];
  readonly paused: readonly PauseItem[];
}

export function pauseItem({ kind, name, since, reason }: PauseRow): PauseItem {
  return { kind, name, since: printInstant(since), reason };
}

/** `status`: of names that nobody knows. */
export function answerOf(outcome: Changed | UnknownNames, status: 400 | 404): ChangedAnswer {
  if (outcome.kind === 'unknown') throw new ApiError(status, outcome.problems);
  return { changed: outcome.changed, paused: outcome.paused.map(pauseItem) };
}

/** The texts of a body that takes nothing but these; everything wrong with it at once. */
export function readNames<Name extends string>(body: Json, names: readonly Name[]): Partial<Record<Name, string>> {
  if (!isJsonObject(body)) throw apiError(400, 'body', 'is no JSON object');
  const given = Object.entries(body).filter(([, value]) => value !== null);
  const wrong = given.flatMap(([name, value]) => faultOf(name, value, names));
  if (wrong.length > 0) throw new ApiError(400, wrong);
  if (given.length === 0) throw apiError(400, 'body', `names nothing; give one or more of ${names.join(', ')}`);
  return Object.fromEntries(given) as Partial<Record<Name, string>>;
}

function faultOf(name: string, value: Json, names: readonly string[]): Refusal[] {
  if (!names.includes(name)) {
    const remedy = didYouMean(name, names) || `; there is: ${names.join(', ')}`;
    return [{ place: name, message: `is not known${remedy}` }];
  }
  return typeof value === 'string' && value !== '' ? [] : [{ place: name, message: 'is no name; expected a text' }];
}
