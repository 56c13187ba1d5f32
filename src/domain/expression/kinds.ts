import { own } from './own.js';
import type { Among, Field, Kind, RecordKind } from './kind.js';
import { knownAlways } from './facts.js';
import { constant, type Typed } from './typed.js';
import { converterOf } from './read.js';
import type { Json } from '../json.js';

export const text: Kind = { kind: 'text' };
export const integer: Kind = { kind: 'integer' };
export const number: Kind = { kind: 'number' };
export const money: Kind = { kind: 'money' };
export const boolean: Kind = { kind: 'boolean' };
export const time: Kind = { kind: 'time' };
export const duration: Kind = { kind: 'duration' };
export const any: Kind = { kind: 'any' };

/** What `save_as` of a grant step gives, and nothing else of that shape. */
export const grantKind: RecordKind = {
  kind: 'record',
  fields: {
    amount: { kind: money, optional: false },
    expires_at: { kind: time, optional: true },
    balance: { kind: money, optional: false },
  },
};

/** By its fields: where ways meet, kinds are merged into new ones. */
export function isGrant(kind: Kind): boolean {
  if (kind === grantKind) return true;
  const names = Object.keys(grantKind.fields);
  if (kind.kind !== 'record' || Object.keys(kind.fields).length !== names.length) return false;
  return names.every((name) => own(kind.fields, name)?.kind.kind === own(grantKind.fields, name)?.kind.kind);
}

/** Kinds that mix freely are of one family. */
export type Family =
  | 'text'
  | 'number'
  | 'money'
  | 'boolean'
  | 'time'
  | 'duration'
  | 'any'
  | 'unknown'
  | 'list'
  | 'record';

export function familyOf({ kind }: Kind): Family {
  if (kind === 'integer') return 'number';
  return kind === 'date' ? 'time' : kind;
}

export function printKind({ kind }: Kind): string {
  return kindNames[kind];
}

const kindNames: Readonly<Record<Kind['kind'], string>> = {
  text: 'text',
  integer: 'a number',
  number: 'a number',
  money: 'money',
  boolean: 'true or false',
  time: 'a time',
  date: 'a date',
  duration: 'a duration',
  any: 'anything',
  unknown: 'null',
  list: 'a list',
  record: 'a record',
};

/** The number 0 goes with money. */
function isZero({ kind, constant: known }: Typed): boolean {
  return familyOf(kind) === 'number' && known?.value === 0;
}

/** Two operands that have to be of one family: 0 becomes money beside money, what is of any kind is read as the other. */
export function settle(left: Typed, right: Typed): readonly [Typed, Typed] {
  return [settledBeside(left, right.kind), settledBeside(right, left.kind)];
}

export function settledBeside(typed: Typed, other: Kind): Typed {
  if (other.kind === 'money' && isZero(typed)) return constant(money, 0);
  return typed.kind.kind === 'any' ? readAs(typed, other) : typed;
}

/** What is of any kind, taken as this one; unknown at run time where it is not. */
export function readAs(typed: Typed, kind: Kind): Typed {
  const family = familyOf(kind);
  if (typed.kind.kind !== 'any' || openFamilies.has(family)) return typed;
  const convert = converterOf(kind);
  const { run, maybeUnknown, facts } = typed;
  return {
    kind,
    maybeUnknown,
    facts: knownAlways(facts.known),
    run: (scope) => {
      const value = run(scope);
      // A time that an expression has made is a number already.
      return family === 'time' && typeof value === 'number' ? value : convert(value as Json, scope);
    },
  };
}

const openFamilies: ReadonlySet<Family> = new Set(['any', 'unknown', 'list', 'record']);

/** The kind that holds both; undefined where there is none (money and a number, text and a time). */
export function unify(left: Kind, right: Kind): Kind | undefined {
  if (left.kind === 'unknown') return right;
  if (right.kind === 'unknown') return left;
  if (left.kind === 'any' || right.kind === 'any') return any;
  if (left.kind === 'list') return right.kind === 'list' ? unifyLists(left.of, right.of) : undefined;
  if (left.kind === 'record') return right.kind === 'record' ? unifyRecords(left.fields, right.fields) : undefined;
  return unifyScalars(left, right);
}

function unifyScalars(left: Kind, right: Kind): Kind | undefined {
  if (left.kind === right.kind) return amongOf(left) === amongOf(right) ? left : withoutAmong(left);
  if (familyOf(left) !== familyOf(right)) return undefined;
  return familyOf(left) === 'number' ? number : time;
}

function amongOf(kind: Kind): Among | undefined {
  return 'among' in kind ? kind.among : undefined;
}

/** Anything of its kind, no longer only what a question takes. */
export function withoutAmong(kind: Kind): Kind {
  return kind.kind === 'list' || kind.kind === 'record' ? kind : { kind: kind.kind };
}

function unifyLists(left: Kind, right: Kind): Kind | undefined {
  const of = unify(left, right);
  return of && { kind: 'list', of };
}

type Fields = Readonly<Record<string, Field>>;

function unifyRecords(left: Fields, right: Fields): Kind | undefined {
  const fields: Record<string, Field> = {};
  for (const name of new Set([...Object.keys(left), ...Object.keys(right)])) {
    const field = unifyFields(own(left, name), own(right, name));
    if (field === undefined) return undefined;
    Object.defineProperty(fields, name, { value: field, enumerable: true });
  }
  return { kind: 'record', fields };
}

function unifyFields(left: Field | undefined, right: Field | undefined): Field | undefined {
  const one = left ?? right;
  if (left === undefined || right === undefined) return one && { kind: one.kind, optional: true };
  const kind = unify(left.kind, right.kind);
  return kind && { kind, optional: left.optional || right.optional };
}

/** Whether values of the two kinds can be equal at all. */
export function areComparable(left: Kind, right: Kind): boolean {
  return unify(left, right) !== undefined;
}

/** How to say the number beside money: it may be meant as tomans, or as the rials that data hold. */
export function moneyRemedy(...operands: readonly Typed[]): string {
  const plain = operands.find(({ kind }) => familyOf(kind) === 'number');
  const amount = plain?.constant?.value;
  if (typeof amount !== 'number') return 'write toman(…), with the amount in tomans';
  const said = amount.toLocaleString('en-US', { maximumFractionDigits: 6 });
  return `write toman(${String(amount)}) for ${said} tomans, or toman(${String(amount / 10)}) for ${said} rials`;
}

export function mixesMoney(left: Kind, right: Kind): boolean {
  const families = [familyOf(left), familyOf(right)];
  return families.includes('money') && families.includes('number');
}
