import type { Message } from 'kafkajs';
import type { JsonObject } from '../../domain/json.js';
import { printInstant, type Instant } from '../../domain/time/instant.js';
import { maskText } from '../../ops/mask.js';

/** A row of table `outcome`, as it is told. */
export interface PublishableOutcome {
  readonly no: number;
  readonly customer_id: string;
  readonly at: Instant;
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly data: JsonObject;
}

/** Where the business hears what became of its customers. */
export const OUTCOMES = 'peyk.outcomes';

const headers = { 'content-type': 'application/cloudevents+json; charset=utf-8' };

/** A CloudEvent 1.0 in structured mode; `sequence` orders a customer's own, also where some come twice. */
export function outcomeMessage(outcome: PublishableOutcome): Message {
  const { customer_id: key, data } = outcome;
  return { key, value: JSON.stringify({ ...attributesOf(outcome), data: masked(data) }), headers };
}

/** Larger than the broker takes: that it happened is told, and that its data is missing. */
export function withoutData(message: Message, outcome: PublishableOutcome): Message {
  return { ...message, value: JSON.stringify({ ...attributesOf(outcome), peyktoolarge: true }) };
}

function attributesOf({ no, customer_id: subject, at, id, source, type }: PublishableOutcome): JsonObject {
  return {
    specversion: '1.0',
    ...{ id, source, type, subject, time: printInstant(at), datacontenttype: 'application/json' },
    sequence: String(no).padStart(16, '0'),
  };
}

/** Providers repeat the address in what they say. */
function masked(data: JsonObject): JsonObject {
  const { reason } = data;
  return typeof reason === 'string' ? { ...data, reason: maskText(reason) } : data;
}
