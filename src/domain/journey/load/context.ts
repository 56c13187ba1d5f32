import type { Audience, Score } from '../../audience/audience.js';
import type { Catalogue } from '../../catalogue/catalogue.js';
import type { HistoryCall, Uses } from '../../expression/expression.js';
import type { CheckedTemplates } from '../../message/templates.js';
import type { Occasions, OccasionShift } from '../../occasions/occasions.js';
import type { Policy } from '../../policy/policy.js';
import type { Duration } from '../../time/duration.js';
import type { Node } from '../../yaml/node.js';
import type { Problems } from '../../yaml/problems.js';
import type { Next, Step } from '../step.js';
import type { Flow, Way } from './flow.js';
import type { StepIds } from './ids.js';

/** What journeys are checked against; `policy` is missing where it could not be read. */
export interface JourneyParts {
  readonly policy: Policy | undefined;
  readonly catalogue: Catalogue;
  readonly templates: CheckedTemplates;
  readonly occasions: Occasions;
  readonly audiences: ReadonlyMap<string, Audience>;
  readonly scores: ReadonlyMap<string, Score>;
  /** It was well when it was kept: what is judged otherwise since is told, and goes. */
  readonly kept?: boolean | undefined;
}

/** What every part of one journey's file is read with. */
export interface Context {
  readonly parts: JourneyParts;
  readonly problems: Problems;
  /** Calls over history that are found on the way. */
  readonly calls: HistoryCall[];
  /** What else expressions ask for. */
  readonly uses: Uses[];
  /** Event types that are found on the way: what exits, goals and waits listen to. */
  readonly listensTo: Set<string>;
  /** Occasions that start this journey, and how far from their days: elsewhere their names mean that occurrence. */
  readonly startedByOccasions: Map<string, readonly OccasionShift[]>;
}

/** The same below `trigger` and `about`, where the steps are read. */
export interface StepContext extends Context {
  readonly ids: StepIds;
  /** The journey's purpose; a step may have its own. */
  readonly purpose: string;
  /** The path of an `about` that ties events. */
  readonly tie: readonly string[] | undefined;
  /** What names of `save_as` may hold, over the whole journey. */
  readonly saved: Map<string, Flow['names'][string]>;
  /** Names under which a grant or a task is saved somewhere: what can be taken back. */
  readonly takeable: ReadonlySet<string>;
  /** The templates that are sent. */
  readonly sent: Set<string>;
  /** How long a step waits at most, by its id, where the file says so. */
  readonly lengths: Map<string, Duration>;
  readBlock(node: Node, flow: Flow): Block;
}

/** Steps that were read but do not know yet what comes after them. */
export interface Block extends Way {
  /** Gives them their successor, hands them over, and tells where the block begins. */
  link(next: Next, add: (step: Step) => void): Next;
}
