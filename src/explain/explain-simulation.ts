import { simulate, type Simulation } from '../simulate/simulator.js';
import type { Merge } from '../domain/merging/merge-faults.js';
import type { Explanation } from './explanation.js';
import { Testimony } from './testimony.js';
import { refuseUnknown } from './unknown-name.error.js';

/** Whom to explain, and of which journey only. */
export interface Wanted {
  readonly customer: string;
  readonly journey: string | undefined;
}

/** Simulates everybody, for one decision bears upon another, and listens to one customer. */
export function explainSimulation(simulation: Omit<Simulation, 'print'>, { customer, journey }: Wanted): Explanation {
  const { workspace } = simulation;
  const names = workspace.journeys.map(({ name }) => name);
  if (journey !== undefined) refuseUnknown('journey', journey, names);
  const { timezone: zone, calendar } = workspace.policy;
  const testimony = new Testimony({ zone, calendar });
  const ids: string[] = [];
  const merges: Merge[] = [];
  simulate({
    ...simulation,
    // Asked once for each, those included whom an event brings to light.
    witness: (id) => {
      ids.push(id);
      return id === customer ? testimony : undefined;
    },
    print: (line) => {
      if (line.customer === customer) testimony.print(line);
    },
    merged: (merge) => merges.push(merge),
  });
  refuseUnknown('customer', customer, [...ids, ...merges.map(({ from }) => from)]);
  const { heard, standing } = testimony;
  const told = merges.some(({ from }) => from === customer) ? standing.filter(isOver) : standing;
  const notRun = new Map<string, readonly string[]>();
  const gaps = merges.flatMap((merge) => toldElsewhere(merge, customer));
  return { customer, workspace, journey, notRun, heard, standing: told, messages: [], pauses: [], gaps };
}

/** Whoever was merged goes on as somebody else. */
function isOver({ status }: Explanation['standing'][number]): boolean {
  return status === 'ended';
}

/** Until they were one, each is told by themselves. */
function toldElsewhere({ from, into }: Merge, customer: string): readonly string[] {
  if (customer === from) return [`it was merged into customer ${into}: what came after that is told of ${into}`];
  return customer === into ? [`customer ${from} was merged into it: what came before that is told of ${from}`] : [];
}
