import { isJsonObject, type JsonObject } from '../../domain/json.js';
import { binaryEvent, kafkaAttributes } from '../cloudevents/binary.js';
import { bodyKind } from '../cloudevents/content-type.js';
import { parseJson, type Parsed } from '../cloudevents/parse-json.js';
import type { RawMessage } from './raw-message.js';

const batchRefused = 'is a batch; on Kafka each event is a message of its own, keyed by the customer';
const tombstoneRefused = 'is missing (a tombstone); send a CloudEvent';

/** CloudEvents 1.0 on Kafka, structured and binary, not yet validated. The message's key stands in for a missing `subject`. */
export function cloudEventOf(message: RawMessage): Parsed<JsonObject> {
  const contentType = contentTypeOf(message.headers);
  const kind = bodyKind(contentType ?? '');
  if (kind === 'batch') return { refusal: { place: 'body', message: batchRefused } };
  if (message.value === null) return { refusal: { place: 'body', message: tombstoneRefused } };
  const attributes = kind === 'event' ? undefined : kafkaAttributes(message.headers);
  const parsed: Parsed =
    attributes === undefined ? parseJson(message.value) : binaryEvent(attributes, contentType, message.value);
  return 'refusal' in parsed ? parsed : asEvent(parsed.value, message.key);
}

function contentTypeOf(headers: RawMessage['headers']): string | undefined {
  for (const name in headers) if (name.toLowerCase() === 'content-type') return headers[name];
  return undefined;
}

function asEvent(value: unknown, key: Buffer | null): Parsed<JsonObject> {
  if (Array.isArray(value)) return { refusal: { place: 'body', message: batchRefused } };
  if (!isJsonObject(value)) {
    const message = 'is no JSON object; send a CloudEvent with specversion, id, source, type and subject';
    return { refusal: { place: 'body', message } };
  }
  if ((value['subject'] ?? null) !== null || key === null || key.length === 0) return { value };
  return { value: { ...value, subject: key.toString('utf8') } };
}
