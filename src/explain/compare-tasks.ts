import { printInstant } from '../domain/time/instant.js';
import type { KeptTask } from '../store/explain/read-kept-tasks.sql.js';
import { unequal, type Difference } from './differences.js';
import type { ExpectedTask } from './expected-tasks.js';

/** Whether tasks are kept as they would be decided: none missing, none too many, each open or taken back. */
export function compareTasks(
  customer: string,
  expected: ReadonlyMap<string, ExpectedTask>,
  found: readonly KeptTask[],
): readonly Difference[] {
  const kept = new Map(found.map((row) => [row.id, row]));
  return [...new Set([...expected.keys(), ...kept.keys()])].flatMap((id) => {
    const [one, row] = [expected.get(id), kept.get(id)];
    return unequal(`task ${id}`, one && decidedOf(one, row), row && keptOf(row)).map((unlike) => ({
      customer,
      ...unlike,
    }));
  });
}

/** Who has done it before it was taken back need not have it taken back. */
function decidedOf({ task, at, isClosed }: ExpectedTask, row: KeptTask | undefined): object {
  const { journey, key, enrolment, step, title, assignTo, due, results } = task;
  const closed = isClosed && row?.done_at == null;
  return {
    ...{ journey, key, enrolment, step, title, assign_to: assignTo, results, closed },
    ...{ due: due === undefined ? undefined : printInstant(due), opened_at: printInstant(at) },
  };
}

function keptOf({
  journey,
  key,
  enrolment,
  step,
  title,
  assign_to,
  due,
  results,
  opened_at,
  closed_at,
}: KeptTask): object {
  return {
    ...{ journey, key: key ?? undefined, enrolment, step, title, assign_to: assign_to ?? undefined, results },
    ...{ closed: closed_at !== null, due: due === null ? undefined : printInstant(due) },
    opened_at: printInstant(opened_at),
  };
}
