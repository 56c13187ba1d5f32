import { hash } from 'node:crypto';
import { printInstant } from '../domain/time/instant.js';
import type { DeadLetter, IncomingEvent, IntakeSource } from '../intake/intake.js';

/** An event that failed in the engine, kept whole as the CloudEvent that it was, so that it can be replayed. */
export function deadLetterOf(event: IncomingEvent, source: IntakeSource, error: unknown): DeadLetter {
  const { id, type, customer, time, data } = event;
  const cloudEvent = {
    specversion: '1.0',
    id,
    source: event.source,
    type,
    subject: customer,
    time: time === undefined ? undefined : printInstant(time),
    data,
  };
  return {
    source,
    // One letter an event, however often it is read and fails. A hash: an index takes no text of any length.
    origin: `event/${hash('sha256', JSON.stringify([customer, event.source, id]), 'hex')}`,
    topic: undefined,
    key: storable(customer),
    payload: Buffer.from(JSON.stringify(cloudEvent)),
    headers: { 'content-type': 'application/cloudevents+json' },
    place: 'engine',
    reason: reasonOf(error),
  };
}

/** What is kept of an error beside what it spoilt. */
export function reasonOf(error: unknown): string {
  return storable(error instanceof Error ? error.message : String(error));
}

/** Postgres refuses NUL in text, and what is put aside for it must not fail on it again. */
function storable(text: string): string {
  return text.replaceAll('\0', '\uFFFD');
}
