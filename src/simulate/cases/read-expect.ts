import type { Json, JsonObject } from '../../domain/json.js';
import { normalisePhone } from '../../domain/message/address.js';
import { channelNames } from '../../domain/message/message.js';
import { parseMoney } from '../../domain/policy/money.js';
import { printInstant } from '../../domain/time/instant.js';
import { printNode, type Entry, type MapNode, type Node } from '../../domain/yaml/node.js';
import type { Problems } from '../../domain/yaml/problems.js';
import { isNothing, oneOrMore, readList, readText, unknownWord } from '../../domain/yaml/read.js';
import type { Expected, Kind } from './case.js';
import { jsonOf } from './json-of.js';
import { commonFields, formOf, kindNames, lineKinds, type FieldForm } from './line-kinds.js';
import type { CaseNames } from './names.js';
import type { CaseParts } from './parts.js';
import { reasonsOf } from './reasons.js';
import { readInstant } from './read-instant.js';

export function readExpect(
  node: Node | undefined,
  parts: CaseParts,
  names: CaseNames,
  problems: Problems,
): readonly Expected[] {
  const items = readList(node, 'what is expected', problems);
  return items.flatMap((item) => new ExpectReader(parts, names, problems).read(item) ?? []);
}

class ExpectReader {
  constructor(
    private readonly parts: CaseParts,
    private readonly names: CaseNames,
    private readonly problems: Problems,
  ) {}

  read(node: Node): Expected | undefined {
    if (node.kind !== 'map')
      return this.problems.error(
        node.at,
        `expected what happens, such as { at: 2026-11-21T10:00:00+03:30, sent: hello }, got ${printNode(node)}`,
      );
    const kind = this.readKind(node);
    if (kind === undefined) return undefined;
    const contains = node.entries.find(({ key }) => key === 'text_contains')?.value;
    return {
      kind,
      position: node.at,
      fields: this.readFields(node, kind),
      textContains: oneOrMore(contains).flatMap((item) => readText(item, 'a text', this.problems) ?? []),
    };
  }

  private readKind(node: MapNode): Kind | undefined {
    const found = node.entries.filter(({ key }) => isKind(key));
    const [first, second] = found;
    if (second !== undefined)
      return this.problems.error(
        second.at,
        `"${first?.key ?? ''}" and "${second.key}" stand here together; each item has one of them`,
      );
    if (first !== undefined && isKind(first.key)) return first.key;
    const known = new Set([
      ...commonFields,
      'text_contains',
      ...Object.values(lineKinds).flatMap(({ others }) => others),
    ]);
    const slip = node.entries.find(({ key }) => !known.has(key));
    if (slip === undefined)
      return this.problems.error(node.at, `expected what happens: one of ${kindNames.join(', ')}`);
    return this.problems.error(
      slip.at,
      unknownWord(
        `nothing that happens is called "${slip.key}"`,
        slip.key,
        kindNames,
        `expected ${kindNames.join(', ')}`,
      ),
    );
  }

  private readFields(node: MapNode, kind: Kind): JsonObject {
    const { main, others } = lineKinds[kind];
    const allowed = [kind, ...commonFields, ...others, ...(kind === 'sent' ? ['text_contains'] : [])];
    const fields: JsonObject = {};
    for (const entry of node.entries) {
      if (entry.key === 'text_contains' && kind === 'sent') continue;
      if (!allowed.includes(entry.key)) this.refuseField(entry, kind, allowed);
      else if (entry.key === kind) this.readMain(entry, kind, main, fields);
      else this.readField(entry.key, entry.value, kind, fields);
    }
    return fields;
  }

  private refuseField({ key, at }: Entry, kind: Kind, allowed: readonly string[]): void {
    this.problems.error(
      at,
      unknownWord(`"${key}" is no field of ${kind}`, key, allowed, `expected ${allowed.join(', ')}`),
    );
  }

  /** `goal: true`, `waiting:` and the like: whatever it is. */
  private readMain({ value }: Entry, kind: Kind, main: string, fields: JsonObject): void {
    const anything = value.kind === 'scalar' && value.value === true && (kind === 'goal' || kind === 'waiting');
    if (!anything && !isNothing(value)) this.readField(main, value, kind, fields);
  }

  private readField(field: string, node: Node, kind: Kind, fields: JsonObject): void {
    const value = isNothing(node) ? null : this.readValue(field, node);
    if (value === undefined) return;
    fields[field] = value;
    if (value !== null) this.checkName(field, node, kind);
  }

  private readValue(field: string, node: Node): Json | undefined {
    return this.forms[formOf(field)](node);
  }

  private readonly forms: Readonly<Record<FieldForm, (node: Node) => Json | undefined>> = {
    instant: (node) => this.readInstant(node),
    amount: (node) => this.readAmount(node),
    number: (node) => this.readNumber(node),
    data: jsonOf,
    branch: (node) => (node.kind === 'scalar' && typeof node.value === 'number' ? node.value : this.readWord(node)),
    address: (node) => this.readAddress(node),
    text: (node) => this.readWord(node),
  };

  private readInstant(node: Node): string | undefined {
    const instant = readInstant(node, this.parts.zone, this.problems);
    return instant === undefined ? undefined : printInstant(instant);
  }

  private readAddress(node: Node): string | undefined {
    const text = this.readWord(node);
    return text === undefined ? undefined : (normalisePhone(text) ?? text);
  }

  private readWord(node: Node): string | undefined {
    return readText(node, 'a text', this.problems);
  }

  private readAmount(node: Node): number | undefined {
    const rials = node.kind === 'scalar' ? (parseMoney(node.text) ?? node.value) : undefined;
    if (typeof rials === 'number') return rials;
    return this.problems.error(node.at, `expected money such as 20000 toman, got ${printNode(node)}`);
  }

  private readNumber(node: Node): number | undefined {
    if (node.kind === 'scalar' && typeof node.value === 'number') return node.value;
    return this.problems.error(node.at, `expected a whole number, got ${printNode(node)}`);
  }

  /** A name that there is not is a slip of the pen, and the case would fail for no reason that one could see. */
  private checkName(field: string, node: Node, kind: Kind): void {
    const [what, names] = this.namesFor(field, kind);
    if (names === undefined || node.kind !== 'scalar' || names.includes(node.text)) return;
    this.problems.error(
      node.at,
      unknownWord(`there is no ${what} "${node.text}"`, node.text, names, `expected one of ${names.join(', ')}`),
    );
  }

  private namesFor(field: string, kind: Kind): readonly [string, readonly string[] | undefined] {
    switch (field) {
      case 'template':
        return ['template', this.parts.templates];
      case 'journey':
        return ['journey', this.parts.journeyNames];
      case 'channel':
        return ['channel', channelNames];
      case 'step':
        return ['step', this.names.steps];
      case 'customer':
        return ['customer', this.names.customers];
      case 'reason':
        return ['reason', reasonsOf(kind, this.names.exits)];
      case 'by':
        return ['way to go on', ['event', 'timeout', 'time']];
      default:
        return [field, undefined];
    }
  }
}

function isKind(key: string): key is Kind {
  return Object.hasOwn(lineKinds, key);
}
