import { mistaken, type Kind, type RecordKind } from '../expression/kind.js';
import type { Duration } from '../time/duration.js';
import { printNode, type Entry, type MapNode, type Node } from '../yaml/node.js';
import { parseYaml } from '../yaml/parse.js';
import { compareText, type Problems } from '../yaml/problems.js';
import { readMap, readText } from '../yaml/read.js';
import { fieldAt, numbersOf, type Catalogue } from './catalogue.js';
import { checkFor, type Check, type Fault } from './check-value.js';
import { builtInAttributes, customerKind } from './customer-kind.js';
import { compileCustomerCheck, compileCustomerWarnings, type CheckCustomer } from './customer-patch.js';
import { isLongForm, readDeclaration, type Declaration } from './declaration.js';
import { engineTypes, internalTypes, unknownType, whyUnknown, type EventType } from './engine-types.js';
import { numbersOfSchema, schemaHas } from './json-schema.js';
import { readRecord } from './read-kind.js';

/** A file's name as problems print it, and its text. */
export interface CatalogueFile {
  readonly name: string;
  readonly text: string;
}

/** Reads `events.yaml` and `customers.yaml`; without them there are the engine's own types and attributes. */
export function loadCatalogue(
  files: { readonly events: CatalogueFile | undefined; readonly customers: CatalogueFile | undefined },
  problems: Problems,
): Catalogue {
  const customer = customerKind(readCustomers(files.customers, problems));
  return assemble(customer, readEvents(files.events, problems));
}

function readCustomers(file: CatalogueFile | undefined, problems: Problems): RecordKind {
  const node = file && parseYaml(file.name, file.text, problems);
  if (node === undefined) return { kind: 'record', fields: namesIn(file?.text ?? '') };
  const record = readRecordOf(node, problems);
  for (const { key, at } of node.kind === 'map' ? node.entries : [])
    refuseBuiltIn(key.replace(/\?$/, ''), at, problems);
  return record;
}

