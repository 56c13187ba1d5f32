import type { JsonObject } from '../json.js';
import type { Instant } from '../time/instant.js';

/** One start that a clock sets off: its instant, and what becomes `trigger`. */
export interface Due {
  readonly at: Instant;
  readonly data: JsonObject;
}
