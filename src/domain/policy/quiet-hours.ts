import { minutesOfDay } from '../time/hours.js';
import { readHours } from '../time/read-times.js';
import { everyDay } from '../time/week.js';
import type { Window } from '../time/windows.js';
import type { Node } from '../yaml/node.js';
import type { Problems } from '../yaml/problems.js';

/** `"21:00-09:00"`, every day. */
export function readQuietHours(node: Node | undefined, problems: Problems): Window | undefined {
  const hours = readHours(node, problems);
  if (node === undefined || hours === undefined) return undefined;
  if (hours.from % minutesOfDay !== hours.to % minutesOfDay) return { ...hours, days: everyDay };
  return problems.error(node.at, 'these quiet hours are the whole day, and nothing would ever leave');
}
