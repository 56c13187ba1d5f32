import type { Trace } from '../domain/journey/decision.js';
import type { Json } from '../domain/json.js';
import { printInstant } from '../domain/time/instant.js';

/** One line of `peyk simulate --json` (journey-semantics, 12): instants in UTC, fields without a value left out. */
export function printTraceJson(line: Trace): string {
  const { at, kind, customer, journey, key, step } = line;
  // By hand: a simulation prints millions, and an object made anew for each would cost more than to decide it.
  let json = `{"at":"${printInstant(at)}","kind":"${kind}","customer":${quote(customer)},"journey":${quote(journey)}`;
  if (key !== undefined) json += `,"key":${quote(key)}`;
  if (step !== undefined) json += `,"step":${quote(step)}`;
  for (const name in line) {
    const value = isOwn(name) ? line[name as 'kind'] : undefined;
    if (value !== undefined) json += `,"${name}":${print(name, value)}`;
  }
  return `${json}}`;
}

/** What the lines of a kind have besides; `detail` is for people: the contract has the reason alone. */
function isOwn(name: string): boolean {
  switch (name) {
    case 'at':
    case 'kind':
    case 'customer':
    case 'journey':
    case 'key':
    case 'step':
    case 'detail':
      return false;
    default:
      return true;
  }
}

function print(name: string, value: Json): string {
  if (typeof value === 'string') return quote(value);
  return typeof value === 'number' && isInstant(name) ? `"${printInstant(value)}"` : JSON.stringify(value);
}

function isInstant(name: string): boolean {
  return name === 'until' || name === 'expires_at' || name === 'due';
}

function quote(text: string): string {
  return isPlain.test(text) ? `"${text}"` : JSON.stringify(text);
}

/** Nothing in it that JSON would write otherwise. */
const isPlain = /^[ !#-[\]-~\u00a0-\ud7ff]*$/;
