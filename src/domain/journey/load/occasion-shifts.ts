import type { OccasionShift } from '../../occasions/occasions.js';
import { readTimeOfDay } from '../../time/read-times.js';
import { midnight } from '../../time/zone.js';
import type { Node } from '../../yaml/node.js';
import { readText, readWord, unknownWord, type Fields } from '../../yaml/read.js';
import type { Context } from './context.js';
import { readOffset } from './offsets.js';

/** `offset`, `at` and `edge`, as they stand beside `occasion`. */
export function readOccasionShift(fields: Fields, { problems }: Context): OccasionShift {
  const at = readTimeOfDay(fields.get('at'), problems);
  if (!fields.mentions('at'))
    problems.error(fields.at, 'at is missing; an occasion is a day, and needs an hour such as at: "10:00"');
  return {
    offset: readOffset(fields.get('offset'), problems),
    at: at ?? midnight,
    edge: readWord(fields.get('edge'), ['start', 'end'] as const, problems) ?? 'start',
  };
}

/** An occasion that `occasions.yaml` declares. */
export function readOccasionName(node: Node | undefined, { parts, problems }: Context): string | undefined {
  const name = readText(node, 'an occasion of occasions.yaml', problems);
  if (node === undefined || name === undefined || parts.occasions.has(name)) return name;
  const { names } = parts.occasions;
  const otherwise = names.length === 0 ? 'declare it there' : `there are ${names.join(', ')}`;
  return problems.error(node.at, unknownWord(`there is no "${name}" in occasions.yaml`, name, names, otherwise));
}
