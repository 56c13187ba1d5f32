import { parseDateAsMidnight, parseTime } from '../../domain/time/date.js';
import type { Instant } from '../../domain/time/instant.js';
import { jalaliSlip } from '../../domain/time/jalali-slip.js';
import { printNode, type Node } from '../../domain/yaml/node.js';
import type { Problems } from '../../domain/yaml/problems.js';

/** An instant with its offset, or a date: midnight on the workspace's clock. */
export function readInstant(node: Node | undefined, zone: string, problems: Problems): Instant | undefined {
  if (node === undefined) return undefined;
  const text = node.kind === 'scalar' ? node.text : '';
  const instant = parseTime(text) ?? parseDateAsMidnight(text, zone);
  if (instant !== undefined) return instant;
  const noOffset = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?$/.test(text) ? '; add its offset, such as +03:30' : '';
  const remedy = jalaliSlip(text) || noOffset;
  return problems.error(
    node.at,
    `expected an instant such as 2026-11-21T10:00:00+03:30, or a date, got ${printNode(node)}${remedy}`,
  );
}
