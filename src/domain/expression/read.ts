import type { Json } from '../json.js';
import { parseDateAsMidnight, parseTime } from '../time/date.js';
import type { Instant } from '../time/instant.js';
import type { Value } from './expression.js';
import type { Field, Kind } from './kind.js';
import { own } from './own.js';
import type { Scope } from './scope.js';
import type { ReadJson, Run } from './typed.js';

/** Turns what stands in JSON into a value of that kind; what is of another kind (an older catalogue's) is unknown. */
export function readerOf(kind: Kind, json: ReadJson): Run {
  switch (kind.kind) {
    case 'text':
      return (scope) => {
        const value = json(scope);
        return typeof value === 'string' ? value : undefined;
      };
    case 'integer':
    case 'number':
    case 'money':
    case 'duration':
      return (scope) => {
        const value = json(scope);
        return typeof value === 'number' ? value : undefined;
      };
    case 'boolean':
      return (scope) => {
        const value = json(scope);
        return typeof value === 'boolean' ? value : undefined;
      };
    case 'any':
      return (scope) => valueOf(json(scope));
    default: {
      const convert = converterOf(kind);
      return (scope) => convert(json(scope), scope);
    }
  }
}

type Convert = (json: Json | undefined, scope: Scope) => Value;

/** The same for a value in hand. */
export function converterOf(kind: Kind): Convert {
  switch (kind.kind) {
    case 'text':
      return (json) => (typeof json === 'string' ? json : undefined);
    case 'boolean':
      return (json) => (typeof json === 'boolean' ? json : undefined);
    case 'time':
      return remembering((text) => parseTime(text));
    case 'date':
      return remembering((text, zone) => parseDateAsMidnight(text, zone));
    case 'any':
      return valueOf;
    case 'unknown':
      return () => undefined;
    case 'list':
      return listConverter(kind.of);
    case 'record':
      return recordConverter(kind.fields);
    default:
      return (json) => (typeof json === 'number' ? json : undefined);
  }
}

/** Inside what is of any kind, null may stand for unknown; whoever looks there knows. */
function valueOf(json: Json | undefined): Value {
  return json === null ? undefined : (json as Value);
}

/** Asked again and again about the same instant (one event, many conditions), it reads the text once. */
function remembering(parse: (text: string, zone: string) => Instant | undefined): Convert {
  let lastText: string | undefined;
  let lastZone: string | undefined;
  let instant: Instant | undefined;
  return (json, { clock: { zone } }) => {
    if (typeof json !== 'string') return undefined;
    if (json === lastText && zone === lastZone) return instant;
    instant = parse(json, zone);
    lastText = json;
    lastZone = zone;
    return instant;
  };
}

function listConverter(of: Kind): Convert {
  const convert = converterOf(of);
  return (json, scope) => (Array.isArray(json) ? json.map((item) => convert(item, scope)) : undefined);
}

function recordConverter(fields: Readonly<Record<string, Field>>): Convert {
  const converters = Object.entries(fields).map(([name, { kind }]) => [name, converterOf(kind)] as const);
  return (json, scope) => {
    if (typeof json !== 'object' || json === null || Array.isArray(json)) return undefined;
    const record = emptyRecord();
    for (const [name, convert] of converters) {
      const value = convert(own(json, name), scope);
      if (value !== undefined) record[name] = value;
    }
    return record;
  };
}

/** Without a prototype: `__proto__` is a name like any other there. */
export function emptyRecord(): Record<string, Value> {
  return Object.create(null) as Record<string, Value>;
}
