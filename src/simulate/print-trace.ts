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
  for (const name of Object.keys(line)) {
    const value = isOwn(name) ? line[name as 'kind'] : undefined;
    if (value !== undefined) json += `,"${name}":${print(name, value)}`;
  }
  return `${json}}`;
}

/** What the lines of a kind have besides; `detail` is for people: the contract has the reason alone. */
function isOwn(name: string): boolean {
  return !common.has(name);
}

const common: ReadonlySet<string> = new Set(['at', 'kind', 'customer', 'journey', 'key', 'step', 'detail']);
const instants: ReadonlySet<string> = new Set(['until', 'expires_at', 'due']);

function print(name: string, value: Json): string {
  if (typeof value === 'number') return instants.has(name) ? `"${printInstant(value)}"` : JSON.stringify(value);
  return typeof value === 'string' ? quote(value) : JSON.stringify(value);
}

function quote(text: string): string {
  return isPlain.test(text) ? `"${text}"` : JSON.stringify(text);
}

/** Nothing in it that JSON would write otherwise. */
const isPlain = /^[ !#-[\]-~\u00a0-\ud7ff]*$/;
