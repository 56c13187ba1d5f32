import { consentFor } from '../../../policy/consent.js';
import type { Policy, Purpose } from '../../../policy/policy.js';
import type { Node } from '../../../yaml/node.js';
import type { StepContext } from '../context.js';

/** A message that is let through where the journey's own purpose would hold it back may be a slip. */
export function warnOfLooser(
  purpose: string,
  node: Node | undefined,
  { purpose: own, parts: { policy }, problems }: StepContext,
): void {
  if (node === undefined || policy === undefined || purpose === own) return;
  const [given, journeys] = [policy.purposes.get(purpose), policy.purposes.get(own)];
  if (given === undefined || journeys === undefined) return;
  const held = guards(given, policy);
  const missing = guards(journeys, policy).filter((guard) => !held.includes(guard));
  if (missing.length === 0) return;
  problems.warning(
    node.at,
    `"${purpose}" is looser than "${own}", the journey's purpose: it goes without ${missing.join(', ')}`,
  );
}

function guards(purpose: Purpose, policy: Policy): readonly string[] {
  const { quietHours, caps, blackout, except } = purpose;
  return Object.entries({
    consent: consentFor(purpose.name, policy.purposes).required,
    quiet_hours: quietHours !== undefined,
    caps: caps.length > 0,
    blackout: blackout.length > 0,
    except: except.length > 0,
  }).flatMap(([name, isThere]) => (isThere ? [name] : []));
}
