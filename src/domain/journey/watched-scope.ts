import type { Value } from '../expression/expression.js';
import type { History, Scope, Standing } from '../expression/scope.js';
import type { Json } from '../json.js';
import { printInstant, type Instant } from '../time/instant.js';
import type { Call, Seen } from './witness.js';

/** The same scope, with what is looked at written down. */
export function watched(scope: Scope): { readonly scope: Scope; readonly seen: () => readonly Seen[] } {
  const notes = new Notes();
  const names = watchedRecord(scope.names, '', notes) as Scope['names'];
  const [history, standing] = [watchedHistory(scope.history, notes), watchedStanding(scope.standing, notes)];
  return { scope: { ...scope, names, history, standing }, seen: () => notes.all };
}

class Notes {
  private readonly notes = new Map<string, Seen>();

  get all(): readonly Seen[] {
    return [...this.notes.values()];
  }

  name(what: string, value: Json | undefined): void {
    this.notes.set(what, { what, value });
  }

  /** The same call twice is told of once. */
  call<T extends Value>(call: Call, found: T, value: Json | undefined): T {
    const what = printCall(call);
    this.notes.set(what, { what, value, call });
    return found;
  }
}

function printCall({ of, name, field, from }: Call): string {
  const parts = [name, field, from === undefined ? undefined : `since ${printInstant(from)}`];
  return `${of}(${parts.filter((part) => part !== undefined).join(', ')})`;
}

function watchedRecord(record: object, path: string, notes: Notes): object {
  return new Proxy(record, {
    get: (target, name, receiver) => {
      const value = Reflect.get(target, name, receiver) as Json | undefined;
      if (typeof name !== 'string') return value;
      const here = path === '' ? name : `${path}.${name}`;
      // Of a record what is asked of it is told, not the whole of it.
      if (typeof value === 'object' && value !== null && !Array.isArray(value))
        return watchedRecord(value, here, notes);
      notes.name(here, value);
      return value;
    },
  });
}

function watchedHistory(history: History, notes: Notes): History {
  return {
    count: (name, from, to) => {
      const found = history.count(name, from, to);
      return notes.call({ of: 'count', name, from }, found, found);
    },
    sum: (name, field, from, to) => {
      const found = history.sum(name, field, from, to);
      return notes.call({ of: 'sum', name, field, from }, found, found);
    },
    last: (name) => {
      const found = history.last(name);
      return notes.call({ of: 'last', name }, found, timeOf(found));
    },
    events: (name, from, to) => {
      const found = history.events(name, from, to);
      notes.call({ of: 'events', name, from }, undefined, found?.length);
      return found;
    },
    since: (type, from, tie) => history.since(type, from, tie),
  };
}

function timeOf(found: Instant | undefined): string | undefined {
  return found === undefined ? undefined : printInstant(found);
}

function watchedStanding(standing: Standing, notes: Notes): Standing {
  const note = (call: Call, found: number | undefined): number | undefined => notes.call(call, found, found);
  return {
    credit: () => note({ of: 'credit' }, standing.credit()),
    rest: (name) => note({ of: 'rest', name }, standing.rest(name)),
    spent: (from, to) => note({ of: 'spent', from }, standing.spent(from, to)),
    quintile: (name) => note({ of: 'quintile', name }, standing.quintile(name)),
  };
}
