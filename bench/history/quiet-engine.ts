import type { EngineObserver } from '../../src/engine/engine-observer.js';

/** Says nothing, except what may not happen. */
export const quietEngine: EngineObserver = {
  events: () => undefined,
  decided: () => undefined,
  queued: () => undefined,
  cameBack: () => undefined,
  pausedItself: () => undefined,
  changing: () => undefined,
  timerLag: () => undefined,
  cut: ({ id }) => {
    throw new Error(`the chain that led to ${id} is too long`);
  },
  poisoned: (_, error) => {
    throw error;
  },
  trouble: (_, error) => {
    throw error;
  },
};
