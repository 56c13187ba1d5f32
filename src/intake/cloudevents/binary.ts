import { isJsonType } from './content-type.js';
import { parseJson, type Parsed } from './parse-json.js';

/** The attributes of a binary-mode event by their CloudEvents names: `id`, `source`, `type`, … */
export type Attributes = Readonly<Record<string, string>>;

/**
 * Puts a binary-mode event together: attributes from headers, `data` from the body. The result is not validated yet.
 * Refuses data that is not JSON.
 */
export function binaryEvent(attributes: Attributes, contentType: string | undefined, body: Buffer): Parsed<object> {
  if (body.length === 0) return { value: { ...attributes } };
  const type = contentType?.split(';', 1)[0]?.trim() ?? 'application/json';
  if (!isJsonType(type)) {
    return { refusal: { place: 'datacontenttype', message: `is "${type}"; send the data as application/json` } };
  }
  const data = parseJson(body, 'data');
  return 'refusal' in data ? data : { value: { ...attributes, datacontenttype: 'application/json', data: data.value } };
}

/** The attributes in HTTP headers, `ce-id: 1`, whose values are percent-encoded; undefined without any. */
export function httpAttributes(headers: Readonly<Record<string, unknown>>): Attributes | undefined {
  return attributesFrom(headers, 'ce-', (value) => percentDecode(value));
}

/** The attributes in Kafka headers, `ce_id: 1`, in UTF-8; undefined without any. */
export function kafkaAttributes(headers: Readonly<Record<string, unknown>>): Attributes | undefined {
  return attributesFrom(headers, 'ce_', (value) => value);
}

function attributesFrom(
  headers: Readonly<Record<string, unknown>>,
  prefix: string,
  decode: (value: string) => string,
): Attributes | undefined {
  const found: [string, string][] = [];
  for (const [name, value] of Object.entries(headers)) {
    if (!name.toLowerCase().startsWith(prefix)) continue;
    const text = headerText(value);
    if (text !== undefined) found.push([name.slice(prefix.length).toLowerCase(), decode(text)]);
  }
  return found.length === 0 ? undefined : Object.fromEntries(found);
}

/** A header that came twice counts once, the first time. */
function headerText(value: unknown): string | undefined {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  if (Buffer.isBuffer(first)) return first.toString('utf8');
  return typeof first === 'string' ? first : undefined;
}

/** What is no percent-encoding stands for itself; raw UTF-8 reaches us byte by byte and is put together again. */
function percentDecode(value: string): string {
  const text = /[\x80-\xff]/.test(value) ? Buffer.from(value, 'latin1').toString('utf8') : value;
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
