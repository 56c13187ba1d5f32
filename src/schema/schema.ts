import type { Json, JsonObject } from '../domain/json.js';

/** A JSON Schema (draft-07, which yaml-language-server knows best), built from small pieces. */
export type Schema = JsonObject;

/** The same, with what an editor shows beside it. */
export function described(description: string, schema: Schema): Schema {
  return { description, ...schema };
}

/** A mapping with these keys and no others. */
export function mapping(properties: Readonly<Record<string, Schema>>, required: readonly string[] = []): Schema {
  return {
    type: 'object',
    properties: { ...properties },
    additionalProperties: false,
    ...(required.length === 0 ? {} : { required: [...required] }),
  };
}

export function listOf(items: Schema, minItems = 0): Schema {
  return { type: 'array', items, ...(minItems === 0 ? {} : { minItems }) };
}

/** One item may stand where a list is allowed. */
export function oneOrMore(item: Schema): Schema {
  return anyOf(item, listOf(item, 1));
}

export function anyOf(...schemas: readonly Schema[]): Schema {
  return { anyOf: [...schemas] };
}

export function pattern(expression: string, ...examples: readonly string[]): Schema {
  return { type: 'string', pattern: expression, ...(examples.length === 0 ? {} : { examples: [...examples] }) };
}

/** One of the words that there are; any, while there is none. */
export function oneOf(words: readonly string[]): Schema {
  return words.length === 0 ? { type: 'string' } : { enum: [...words] };
}

/** A mapping from names to what each is. */
export function named(names: string, schema: Schema): Schema {
  return { type: 'object', patternProperties: { [names]: schema }, additionalProperties: false };
}

export const integer = (minimum: number, maximum?: number): Schema => ({
  type: 'integer',
  minimum,
  ...(maximum === undefined ? {} : { maximum }),
});
export const boolean: Schema = { type: 'boolean' };
export const anything: Schema = {};
/** Numbers and booleans stand for what is written. */
export const text: Schema = { type: ['string', 'number', 'boolean'] };

export function document(
  title: string,
  description: string,
  schema: Schema,
  definitions: Record<string, Json> = {},
): Schema {
  return { $schema: 'http://json-schema.org/draft-07/schema#', title, description, ...schema, definitions };
}
