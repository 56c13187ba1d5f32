import type { Trace } from '../domain/journey/decision.js';
import { mostEmits } from '../domain/journey/sitting.js';
import type { EngineObserver } from '../engine/engine-observer.js';
import type { Logger } from './log.js';
import type { Metrics } from './metrics.js';

/** Counts and logs what the engine does. */
export function engineMetrics(metrics: Metrics, log: Logger): EngineObserver {
  return {
    events: (source, result, number) => {
      // What came by HTTP is counted where it is answered.
      if (source !== 'http') metrics.events(source, result, number);
      if (result === 'dead') metrics.deadLetters(source, number);
    },
    decided: (trace) => {
      countDecisions(metrics, trace);
    },
    queued: (channel, purpose) => {
      metrics.messages(channel, purpose, 'queued');
    },
    cameBack: (channel, purpose, status) => {
      metrics.messages(channel, purpose, status);
    },
    timerLag: (milliseconds) => {
      metrics.timerLag(milliseconds / 1000);
    },
    poisoned: (what, error) => {
      log.error({ ...what, err: error }, 'could not be decided and was put aside');
    },
    cut: ({ id, type, subject }) => {
      const what = { event: `${type} ${id}`, customer: subject };
      log.warn(what, `a chain of more than ${String(mostEmits)} emits is cut, and this event is not decided`);
    },
    pausedItself: (journey, reason) => {
      const remedy = `npx peyk resume --journey ${journey}`;
      log.warn(
        { journey, remedy },
        `journey ${journey} has paused itself, ${reason}: nobody starts and nothing of it is sent`,
      );
    },
    changing: (journey, how, people) => {
      const steps = Object.fromEntries(people.map(({ step, people: count }) => [step ?? 'none', count]));
      log.info(
        { journey, on_change: how, people: steps },
        `people inside journey ${journey} are on another version of its file`,
      );
    },
    trouble: (where, error) => {
      log.error({ where, err: error }, 'will be tried again');
    },
  };
}

function countDecisions(metrics: Metrics, trace: readonly Trace[]): void {
  const counts = new Map<string, Map<string, number>>();
  for (const { journey, kind } of trace) {
    const kinds = counts.get(journey) ?? new Map<string, number>();
    counts.set(journey, kinds.set(kind, (kinds.get(kind) ?? 0) + 1));
  }
  for (const [journey, kinds] of counts) for (const [kind, count] of kinds) metrics.decisions(journey, kind, count);
}
