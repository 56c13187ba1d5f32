import { isJsonObject } from '../../json.js';
import type { EmitStep } from '../step.js';
import type { Run } from '../run.js';

/** An event goes out, and comes back in right after this decision. Without a subject there is none. */
export function emit(run: Run, step: EmitStep): void {
  const { customer, journey, key } = run.enrolment;
  const named = step.subject === undefined ? customer : step.subject.evaluate(run.scope());
  if (named === undefined || named === null || named === '') return;
  const subject = typeof named === 'string' ? named : JSON.stringify(named);
  const evaluated = step.data.evaluate(run.scope());
  const data = isJsonObject(evaluated) ? evaluated : {};
  const id = [journey, key ?? '', step.id, run.because].join('/');
  run.do({ kind: 'emitted', id, source: `/journeys/${journey}`, type: step.type, subject, data });
  run.say({ kind: 'emitted', type: step.type, data, to_customer: subject === customer ? undefined : subject }, step.id);
}
