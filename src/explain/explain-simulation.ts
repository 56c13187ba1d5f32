import { simulate, type Simulation } from '../simulate/simulator.js';
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
  });
  refuseUnknown('customer', customer, ids);
  const { heard, standing } = testimony;
  const notRun = new Map<string, readonly string[]>();
  return { customer, workspace, journey, notRun, heard, standing, messages: [], pauses: [], gaps: [] };
}
