import { workspaceOf } from '../../../test/given/simulation.js';
import type { Enrolment } from './enrolment.js';
import { JourneySet } from './journey-set.js';
import type { Journey } from './journey.js';

const journeyOf = (steps: string): Journey => {
  const [journey] = workspaceOf({ journey: `trigger: { event: visit }\nsteps: [ ${steps} ]` }).journeys;
  if (journey === undefined) throw new Error('there is no journey');
  return journey;
};
const [now, before] = [journeyOf('send: hello'), journeyOf('send: bye')];
const on = ({ name, version }: Pick<Journey, 'name' | 'version'>) => ({ journey: name, version }) as Enrolment;

describe('a set of journeys', () => {
  it('has people finish on the version on which they entered', () => {
    const set = new JourneySet([now], [before]);
    expect(set.of(on(now)).first).toEqual({ kind: 'step', id: 'send-hello' });
    expect(set.of(on(before)).first).toEqual({ kind: 'step', id: 'send-bye' });
  });

  it('starts and names the version in force only', () => {
    const set = new JourneySet([now], [before]);
    expect(set.named('test')?.version).toBe(now.version);
    expect(set.startedBy('visit').map(({ version }) => version)).toEqual([now.version]);
    expect(set.startedBy('purchase')).toEqual([]);
  });

  it('lets nobody start a journey that is closed, and those inside go on', () => {
    const set = new JourneySet([now], [before], new Set(['test']));
    expect(set.startedBy('visit')).toEqual([]);
    expect(set.of(on(now))).toBe(now);
  });

  it('says which version is missing', () => {
    expect(() => new JourneySet([now]).of(on(before))).toThrow(before.version);
  });
});
