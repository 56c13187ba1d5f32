import type { Limit } from '../journey/right-hand-side.js';
import type { Window } from '../time/windows.js';
import type { Node } from '../yaml/node.js';
import type { Problems } from '../yaml/problems.js';
import { readMap } from '../yaml/read.js';
import { readCaps } from './caps.js';
import { readPlainLimit, type ReadLimit } from './not-after.js';
import type { Cap } from './policy.js';
import { readQuietHours } from './quiet-hours.js';

/** A journey's own `policy`. It is tested besides the purpose's, so that it can be tighter and never looser. */
export interface JourneyPolicy {
  readonly caps: readonly Cap[];
  readonly quietHours: Window | undefined;
  readonly notAfter: Limit | undefined;
}

const shape = { what: "a journey's policy", keys: ['caps', 'quiet_hours', 'not_after'] };

/** `readLimit`: the journey's own reader, where expressions and occasions are known. */
export function readJourneyPolicy(
  node: Node | undefined,
  problems: Problems,
  readLimit: ReadLimit = readPlainLimit,
): JourneyPolicy | undefined {
  const fields = node && readMap(node, shape, problems);
  if (fields === undefined) return undefined;
  const notAfter = fields.get('not_after');
  return {
    caps: readCaps(fields.get('caps'), problems),
    quietHours: readQuietHours(fields.get('quiet_hours'), problems),
    notAfter: notAfter && readLimit(notAfter, problems),
  };
}
