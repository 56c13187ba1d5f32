import type { Instant } from './instant.js';

/**
 * A zone's offsets from UTC, in milliseconds. Intl is asked once for a stretch of time; after that an offset costs a look-up.
 * Throws RangeError for a name that is no zone.
 */
export class ZoneOffsets {
  private readonly format: Intl.DateTimeFormat;
  private readonly stretches = new Map<number, readonly Stretch[]>();
  private current: Stretch = { from: 0, to: 0, offset: 0 };
  /** Windows look from one stretch back into another, and again. */
  private former: Stretch = this.current;

  constructor(zone: string) {
    if (!/^[A-Za-z]/.test(zone)) throw new RangeError(`"${zone}" is no time zone`);
    this.format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  }

  at(instant: Instant): number {
    const { current } = this;
    if (instant >= current.from && instant < current.to) return current.offset;
    const { former } = this;
    this.former = current;
    this.current = instant >= former.from && instant < former.to ? former : this.find(instant);
    return this.current.offset;
  }

  private find(instant: Instant): Stretch {
    const block = Math.floor(instant / blockLength);
    const stretches = this.stretches.get(block) ?? this.remember(block);
    const found = stretches.find(({ to }) => instant < to);
    if (found === undefined) throw new RangeError(`${String(instant)} is no instant`);
    return found;
  }

  private remember(block: number): readonly Stretch[] {
    if (this.stretches.size >= blocksKept) this.stretches.clear();
    const stretches = this.read(block * blockLength, (block + 1) * blockLength);
    this.stretches.set(block, stretches);
    return stretches;
  }

  /** Steps through a block by weeks, and where the offset has changed halves the week down to the millisecond. */
  private read(start: Instant, end: Instant): readonly Stretch[] {
    const stretches: Stretch[] = [];
    let [from, offset] = [start, this.ask(start)];
    for (let step = start; step < end; step += week) {
      const next = Math.min(step + week, end);
      if (this.ask(next) === offset) continue;
      const change = this.changeBetween(step, next, offset);
      if (change === end) break;
      stretches.push({ from, to: change, offset });
      [from, offset] = [change, this.ask(next)];
    }
    return [...stretches, { from, to: end, offset }];
  }

  private changeBetween(before: Instant, after: Instant, offset: number): Instant {
    let [low, high] = [before, after];
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (this.ask(middle) === offset) low = middle;
      else high = middle;
    }
    return high;
  }

  private ask(instant: Instant): number {
    const [, sign, hours, minutes, seconds] = printedOffset.exec(this.format.format(instant)) ?? [];
    if (hours === undefined) return 0;
    const size = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds ?? 0);
    return (sign === '-' ? -size : size) * 1_000;
  }
}

interface Stretch {
  readonly from: Instant;
  readonly to: Instant;
  readonly offset: number;
}

const printedOffset = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)$/;
const day = 86_400_000;
// No zone has ever changed its clock twice within a week.
const week = 7 * day;
const blockLength = 400 * day;
const blocksKept = 200;
