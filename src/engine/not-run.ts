import { needsOf } from '../domain/journey/needs.js';
import type { Workspace } from '../domain/workspace.js';

/** Journeys that start nobody here, each with what it needs that is not done yet. Whoever is inside from before goes on. */
export function notRun({ journeys, policy, templates, audiences }: Workspace): ReadonlyMap<string, readonly string[]> {
  const needs = journeys.map((journey) => {
    return [journey.name, needsOf(journey, policy, templates, audiences)] as const;
  });
  return new Map(needs.filter(([, missing]) => missing.length > 0));
}

/** For a person, a sentence. */
export function printNotRun(journey: string, missing: readonly string[]): string {
  return `journey ${journey} starts nobody here: it needs ${missing.join(', ')}, which serving does not do yet`;
}
