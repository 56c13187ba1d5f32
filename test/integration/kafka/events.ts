import type { Message } from 'kafkajs';
import type { EventRules } from '../../../src/intake/validate-event.js';

/** A catalogue of one type, whose data has to have a number `n`. */
export const rules: EventRules = {
  whyRefused: (type) => (type === 'test.happened' ? undefined : `"${type}" is not in events.yaml`),
  validate: (_, data) =>
    typeof data === 'object' && data !== null && 'n' in data && typeof data['n'] === 'number'
      ? []
      : [{ place: 'data.n', message: 'is missing; a number' }],
};

export function event(n: number, customer = 'c1'): Record<string, unknown> {
  return {
    specversion: '1.0',
    id: `e${String(n)}`,
    source: '/test',
    type: 'test.happened',
    subject: customer,
    data: { n },
  };
}

export function structured(n: number, customer = 'c1'): Message {
  const headers = { 'content-type': 'application/cloudevents+json' };
  return { key: customer, value: JSON.stringify(event(n, customer)), headers };
}

export function binary(n: number, customer = 'c1'): Message {
  const headers = {
    ce_specversion: '1.0',
    ce_id: `e${String(n)}`,
    ce_source: '/test',
    ce_type: 'test.happened',
    'content-type': 'application/json',
  };
  return { key: customer, value: JSON.stringify({ n }), headers };
}

export function numbers(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}
