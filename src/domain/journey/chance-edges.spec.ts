import { KeptCustomer } from '../../../test/given/desk.js';
import { policy } from '../../../test/given/policy.js';
import { workspaceOf } from '../../../test/given/simulation.js';
import type { Workspace } from '../workspace.js';
import { chance } from './chance.js';
import type { Journey } from './journey.js';
import type { Step } from './step.js';

/** The next number that a share can be. */
const above = (share: number): number => share + 2 ** -53;

/** What is told of c1, whose first event is e1. */
function told(workspace: Workspace): readonly string[] {
  const customer = new KeptCustomer(workspace);
  customer.take({ type: 'visit', at: 0 });
  return customer.trace.map((line) => {
    const branch = 'branch' in line ? String(line.branch) : '';
    return [line.kind, 'reason' in line ? line.reason : branch].filter((part) => part !== '').join(' ');
  });
}

function withJourney(text: string, change: (journey: Journey) => Partial<Journey>): Workspace {
  const workspace = workspaceOf({ journey: `trigger: { event: visit }\n${text}` });
  return { ...workspace, journeys: workspace.journeys.map((journey) => ({ ...journey, ...change(journey) })) };
}

describe('a share that is drawn to the last bit', () => {
  it('of a sample is sent below it alone', () => {
    const drawn = chance('survey/sample/c1/e1');
    const sampled = (sample: number): readonly string[] => {
      const files = policy('  survey: { consent: not_needed, sample: 33% }');
      const workspace = workspaceOf({
        journey: 'purpose: survey\ntrigger: { event: visit }\nsteps: [ send: hello ]',
        files,
      });
      const purposes = [...workspace.policy.purposes].map(
        ([name, purpose]) => [name, name === 'survey' ? { ...purpose, sample } : purpose] as const,
      );
      return told({ ...workspace, policy: { ...workspace.policy, purposes: new Map(purposes) } }).slice(1, 2);
    };
    expect(sampled(drawn)).toEqual(['suppressed sample']);
    expect(sampled(above(drawn))).toEqual(['sent']);
  });

  it('of a control group is held out below it alone', () => {
    const drawn = chance('test/holdout/c1');
    const heldOut = (holdout: number) => told(withJourney('steps: [ stop: on ]', () => ({ holdout })))[0];
    expect(heldOut(drawn)).toBe('entered');
    expect(heldOut(above(drawn))).toBe('not_entered holdout');
  });

  it('of a split takes the first arm whose cumulated weight is above it', () => {
    const drawn = chance('test/halves/c1');
    const text = `steps: [ { split: [ { name: a, weight: 20% }, { name: b, weight: 30% } ], id: halves } ]`;
    const taken = (...weights: readonly number[]) => {
      const weighted = (step: Step): Step =>
        step.kind === 'split'
          ? { ...step, arms: step.arms.map((arm, place) => ({ ...arm, upTo: weights[place] ?? 0 })) }
          : step;
      const workspace = withJourney(text, ({ steps }) => ({
        steps: new Map([...steps].map(([id, step]) => [id, weighted(step)] as const)),
      }));
      return told(workspace)[1];
    };
    expect(taken(above(drawn), 1)).toBe('split a');
    expect(taken(drawn, above(drawn))).toBe('split b');
    expect(taken(drawn, drawn)).toBe('split none');
  });
});
