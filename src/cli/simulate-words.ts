import type { Language } from '../language/language.js';

/** How many events had no part in a simulation, and why. */
export interface Idle {
  readonly events: number;
  readonly late: number;
  readonly early: number;
}

/** What `peyk simulate` says beside the story. */
export interface SimulateWords {
  readonly warning: string;
  nothing(idle: Idle): string;
  leftOut(lines: number, file: string): string;
}

const english: SimulateWords = {
  warning: 'warning',
  nothing: ({ events, late, early }) => {
    const between = events - late - early;
    const reasons = [
      ...(events === 0 ? ['there is no event to run'] : []),
      ...(late > 0 ? [`${lying(late)} after --until`] : []),
      ...(early > 0 ? [`${lying(early)} before --from`] : []),
      ...(between > 0 ? [`${String(between)} ${between === 1 ? 'event starts' : 'events start'} no journey`] : []),
    ];
    return `nothing happened: ${reasons.join(', ')}`;
  },
  leftOut: (lines, file) =>
    `${String(lines)} ${lines === 1 ? 'line' : 'lines'} of ${file} ${lines === 1 ? 'was' : 'were'} left out, as told above`,
};

function lying(events: number): string {
  return events === 1 ? '1 event lies' : `${String(events)} events lie`;
}

const persian: SimulateWords = {
  warning: 'هشدار',
  nothing: ({ events, late, early }) => {
    const between = events - late - early;
    const reasons = [
      ...(events === 0 ? ['رویدادی برای اجرا نیست'] : []),
      ...(late > 0 ? [`${number(late)} رویداد پس از ‎--until‎ است`] : []),
      ...(early > 0 ? [`${number(early)} رویداد پیش از ‎--from‎ است`] : []),
      ...(between > 0 ? [`${number(between)} رویداد سفری را آغاز نمی‌کند`] : []),
    ];
    return `هیچ رخ نداد: ${reasons.join('، ')}`;
  },
  leftOut: (lines, file) => `${number(lines)} سطر از ${file} کنار گذاشته شد، چنان که در بالا آمد`,
};

function number(count: number): string {
  return count.toLocaleString('fa');
}

export const simulateWords: Readonly<Record<Language, SimulateWords>> = { en: english, fa: persian };
