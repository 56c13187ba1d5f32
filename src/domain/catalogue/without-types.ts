import { mistaken } from '../expression/kind.js';
import type { Catalogue } from './catalogue.js';

/** A catalogue whose `events.yaml` could not be had, and the types that were asked for in vain. */
export interface WithoutTypes {
  readonly catalogue: Catalogue;
  readonly missed: ReadonlySet<string>;
}

/** Takes every type for one that the file would have: what is wrong with it is told once, not wherever a type is named. */
export function withoutTypes(catalogue: Catalogue): WithoutTypes {
  const missed = new Set<string>();
  const knows = (type: string): boolean => catalogue.eventKind(type) !== undefined;
  return {
    missed,
    catalogue: {
      ...catalogue,
      eventKind: (type) => {
        if (knows(type)) return catalogue.eventKind(type);
        if (type !== '') missed.add(type);
        return mistaken;
      },
      hasField: (type, path) => !knows(type) || catalogue.hasField(type, path),
      whyRefused: (type) => (knows(type) ? catalogue.whyRefused(type) : undefined),
      validate: (type, data) => (knows(type) ? catalogue.validate(type, data) : []),
    },
  };
}
