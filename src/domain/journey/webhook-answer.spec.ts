import type { JsonObject } from '../json.js';
import { readAnswer } from './webhook-answer.js';

const data: JsonObject = {
  ...{ journey: 'repair', key: 'r1', enrolment: 3, step: 'webhook', url: 'https://example.com' },
  ...{ status: 200, body: { ok: true } },
};

function read(more: JsonObject = {}, source = '/webhooks', type = 'webhook.answered') {
  return readAnswer({ id: 'a', source, type, time: 0, arrival: 0, seq: 1, data: { ...data, ...more } });
}

describe('the answer of a web hook', () => {
  it('names its call, and holds its status and its body', () => {
    const call = { journey: 'repair', key: 'r1', enrolment: 3, step: 'webhook', url: 'https://example.com' };
    expect(read()).toEqual({ call: { ...call, awaited: true }, answer: { status: 200, body: { ok: true } } });
    expect(read({ key: null })?.call.key).toBeUndefined();
  });

  it('comes from the engine alone', () => {
    expect(read({}, '/business')).toBeUndefined();
    expect(read({}, '/webhooks', 'webhook.called')).toBeUndefined();
  });

  it.each(['journey', 'enrolment', 'step', 'url', 'status'])('is none without its %s', (name) => {
    expect(read({ [name]: null })).toBeUndefined();
  });
});
