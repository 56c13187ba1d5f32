import { findOpenBracket } from './brackets.js';
import { findMissingColon } from './colons.js';
import { findWrongIndentation } from './indentation.js';
import { findEarlyEnd, findOpenQuote } from './quotes.js';
import type { Fault, FindSlip, Slip } from './slip.js';
import { findUnquotedValue } from './values.js';

/** What is looked for before an expression is told to want quotes, and what after that, each in this order. */
const surely: readonly FindSlip[] = [findOpenQuote, findMissingColon, findWrongIndentation, findOpenBracket];
const perhaps: readonly FindSlip[] = [findEarlyEnd, findUnquotedValue];

/** The slip that makes YAML stumble there, and not in an expression. */
export function findSlip(fault: Fault, text: string): Slip | undefined {
  return first(surely, fault, text);
}

/** The same where no expression is meant. */
export function findSlipInValue(fault: Fault, text: string): Slip | undefined {
  return first(perhaps, fault, text);
}

function first(finders: readonly FindSlip[], fault: Fault, text: string): Slip | undefined {
  for (const find of finders) {
    const slip = find(fault, text);
    if (slip !== undefined) return slip;
  }
  return undefined;
}
