import fc from 'fast-check';
import { told, trying, worlds, type World } from '../../../test/given/random-world.js';
import type { Line } from '../../../test/given/simulation.js';

/** Where one journey stands with one customer and key, as far as the lines tell. */
interface Standing {
  isInside: boolean;
  entries: number;
  goals: number;
  /** Steps whose message may still fall back after the enrolment has completed. */
  sending: Set<string>;
}

const ofMessages = ['failed', 'sent', 'deferred', 'suppressed'];
/** Not of an enrolment: nobody came in, or time has taken credit that it gave. */
const ofNobody = ['credit_expired'];

/** Every line that its enrolment may not have. */
function wrongIn(lines: readonly Line[]): readonly string[] {
  const all = new Map<string, Standing>();
  return lines
    .filter((line) => !ofNobody.includes(line.kind) && !fits(line, standingOf(line, all)))
    .map((line) => JSON.stringify(line));
}

function standingOf({ customer, journey, key }: Line, all: Map<string, Standing>): Standing {
  const name = [customer, journey, key].join('/');
  const standing = all.get(name) ?? { isInside: false, entries: 0, goals: 0, sending: new Set() };
  all.set(name, standing);
  return standing;
}

function fits(line: Line, standing: Standing): boolean {
  switch (line.kind) {
    case 'entered':
      return enters(standing);
    case 'exited':
      return exits(line, standing);
    case 'goal':
      return (standing.goals += 1) <= standing.entries;
    case 'not_entered':
      if (line['reason'] === 'holdout') standing.entries += 1;
      return line['reason'] !== 'already_active' || standing.isInside;
    default:
      return isOwn(line, standing);
  }
}

function enters(standing: Standing): boolean {
  const wasInside = standing.isInside;
  standing.isInside = true;
  standing.entries += 1;
  standing.sending.clear();
  return !wasInside;
}

function exits({ reason }: Line, standing: Standing): boolean {
  const wasInside = standing.isInside;
  standing.isInside = false;
  // An exit rule, a goal and a restart take back what is on its way.
  if (['exit_rule', 'goal', 'restarted'].includes(String(reason))) standing.sending.clear();
  return wasInside;
}

function isOwn({ kind, step }: Line, { isInside, sending }: Standing): boolean {
  if (isInside && kind === 'sent') sending.add(String(step));
  return isInside || (ofMessages.includes(kind) && sending.has(String(step)));
}

/** Enrolments that an event without a condition should have ended, and that went on. */
function stayed({ journeys, events }: World, lines: readonly Line[]): readonly string[] {
  return journeys
    .filter(({ exitsCancelled }) => exitsCancelled)
    .flatMap(({ name, isTied }) =>
      events
        .filter(({ type }) => type === 'repair.cancelled')
        .flatMap(({ customer, arrival, data }) => {
          const own = lines.filter(
            ({ journey, customer: who, key }) =>
              journey === name && who === customer && (!isTied || key === data['repair_id']),
          );
          const before = own
            .filter(({ at }) => Date.parse(at) < arrival)
            .findLast(({ kind }) => /^(entered|exited)$/.test(kind));
          const then = own.filter(({ at, kind }) => Date.parse(at) === arrival && kind === 'exited');
          return before?.kind !== 'entered' || then.length > 0
            ? []
            : [`${name} keeps ${customer} at ${new Date(arrival).toISOString()}`];
        }),
    );
}

describe('whatever the journeys, the rules and the events', () => {
  it('an enrolment enters once, exits once at most, and then has nothing of its own but a goal', () => {
    let exited = 0;
    fc.assert(
      fc.property(worlds, (world) => {
        const { lines } = told(world);
        expect(wrongIn(lines)).toEqual([]);
        expect(stayed(world, lines)).toEqual([]);
        exited += lines.filter(({ kind }) => kind === 'exited').length;
      }),
      trying(50),
    );
    expect(exited).toBeGreaterThan(100);
  }, 300_000);
});
