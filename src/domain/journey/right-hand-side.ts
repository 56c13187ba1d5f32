import type { Scope } from '../expression/scope.js';
import type { Json } from '../json.js';
import type { Instant } from '../time/instant.js';

/** A right-hand side: text with Handlebars in it, or `=expression`. Unknown is undefined. */
export interface TextOrExpression {
  evaluate(scope: Scope): Json | undefined;
}

/** A duration from when it is reached, or a moment: undefined where the moment is unknown. */
export interface Limit {
  until(scope: Scope, from: Instant): Instant | undefined;
}

/** Money in rials, not yet rounded; undefined where it is unknown. */
export interface Amount {
  of(scope: Scope): number | undefined;
}

/** JSON whose leaves are texts or expressions, such as the `data` of an `emit`; what is unknown is left out. */
export interface Template {
  evaluate(scope: Scope): Json;
}
