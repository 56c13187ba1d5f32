import { statement } from '../../../src/store/connection.js';
import { ask, runningApp, type Answer, type RunningApp } from './running-app.js';

let running: RunningApp;
beforeAll(async () => {
  running = await runningApp();
}, 120_000);
afterAll(() => running.close());
beforeEach(() => running.database.run(statement('', 'truncate pause, message')));

function post(path: string, body?: unknown): Promise<Answer> {
  return ask(`${running.url}/v1/${path}`, {
    method: 'POST',
    ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
}

async function queue(...ids: readonly number[]): Promise<void> {
  await running.database.run(
    statement(
      '',
      `insert into message (id, customer_id, journey, enrolment, step, template, purpose, rank, channel, address, content, bundle, created_at)
       select id, 'c' || id, 'repair-status', 1, 's', 'hello', 'service', 5, 'sms', '+98', '{}', 1, now() from unnest($1::bigint[]) id`,
    ),
    [ids],
  );
}

describe('pausing', () => {
  it('a journey answers with what changed and what is paused, and again with nothing changed', async () => {
    const paused = [
      { kind: 'journey', name: 'repair-status', since: expect.any(String) as string, reason: 'by the API' },
    ];
    expect(await post('journeys/repair-status/pause')).toMatchObject({
      status: 200,
      body: { changed: [{ kind: 'journey', name: 'repair-status' }], paused },
    });
    expect(await post('journeys/repair-status/pause')).toMatchObject({ status: 200, body: { changed: [], paused } });
    expect((await ask(`${running.url}/v1/sending`)).body).toMatchObject({ paused });
    expect(await post('journeys/repair-status/resume')).toMatchObject({
      status: 200,
      body: { changed: [{ kind: 'journey', name: 'repair-status' }], paused: [] },
    });
  });

  it('by several names pauses each; ending the pause of all leaves them', async () => {
    const scope = { all: true, channel: 'sms', purpose: 'service' };
    expect((await post('sending/pause', scope)).body).toMatchObject({
      changed: [{ kind: 'all' }, { kind: 'channel' }, { kind: 'purpose' }],
    });
    expect((await post('sending/resume', { all: true })).body).toMatchObject({
      changed: [{ kind: 'all', name: '' }],
      paused: [
        { kind: 'channel', name: 'sms' },
        { kind: 'purpose', name: 'service' },
      ],
    });
  });

  it.each([
    [
      'journeys/repair-statsu/pause',
      undefined,
      404,
      'there is no journey "repair-statsu"; did you mean "repair-status"?',
    ],
    [
      'journeys/repair-statsu/resume',
      undefined,
      404,
      'there is no journey "repair-statsu"; did you mean "repair-status"?',
    ],
    [
      'sending/pause',
      { channel: 'fax' },
      400,
      'there is no channel "fax"; there is: sms, email, telegram, bale, voice, webhook',
    ],
    ['sending/pause', { purpose: 'servic' }, 400, 'there is no purpose "servic"; did you mean "service"?'],
    ['sending/pause', { jorney: 'x' }, 400, 'is not known; did you mean "journey"?'],
    ['sending/pause', {}, 400, 'names nothing; give one or more of all, journey, channel, purpose'],
    ['sending/resume', { all: false }, 400, 'is true or left out'],
    ['sending/pause', [], 400, 'is no JSON object'],
    ['messages/cancel', { journey: 5 }, 400, 'is no name; expected a text'],
    ['messages/cancel', { message: 'x' }, 400, 'is "x"; expected the id of a message'],
    ['messages/cancel', { channel: 'smss' }, 400, 'there is no channel "smss"; did you mean "sms"?'],
    ['messages/77/cancel', undefined, 404, 'there is no such message'],
    ['sending/pause', undefined, 400, 'is empty; expected what is meant, such as {"channel": "sms"} or {"all": true}'],
    ['messages/cancel', undefined, 400, 'is empty; expected which messages, such as {"customer": "c1"}'],
    ['messages/cancel', { message: '77' }, 404, 'there is no such message'],
    ['messages/cancel', { customer: 'nobody' }, 404, 'there is no customer "nobody"'],
    ['messages/cancel', { customer: 'nobody', message: '77' }, 404, 'there is no customer "nobody"'],
  ])('%s with %j is refused with the remedy', async (path, body, status, message) => {
    expect(await post(path, body)).toMatchObject({ status, body: { errors: [{ message }] } });
    expect((await ask(`${running.url}/v1/sending`)).body).toEqual({ paused: [] });
  });
});

describe('cancelling', () => {
  it('says that the message is another one where it does not fit all that is given', async () => {
    await queue(1);
    const { status, body } = await post('messages/cancel', { message: '1', purpose: 'service', template: 'bye' });
    expect([status, JSON.stringify(body)]).toEqual([409, expect.stringContaining('is none of those')]);
    expect((await post('messages/1/cancel')).status).toBe(200);
  });

  it('one message answers how many, and then that it is withdrawn', async () => {
    await queue(1, 2);
    expect(await post('messages/1/cancel')).toMatchObject({ status: 200, body: { withdrawn: 1, under_way: 0 } });
    expect(await post('messages/1/cancel')).toMatchObject({
      status: 409,
      body: { errors: [{ message: 'is withdrawn, and not queued any more' }] },
    });
    const { body } = await ask(`${running.url}/v1/messages?state=withdrawn`);
    expect(body).toMatchObject({ messages: [{ id: '1', reason: 'cancelled' }] });
  });

  it('those that fit takes these and no others', async () => {
    await queue(1, 2, 3);
    const selection = { customer: 'c2', journey: 'repair-status', template: 'hello' };
    expect((await post('messages/cancel', selection)).body).toEqual({ withdrawn: 1, under_way: 0 });
    expect((await post('messages/cancel', { message: '3' })).body).toEqual({ withdrawn: 1, under_way: 0 });
    expect((await post('messages/cancel', { purpose: 'service' })).body).toEqual({ withdrawn: 1, under_way: 0 });
  });
});
