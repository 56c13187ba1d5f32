import { everyWords, parseEvery, type Every } from '../../../time/recurrence.js';
import type { Node } from '../../../yaml/node.js';
import { readText, unknownWord } from '../../../yaml/read.js';
import type { Context } from '../context.js';
import { readRequiredTime } from './required-time.js';
import { clockData } from './start-data.js';
import type { TriggerReader } from './trigger.js';

/** `{ every: thursday, at: "18:00" }`. */
export const every: TriggerReader = {
  keys: ['at'],
  read(fields, context) {
    const which = readEvery(fields.get('every'), context);
    const at = readRequiredTime(fields, 'every', context);
    return {
      data: clockData,
      startedBy: 'every',
      make: which && at && ((base) => ({ ...base, kind: 'every', every: which, at })),
    };
  },
};

function readEvery(node: Node | undefined, { problems }: Context): Every | undefined {
  const word = readText(node, 'day, month or a day of the week such as thursday', problems);
  if (node === undefined || word === undefined) return undefined;
  const short = everyWords.find((long) => long.length > 5 && long.slice(0, 3) === word);
  const otherwise = short === undefined ? `expected one of ${everyWords.join(', ')}` : `did you mean "${short}"?`;
  return (
    parseEvery(word) ??
    problems.error(node.at, unknownWord(`"${word}" is no day to start on`, word, everyWords, otherwise))
  );
}
