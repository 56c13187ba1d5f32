import fc from 'fast-check';
import { told, trying, workspaceOf, worlds } from '../../../test/given/random-world.js';
import { reopened } from '../../../test/given/reopened.js';

/** Which messages a fallback may still have is the outbox's to keep, and no part of an enrolment. */
const channelResults = {};

describe('whatever the journeys, the rules and the events', () => {
  it('a run that is cut in two anywhere, and goes on from JSON, gives the same lines', () => {
    let cuts = 0;
    fc.assert(
      fc.property(worlds, fc.nat(400), (world, place) => {
        const workspace = workspaceOf(world);
        const isCut = (decision: number): boolean => decision === place && (cuts += 1) > 0;
        const cut = reopened(workspace, isCut, () => told(world, { workspace, channelResults }));
        expect(cut).toEqual(told(world, { workspace, channelResults }));
      }),
      trying(25),
    );
    expect(cuts).toBeGreaterThan(5);
  }, 300_000);

  it('so does one that remembers nothing but JSON from one decision to the next', () => {
    fc.assert(
      fc.property(worlds, fc.integer({ min: 1, max: 3 }), (world, step) => {
        const workspace = workspaceOf(world);
        const cut = reopened(
          workspace,
          (decision) => decision % step === 0,
          () => told(world, { workspace, channelResults }),
        );
        expect(cut).toEqual(told(world, { workspace, channelResults }));
      }),
      trying(25),
    );
  }, 300_000);
});
