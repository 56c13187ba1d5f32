import fc from 'fast-check';
import { told, trying, worlds, type World } from '../../../test/given/random-world.js';
import type { GivenPurpose } from '../../../test/given/random-policy.js';
import type { Line } from '../../../test/given/simulation.js';
import { Truth } from '../../../test/given/truth.js';

/** What lines of each kind said, so that no world is a dull one. */
const seen = new Map<string, number>();

function note({ kind, reason, template }: Line): void {
  const detail = ['deferred', 'suppressed', 'not_entered'].includes(kind) ? String(reason) : '';
  const name = kind === 'sent' ? `sent ${String(template).replace(/-.$/, '')}` : `${kind} ${detail}`.trim();
  seen.set(name, (seen.get(name) ?? 0) + 1);
}

/** Every line that may not be; `judged` is the world by whose rules. */
function wrongIn(world: World, judged = world): readonly string[] {
  const { lines } = told(world);
  if (judged === world) lines.forEach(note);
  return judged.customers.flatMap((customer) => {
    const truth = new Truth(judged, customer);
    for (const line of lines) if (line.customer === customer.id) truth.read(line);
    return truth.wrong;
  });
}

describe('whatever the journeys, the rules and the events', () => {
  it('no message leaves without consent, at a forbidden hour, above a cap, too late or to the excepted', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        expect(wrongIn(world)).toEqual([]);
      }),
      trying(60),
    );
    expect([...seen.keys()].sort()).toEqual(
      expect.arrayContaining([
        ...['plain', 'quiet', 'market', 'survey'].map((purpose) => `sent ${purpose}`),
        ...['blackout', 'quiet_hours', 'capped'].map((reason) => `deferred ${reason}`),
        ...['excepted', 'opted_out', 'no_consent', 'no_address', 'sample', 'too_late', 'capped'].map(
          (reason) => `suppressed ${reason}`,
        ),
        ...['asked', 'answered', 'failed', 'granted', 'taken_back', 'credit_expired', 'webhook', 'task', 'goal'],
      ]),
    );
  }, 300_000);

  it('and whoever judges them would notice', () => {
    const stricter: readonly Partial<GivenPurpose>[] = [
      { consent: 'required' },
      { quiet: [0, 23] },
      { isBlackedOut: true },
      { caps: [{ messages: 1, amount: 9, unit: 'day' }] },
      { notAfter: 0 },
      { exceptsTroubled: true },
      { sample: 0.01 },
    ];
    const worldsSeen = fc.sample(worlds, { numRuns: 40, seed: 1405 });
    const noticed = stricter.map((rule) =>
      worldsSeen.some(
        (world) =>
          wrongIn(world, { ...world, purposes: world.purposes.map((one) => ({ ...one, ...rule })) }).length > 0,
      ),
    );
    expect(noticed).toEqual(stricter.map(() => true));
  }, 300_000);
});
