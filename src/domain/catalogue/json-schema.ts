import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { isJsonObject, type Json } from '../json.js';
import type { Check, Fault } from './check-value.js';

/** A JSON Schema (draft 2020-12) as a check; throws where it is none. */
export function compileSchema(schema: Readonly<Record<string, Json>>): Check {
  compiler ??= newCompiler();
  const validate = compiler.compile(schema);
  // Or every reload would leave its schemas behind.
  compiler.removeSchema(schema);
  return (value, place, faults) => validate(value) || tell(validate, place, faults);
}

/** Made once, when a schema first needs it: it compiles the schema of schemas, which takes long. */
let compiler: Ajv2020 | undefined;

function newCompiler(): Ajv2020 {
  const ajv = new Ajv2020({ allErrors: true, strictTypes: false, strictRequired: false, logger: false });
  formats.default(ajv);
  return ajv;
}

function tell(validate: ValidateFunction, place: string, faults: Fault[] | undefined): false {
  for (const error of validate.errors ?? [])
    faults?.push({ place: placeOf(error, place), message: error.message ?? 'does not fit' });
  return false;
}

function placeOf({ instancePath }: ErrorObject, place: string): string {
  return place + instancePath.replaceAll(/\/(\d+)/g, '[$1]').replaceAll('/', '.');
}

/** Dotted paths of a schema's numbers, as far as `properties` tell. */
export function numbersOfSchema(schema: Json | undefined, path = ''): readonly string[] {
  if (schema === undefined || !isJsonObject(schema)) return [];
  if (schema['type'] === 'number' || schema['type'] === 'integer') return [path];
  return propertiesOf(schema).flatMap(([name, inner]) =>
    numbersOfSchema(inner, path === '' ? name : `${path}.${name}`),
  );
}

/** Whether a schema's `properties` have that path. */
export function schemaHas(schema: Json | undefined, path: readonly string[]): boolean {
  const [name, ...rest] = path;
  if (name === undefined) return true;
  if (schema === undefined || !isJsonObject(schema)) return false;
  const found = propertiesOf(schema).find(([property]) => property === name);
  return found !== undefined && schemaHas(found[1], rest);
}

function propertiesOf(schema: Readonly<Record<string, Json>>): readonly [string, Json][] {
  const properties = schema['properties'];
  return properties !== undefined && isJsonObject(properties) ? Object.entries(properties) : [];
}
