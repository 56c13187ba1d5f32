import { minutesOfDay, type Hours } from './hours.js';
import type { Clock, Instant } from './instant.js';
import { localDay, spanOf, type Span } from './span.js';
import { weekdayOfDay } from './week.js';
import { instantOn, midnight, type TimeOfDay, type Weekday } from './zone.js';

/** Hours on some days of the week (at least one). Where the end is not later than the start it is the next day's. */
export interface Window extends Hours {
  /** On which it opens. */
  readonly days: ReadonlySet<Weekday>;
}

type Zoned = Pick<Clock, 'zone'>;

export function openAt(instant: Instant, window: Window, clock: Zoned): boolean {
  return endOf(instant, window, clock) !== undefined;
}

/** Where the window that contains the instant ends; undefined where none does. */
export function endOf(instant: Instant, window: Window, { zone }: Zoned): Instant | undefined {
  const spans = spansAround(localDay(instant, zone), window, zone);
  let end: Instant | undefined;
  for (const { from, to } of spans) if (from <= instant && instant < to) end = to;
  return end;
}

/** The windows of that day and of those beside it: instants that are asked about one after the other are of few days. */
function spansAround(today: number, window: Window, zone: string): readonly Span[] {
  if (last.today !== today || last.window !== window || last.zone !== zone)
    last = { today, window, zone, spans: rememberedSpans(today, window, zone) };
  return last.spans;
}

let last: { today: number; window?: Window; zone: string; spans: readonly Span[] } = { today: 0, zone: '', spans: [] };

function rememberedSpans(today: number, window: Window, zone: string): readonly Span[] {
  let around = known.get(window);
  if (around?.zone !== zone || around.ofDay.size > daysKept) known.set(window, (around = { zone, ofDay: new Map() }));
  let spans = around.ofDay.get(today);
  if (spans === undefined) {
    spans = [today - 1, today, today + 1].flatMap((day) => windowOn(day, window, zone));
    around.ofDay.set(today, spans);
  }
  return spans;
}

const daysKept = 400;
const known = new WeakMap<Window, { readonly zone: string; readonly ofDay: Map<number, readonly Span[]> }>();

/** The first start of a window after the instant; undefined where none comes within the next day. */
export function nextStart(instant: Instant, window: Window, { zone }: Zoned): Instant | undefined {
  const spans = spansAround(localDay(instant, zone), window, zone);
  return spans.find(({ from }) => from > instant)?.from;
}

/** The instant itself if the window is open then, else its next start. */
export function nextOpening(instant: Instant, window: Window, clock: Zoned): Instant {
  if (openAt(instant, window, clock)) return instant;
  const today = localDay(instant, clock.zone);
  // A second week, as a clock change can swallow a window.
  for (let day = today - 1; day <= today + 15; day++) {
    const [span] = windowOn(day, window, clock.zone);
    if (span !== undefined && span.from > instant) return span.from;
  }
  return instant;
}

function windowOn(day: number, { days, from, to }: Window, zone: string): readonly Span[] {
  if (!days.has(weekdayOfDay(day))) return [];
  const span = spanOf(day, { from, to: to > from ? to : to + minutesOfDay }, zone);
  return span.from < span.to ? [span] : [];
}

/** The first instant, not before this one, at which a day's clock shows that time. */
export function nextTimeOfDay(instant: Instant, time: TimeOfDay, { zone }: Zoned): Instant {
  const today = localDay(instant, zone);
  for (let day = today - 1; day <= today + 1; day += 1) {
    const at = instantOn(day, time, zone);
    if (at >= instant) return at;
  }
  return instantOn(today + 2, time, zone);
}

/** That time on the day of the instant. */
export function atTime(instant: Instant, time: TimeOfDay, { zone }: Zoned): Instant {
  return instantOn(localDay(instant, zone), time, zone);
}

/** The first one after the instant. */
export function nextMidnight(instant: Instant, { zone }: Zoned): Instant {
  const tomorrow = localDay(instant, zone) + 1;
  const first = instantOn(tomorrow, midnight, zone);
  return first > instant ? first : instantOn(tomorrow + 1, midnight, zone);
}
