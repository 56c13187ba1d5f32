import type { PlacedProblem } from '../nodes.js';
import { illegalIn, nearAttribute } from './attribute-names.js';
import type { MjmlError } from './compile-mjml.js';
import type { MarkedText } from './marked-text.js';
import type { OpenTag, Token } from './tags.js';

/** What MJML complains of, where it stands in the file, with what to do. */
export function explainError(error: MjmlError, marked: MarkedText, tokens: readonly Token[]): readonly PlacedProblem[] {
  const illegal = illegalIn(error.message);
  if (illegal.length < 2) return [explainOne(error, marked, tokens)];
  return illegal.map((name) => explainOne({ ...error, message: `Attribute ${name} is illegal` }, marked, tokens));
}

function explainOne(error: MjmlError, marked: MarkedText, tokens: readonly Token[]): PlacedProblem {
  const tag = tokens.find(
    (token): token is OpenTag =>
      token.kind === 'open' && token.name === error.tagName && lineOf(marked.text, token.offset) === error.line,
  );
  const [, name] = /^Attribute (\S+) /.exec(error.message) ?? [];
  const attribute = tag?.attributes.find((each) => each.name === name);
  const offset = attribute?.offset ?? tag?.offset ?? 0;
  return { ...marked.placeOf(offset), message: sentenceOf(error) };
}

function sentenceOf({ tagName, message }: MjmlError): string {
  const [illegal] = illegalIn(message);
  if (illegal !== undefined) return noAttribute(tagName, illegal);
  const [, name = '', value = '', accepted] =
    /^Attribute (\S+) has invalid value: (.*?) for type \w+(?:, only accepts (.*?))?\s*$/s.exec(message) ?? [];
  if (name !== '')
    return `"${value}" does not fit ${name} of <${tagName}>; expected ${accepted === undefined ? 'a colour such as #aa3300' : readable(accepted)}`;
  const [, inside, only] = /cannot be used inside (\S+), only inside: (.*)$/.exec(message) ?? [];
  if (inside !== undefined) return `<${tagName}> does not belong in <${inside}>; put it into ${parentsOf(only ?? '')}`;
  return `MJML cannot make HTML of it (${message.split('\n')[0] ?? ''}); hold it against MJML's documentation`;
}

function noAttribute(tagName: string, name: string): string {
  const near = nearAttribute(tagName, name);
  return `<${tagName}> has no attribute "${name}"; ${near === undefined ? 'leave it out' : `did you mean "${near}"?`}`;
}

/** MJML says `(px, %) units and 1 to 4 value(s)` of lengths. */
function readable(accepted: string): string {
  const [, units = '', least = '', most] = /^\((.+)\) units and (\d+)(?: to (\d+))? value\(s\)$/.exec(accepted) ?? [];
  if (units === '') return accepted;
  const example = `such as 20${units.split(', ')[0] ?? ''}`;
  const single = least === '1' && most === undefined;
  const count = most === undefined ? least : `${least} to ${most}`;
  return single
    ? `a number with its unit (${units}) ${example}`
    : `${count} numbers with their units (${units}) ${example}`;
}

function parentsOf(listed: string): string {
  const names = listed.split(', ').filter((name) => name !== 'mj-attributes');
  return names.map((name) => `<${name}>`).join(' or ');
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
