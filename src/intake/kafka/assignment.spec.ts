import { Assignment, type OffsetStore, type StoredOffset } from './assignment.js';
import { Commits } from './commits.js';
import type { KafkaObserver } from './kafka-observer.js';
import type { Position, Watermarks } from './position.js';

/** The table, in memory: partition → next, of one topic. */
class Offsets implements OffsetStore {
  readonly next = new Map<number, bigint>();
  missed = 0n;

  open(_group: string, starts: readonly StoredOffset[]): Promise<readonly StoredOffset[]> {
    for (const { partition, next } of starts) if (!this.next.has(partition)) this.next.set(partition, next);
    return Promise.resolve(starts.map((start) => ({ ...start, next: this.next.get(start.partition) ?? -1n })));
  }

  jump({ partition, from, to }: Parameters<OffsetStore['jump']>[0], missed: bigint): Promise<boolean> {
    if (this.next.get(partition) !== from) return Promise.resolve(false);
    this.next.set(partition, to);
    this.missed += missed;
    return Promise.resolve(true);
  }
}

interface Told extends KafkaObserver {
  readonly lines: string[];
}

function observer(): Told {
  const lines: string[] = [];
  return {
    lines,
    decided: () => undefined,
    lag: (topic, partition, messages) => lines.push(`lag ${topic}/${String(partition)} ${String(messages)}`),
    missed: (topic, partition, messages) => lines.push(`missed ${topic}/${String(partition)} ${String(messages)}`),
    log: (level) => lines.push(level),
  };
}

function build(marks: Record<number, Watermarks>, partitions = Object.keys(marks).map(Number)) {
  const offsets = new Offsets();
  const told = observer();
  const watermarks = (): Promise<Map<number, Watermarks>> =>
    Promise.resolve(new Map(Object.entries(marks).map(([partition, mark]) => [Number(partition), mark])));
  const commits = new Commits();
  const lost = new Set<number>();
  const forgotten = (): Promise<Set<number>> => Promise.resolve(lost);
  const parts = { group: 'g', offsets, watermarks, forgotten, commits, observer: told };
  return { offsets, told, assignment: new Assignment(parts, { t: partitions }), marks, commits, lost };
}

function positionOf(assignment: Assignment, partition = 0): Position {
  const position = assignment.position('t', partition);
  if (position === undefined) throw new Error('not assigned');
  return position;
}

describe('an assignment', () => {
  it('opens a partition that was never read at its earliest message, and others where the table says', async () => {
    const { assignment, offsets, told } = build({ 0: { low: 3n, high: 9n }, 1: { low: 0n, high: 9n } });
    offsets.next.set(1, 7n);
    await assignment.open();
    expect(positionOf(assignment, 0)).toMatchObject({ next: 3n, state: 'opened' });
    expect(positionOf(assignment, 1)).toMatchObject({ next: 7n, state: 'opened' });
    expect(told.lines).toEqual(['lag t/0 6', 'lag t/1 2']);
    expect(assignment.position('t', 2)).toBeUndefined();
  });

  it('counts what retention deleted and moves the row past it', async () => {
    const { assignment, offsets, told } = build({ 0: { low: 12n, high: 20n } });
    offsets.next.set(0, 5n);
    await assignment.open();
    expect(positionOf(assignment).next).toBe(12n);
    expect([offsets.next.get(0), offsets.missed]).toEqual([12n, 7n]);
    expect(told.lines).toEqual(['missed t/0 7', 'error', 'lag t/0 8']);
  });

  it('starts over on a topic that was made anew, and says so', async () => {
    const { assignment, offsets, told } = build({ 0: { low: 0n, high: 2n } });
    offsets.next.set(0, 50n);
    await assignment.open();
    expect([positionOf(assignment).next, offsets.next.get(0), offsets.missed]).toEqual([0n, 0n, 0n]);
    expect(told.lines).toEqual(['warn', 'lag t/0 2']);
  });

  it('starts over when the broker lost the offset, though the partition has grown past it since', async () => {
    const { assignment, offsets } = build({ 0: { low: 0n, high: 90n } });
    offsets.next.set(0, 50n);
    await assignment.open();
    await assignment.realign(positionOf(assignment), false);
    expect(positionOf(assignment).next).toBe(50n);
    await assignment.realign(positionOf(assignment), true);
    expect(positionOf(assignment).next).toBe(0n);
  });

  it('starts over on a topic that has grown past the old offset, when Kafka has forgotten our commit with the old topic', async () => {
    const { assignment, offsets, commits, lost } = build({ 0: { low: 0n, high: 90n }, 1: { low: 0n, high: 90n } });
    for (const partition of [0, 1]) {
      offsets.next.set(partition, 50n);
      commits.add('t', partition);
    }
    lost.add(1);
    await assignment.open();
    expect([positionOf(assignment, 0).next, positionOf(assignment, 1).next]).toEqual([50n, 0n]);
    expect([...commits.of('t')]).toEqual([0]);
  });

  it('is not misled by events that come, and are decided elsewhere, while it opens', async () => {
    const { assignment, offsets, marks, told } = build({ 0: { low: 0n, high: 3n } });
    offsets.next.set(0, 3n);
    const open = offsets.open.bind(offsets);
    offsets.open = (group, starts) => {
      marks[0] = { low: 0n, high: 8n };
      offsets.next.set(0, 8n);
      return open(group, starts);
    };
    await assignment.open();
    expect(positionOf(assignment).next).toBe(8n);
    expect(told.lines).toEqual(['lag t/0 0']);
  });

  it('goes by the table where another consumer has moved the row meanwhile', async () => {
    const { assignment, offsets, marks } = build({ 0: { low: 0n, high: 20n } });
    await assignment.open();
    offsets.next.set(0, 15n);
    marks[0] = { low: 12n, high: 20n };
    await assignment.realign(positionOf(assignment), false);
    expect([positionOf(assignment).next, offsets.next.get(0), offsets.missed]).toEqual([15n, 15n, 0n]);
  });

  it('makes a row again that was deleted', async () => {
    const { assignment, offsets } = build({ 0: { low: 2n, high: 20n } });
    await assignment.open();
    offsets.next.clear();
    await assignment.reread(positionOf(assignment));
    expect([positionOf(assignment).next, offsets.next.get(0)]).toEqual([2n, 2n]);
  });

  it('cannot be opened while the broker does not tell the offsets of a partition', async () => {
    const { assignment } = build({ 0: { low: 0n, high: 1n } }, [0, 1]);
    await expect(assignment.open()).rejects.toThrow('the broker does not tell the offsets of t/1');
  });
});
