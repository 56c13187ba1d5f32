import type { JsonObject } from '../../json.js';
import type { SetStep } from '../step.js';
import type { Run } from '../run.js';

/** Attributes of the customer; what is unknown removes. */
export function set(run: Run, step: SetStep): void {
  const values: JsonObject = {};
  for (const [name, value] of Object.entries(step.values)) values[name] = value.evaluate(run.scope()) ?? null;
  run.do({ kind: 'change', patch: values });
  run.say({ kind: 'set', values }, step.id);
}