/** Of a file that is no YAML: the names are there, so that nobody is told that they are not. */
function namesIn(text: string): RecordKind['fields'] {
  const names = Array.from(text.matchAll(/^ *["']?([A-Za-z_]\w*)\??["']?\s*:/gm), ([, name = '']) => name);
  return Object.fromEntries(names.map((name) => [name, { kind: mistaken, optional: false }]));
}

function refuseBuiltIn(name: string, at: Node['at'], problems: Problems): void {
  if (Object.hasOwn(builtInAttributes, name) || name === 'id' || name === 'consent') {
    problems.error(at, `every customer has "${name}" already; leave it out`);
  }
}

function readRecordOf(node: Node, problems: Problems): RecordKind {
  const empty: RecordKind = { kind: 'record', fields: {} };
  if (node.kind !== 'map') {
    problems.error(node.at, `expected attributes and their kinds, such as "tier: text", got ${printNode(node)}`);
    return empty;
  }
  if (!isLongForm(node)) return readRecord(node, problems);
  const fields = readMap(node, { what: 'customers.yaml', keys: ['data', 'description'], later: ['schema'] }, problems);
  readText(fields?.get('description'), 'a text', problems);
  const data = fields?.get('data');
  return data?.kind === 'map' ? readRecord(data, problems) : empty;
}

function readEvents(file: CatalogueFile | undefined, problems: Problems): ReadonlyMap<string, Declaration> {
  const node = file && parseYaml(file.name, file.text, problems);
  if (node === undefined) return new Map();
  if (node.kind === 'map')
    return new Map(typesIn(node, problems).map((entry) => [readTypeName(entry, problems), readType(entry, problems)]));
  problems.error(node.at, `expected event types and their fields, got ${printNode(node)}`);
  return new Map();
}

/** What stands below one heading is meant all the same. */
function typesIn({ entries }: MapNode, problems: Problems): readonly Entry[] {
  const [heading, ...others] = entries;
  if (heading === undefined || others.length > 0 || heading.value.kind !== 'map') return entries;
  const { key, at, value } = heading;
  if (!/^(?:events|types|event_types)$/.test(key) || isLongForm(value)) return entries;
  problems.error(at, `event types begin at the left; take "${key}:" away, and 2 spaces before each line below it`);
  return value.entries;
}

/** Of one that is wrong nothing else is told. */
function readType(entry: Entry, problems: Problems): Declaration {
  const before = problems.count;
  const declaration = readDeclaration(entry, problems);
  return problems.count === before ? declaration : { kind: mistaken };
}

function readTypeName({ key, at }: Entry, problems: Problems): string {
  const own =
    internalTypes.includes(key) || engineTypes({ kind: 'record', fields: {} }).some(({ name }) => name === key);
  if (own) problems.error(at, `the engine knows the event type "${key}" already; leave it out`);
  else if (!/^[A-Za-z0-9][\w.:/-]*$/.test(key)) {
    problems.error(at, `"${key}" is no event type; expected a name such as repair.received`);
  }
  return key;
}

function assemble(customer: RecordKind, declared: ReadonlyMap<string, Declaration>): Catalogue {
  const types = new Map<string, Type>();
  const checkCustomer = compileCustomerCheck(customer);
  const warnOfCustomer = compileCustomerWarnings(customer);
  for (const type of engineTypes(customer)) types.set(type.name, engineType(type, checkCustomer));
  for (const [name, declaration] of declared) if (!types.has(name)) types.set(name, declaredType(declaration));
  const names = [...types.keys()].sort(compareText);
  return {
    types: names,
    customer,
    checkCustomer,
    eventKind: (type) => types.get(type)?.kind,
    isOpenToBusiness: (type) => types.get(type)?.open ?? false,
    isBroadcast: (type) => types.get(type)?.broadcast ?? false,
    whyRefused: (type) => whyRefused(type, types.get(type), names),
    maxAge: (type) => types.get(type)?.maxAge ?? oneDay,
    validate: (type, data) => types.get(type)?.validate(data) ?? [{ place: 'type', message: whyUnknown(type, names) }],
    warnings: (type, data) => (type === 'customer.updated' ? warnOfCustomer(data) : nothingToTell),
    numericFields: (type) => types.get(type)?.numbers ?? [],
    hasField: (type, path) => types.get(type)?.has(path) ?? false,
  };
}

interface Type {
  readonly kind: Kind;
  readonly open: boolean;
  readonly broadcast: boolean;
  readonly maxAge: Duration | undefined;
  readonly numbers: readonly string[];
  validate(data: unknown): readonly Fault[];
  has(path: readonly string[]): boolean;
}

function declaredType({ kind, schema, maxAge, broadcast = false }: Declaration): Type {
  const validate = validator(schema?.check ?? checkFor(kind));
  const own = { open: true, broadcast, maxAge };
  if (kind === mistaken) return { ...typeOf(kind, validate), ...own, has: () => true };
  if (schema === undefined) return { ...typeOf(kind, validate), ...own };
  return {
    ...{ kind, ...own, validate },
    numbers: numbersOfSchema(schema.json),
    has: (path) => schemaHas(schema.json, path),
  };
}

function engineType({ name, kind, open }: EventType, checkCustomer: CheckCustomer): Type {
  const check: Check =
    name === 'customer.updated'
      ? (data, place, faults) => checkPatch(data, place, faults, checkCustomer)
      : checkFor(kind);
  return { ...typeOf(kind, validator(check)), open, broadcast: false, maxAge: undefined };
}

function checkPatch(data: unknown, place: string, faults: Fault[] | undefined, checkCustomer: CheckCustomer): boolean {
  const { problems } = checkCustomer(data as Parameters<CheckCustomer>[0], place);
  faults?.push(...problems);
  return problems.length === 0;
}

function typeOf(kind: Kind, validate: Type['validate']): Pick<Type, 'kind' | 'validate' | 'numbers' | 'has'> {
  return { kind, validate, numbers: numbersOf(kind), has: (path) => fieldAt(kind, path) !== undefined };
}

const nothingWrong: readonly Fault[] = [];
const nothingToTell: readonly string[] = [];
const oneDay: Duration = { amount: 1, unit: 'day' };

/** Twice, but the second time only for what is wrong: good data costs no allocation. */
function validator(check: Check): Type['validate'] {
  return (data) => {
    if (check(data, '', undefined)) return nothingWrong;
    const faults: Fault[] = [];
    check(data, 'data', faults);
    return faults;
  };
}

function whyRefused(type: string, known: Type | undefined, names: readonly string[]): string | undefined {
  if (known?.open === true) return undefined;
  const isOurs = known !== undefined || internalTypes.includes(type);
  return isOurs ? `"${type}" comes from the engine itself; nobody else sends it` : whyUnknown(type, names);
}

/** The type that a journey names, or why it cannot be used there. */
export function checkType(type: string, catalogue: Catalogue): string | undefined {
  return catalogue.eventKind(type) === undefined ? unknownType(type, catalogue.types) : undefined;
}
