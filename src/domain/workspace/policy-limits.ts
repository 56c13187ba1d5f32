import type { Context, JourneyParts } from '../journey/load/context.js';
import { readLimit } from '../journey/load/limits.js';
import type { Flow } from '../journey/load/flow.js';
import { loadTemplates } from '../message/templates.js';
import type { ReadLimit } from '../policy/not-after.js';

/** Moments in `policy.yaml` are read as a journey's are; there only the customer and the time are known. */
export function policyLimits(known: Pick<JourneyParts, 'catalogue' | 'occasions' | 'audiences' | 'scores'>): ReadLimit {
  const parts: JourneyParts = { ...known, policy: undefined, templates: loadTemplates(new Map()).templates };
  const flow: Flow = {
    names: {
      customer: { kind: known.catalogue.customer, optional: false },
      now: { kind: { kind: 'time' }, optional: false },
    },
    known: new Set(),
  };
  return (node, problems) => {
    const found: Omit<Context, 'parts' | 'problems'> = {
      calls: [],
      uses: [],
      listensTo: new Set(),
      startedByOccasions: new Map(),
    };
    return readLimit(node, flow, { parts, problems, ...found });
  };
}
