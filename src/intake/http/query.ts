import { nearest } from '../../domain/did-you-mean.js';
import type { Refusal } from '../intake.js';
import { ApiError } from './api-error.js';

/** How one query parameter is read; undefined: refused, with `expected` in the answer. */
export interface Parameter<Value> {
  readonly expected: string;
  readonly read: (text: string) => Value | undefined;
}

type Values<Parameters> = {
  readonly [Name in keyof Parameters]: Parameters[Name] extends Parameter<infer Value> ? Value | undefined : never;
};

/** Reads a query; everything wrong with it at once, unknown names too. */
export function readQuery<Parameters extends Readonly<Record<string, Parameter<unknown>>>>(
  query: unknown,
  parameters: Parameters,
): Values<Parameters> {
  const errors: Refusal[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, text] of Object.entries((query ?? {}) as Record<string, unknown>)) {
    const parameter = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    const value = parameter === undefined || typeof text !== 'string' ? undefined : parameter.read(text);
    if (value === undefined) errors.push({ place: name, message: whyNot(name, text, parameter, parameters) });
    else values[name] = value;
  }
  if (errors.length > 0) throw new ApiError(400, errors);
  return values as Values<Parameters>;
}

function whyNot(name: string, text: unknown, parameter: Parameter<unknown> | undefined, all: object): string {
  if (parameter !== undefined) {
    return typeof text === 'string' ? `is "${text}"; expected ${parameter.expected}` : 'is given twice; give it once';
  }
  const near = nearest(name, Object.keys(all));
  const remedy = near === undefined ? `there is: ${Object.keys(all).join(', ')}` : `did you mean "${near}"?`;
  return `is no parameter; ${remedy}`;
}

export const text: Parameter<string> = {
  expected: 'a text',
  read: (value) => (value === '' || /[\0\p{Surrogate}]/u.test(value) ? undefined : value),
};

export function oneOf<Value extends string>(values: readonly Value[]): Parameter<Value> {
  return { expected: `one of ${values.join(', ')}`, read: (value) => values.find((known) => known === value) };
}

export function wholeNumber(from: number, to: number): Parameter<number> {
  return {
    expected: `a whole number from ${String(from)} to ${String(to)}`,
    read: (value) => {
      const number = /^\d{1,16}$/.test(value) ? Number(value) : Number.NaN;
      return number >= from && number <= to ? number : undefined;
    },
  };
}
