import { request, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { CloudEvent, HTTP } from 'cloudevents';
import { statement } from '../../../src/store/connection.js';
import { ask, eventOf, post, runningApp, type Answer, type RunningApp } from './running-app.js';

let running: RunningApp;
beforeAll(async () => {
  running = await runningApp();
}, 120_000);
afterAll(() => running.close());

const batchType = 'application/cloudevents-batch+json';
const taken = { accepted: 1, duplicates: 0, rejected: [] };

async function stored(customer: string): Promise<{ id: string; type: string; data: unknown }[]> {
  return running.database.run(
    statement('test-stored', 'select id, type, data from event where customer_id = $1 order by id'),
    [customer],
  );
}

function errorsOf({ body }: Answer): { place: string; message: string }[] {
  return (body as { errors: { place: string; message: string }[] }).errors;
}

/** Writes part by part, each when the one before has gone out, and only then looks for the answer. */
async function writeThenListen(parts: readonly Buffer[], framing: Record<string, string>): Promise<number | undefined> {
  const headers = { 'content-type': 'application/cloudevents+json', ...framing };
  const call = request(`${running.url}/v1/events`, { method: 'POST', headers });
  const answered = new Promise<IncomingMessage>((resolve, reject) =>
    call.once('response', resolve).once('error', reject),
  );
  answered.catch(() => undefined);
  for (const part of parts) {
    await new Promise<void>((resolve, reject) => {
      call.write(part, (error) => {
        if (error) reject(error);
        else resolve();
      });
    });
  }
  call.end();
  const { statusCode } = (await answered).resume();
  return statusCode;
}

describe('events by HTTP, from an independent CloudEvents client', () => {
  const event = (subject: string) =>
    new CloudEvent({ type: 'repair.received', source: '/sdk', subject, data: { repair_id: 'r1', cost: 5000 } });

  async function send(message: { headers: unknown; body: unknown }): Promise<Answer> {
    const headers = message.headers as Record<string, string>;
    return ask(`${running.url}/v1/events`, { method: 'POST', headers, body: message.body as string });
  }

  it('are taken in structured mode', async () => {
    expect(await send(HTTP.structured(event('sdk-structured')))).toMatchObject({ status: 202, body: taken });
    expect(await stored('sdk-structured')).toMatchObject([
      { type: 'repair.received', data: { repair_id: 'r1', cost: 5000 } },
    ]);
  });

  it('are taken in binary mode, with a customer whose id is no ASCII', async () => {
    const message = HTTP.binary(event('x'));
    const headers = { ...(message.headers as Record<string, string>), 'ce-subject': encodeURIComponent('سارا') };
    expect(await send({ headers, body: message.body })).toMatchObject({ status: 202, body: taken });
    expect(await stored('سارا')).toMatchObject([{ data: { repair_id: 'r1', cost: 5000 } }]);
  });

  it('are taken in batch mode', async () => {
    const body = JSON.stringify([event('sdk-batch').toJSON(), event('sdk-batch').toJSON()]);
    const answer = await send({ headers: { 'content-type': batchType }, body });
    expect(answer).toMatchObject({ status: 202, body: { accepted: 2, duplicates: 0, rejected: [] } });
    expect(await stored('sdk-batch')).toHaveLength(2);
  });
});

describe('events by HTTP', () => {
  it('are taken as plain JSON too, one or a list', async () => {
    expect(await post(running.url, eventOf(), 'application/json')).toMatchObject({ status: 202, body: taken });
    expect(await post(running.url, [eventOf(), eventOf()], 'application/json; charset=utf-8')).toMatchObject({
      status: 202,
      body: { accepted: 2 },
    });
    expect(await post(running.url, [], batchType)).toMatchObject({ status: 202, body: { accepted: 0 } });
  });

  it('need no body in binary mode', async () => {
    const headers = {
      'ce-specversion': '1.0',
      'ce-id': 'nobody',
      'ce-source': '/s',
      'ce-type': 'shop.visited',
      'ce-subject': 'c9',
    };
    expect(await ask(`${running.url}/v1/events`, { method: 'POST', headers })).toMatchObject({
      status: 202,
      body: taken,
    });
  });

  it('are refused where they withdraw consent from a purpose that there is not; the others of the list are kept', async () => {
    const word = (data: object) => eventOf({ type: 'consent.withdrawn', subject: 'slip', data });
    const answer = await post(running.url, [word({ purpose: 'servise' }), word({ purpose: 'service' })], batchType);
    expect(answer).toMatchObject({ status: 207, body: { accepted: 1, rejected: [{ index: 0 }] } });
    expect(JSON.stringify(answer.body)).toContain('did you mean \\"service\\"?');
    expect(await stored('slip')).toMatchObject([{ data: { purpose: 'service' } }]);
    const alone = await post(running.url, word({ purpose: 'service', channel: 'smss' }));
    expect(alone).toMatchObject({ status: 400, body: { rejected: [{ errors: [{ place: 'data.channel' }] }] } });
  });

  it('that change a profile are taken whole with a slip of the pen in them, which is named by index', async () => {
    const updated = (data: object) => eventOf({ id: 'slipped', type: 'customer.updated', subject: 'profile', data });
    const data = { phne: '09121234567', consent: { servise: false }, name: 'سارا' };
    const answer = await post(running.url, [eventOf({ subject: 'profile' }), updated(data)], batchType);
    expect(answer).toMatchObject({
      status: 202,
      body: {
        ...{ accepted: 2, rejected: [] },
        warnings: [
          {
            ...{ index: 1, id: 'slipped' },
            messages: [
              'unknown attribute "phne"; did you mean phone?',
              'consent to unknown purpose "servise"; did you mean service?',
            ],
          },
        ],
      },
    });
    expect(await stored('profile')).toContainEqual(expect.objectContaining({ data }));
  });

  it('count once however often they come', async () => {
    const event = eventOf({ subject: 'twice' });
    expect((await post(running.url, event)).body).toEqual(taken);
    expect(await post(running.url, event)).toMatchObject({
      status: 202,
      body: { accepted: 0, duplicates: 1, rejected: [] },
    });
    expect(await stored('twice')).toHaveLength(1);
  });

  it('of a batch with bad ones: the good are taken, the bad are named by index', async () => {
    const batch = [
      eventOf({ subject: 'mixed' }),
      eventOf({ id: 'bad', type: 'shop.visitde' }),
      5,
      eventOf({ subject: 'mixed' }),
    ];
    expect(await post(running.url, batch, batchType)).toMatchObject({
      status: 207,
      body: {
        accepted: 2,
        duplicates: 0,
        rejected: [
          {
            index: 1,
            id: 'bad',
            errors: [{ place: 'type', message: expect.stringContaining('did you mean "shop.visited"?') as string }],
          },
          { index: 2, errors: [{ place: 'body' }] },
        ],
      },
    });
    expect(await stored('mixed')).toHaveLength(2);
  });

  it.each([
    ['an unknown type', { type: 'weather.changed' }, 'type', 'declare it in events.yaml'],
    ['a missing field', { type: 'repair.received' }, 'data.repair_id', 'is missing; expected text'],
    [
      'a wrong kind',
      { type: 'repair.received', data: { repair_id: 'r', cost: 'dear' } },
      'data.cost',
      'expected money',
    ],
    ['no subject', { subject: undefined }, 'subject', "is missing; set it to the customer's id"],
    ['no time that is one', { time: 'yesterday' }, 'time', 'expected a time with its offset'],
    ['a type of the engine’s own', { type: 'message.failed' }, 'type', 'engine itself'],
  ])('with %s are refused, and nothing is kept', async (_what, change, place, message) => {
    const answer = await post(running.url, eventOf({ id: 'refused', subject: 'refused', ...change }));
    expect(answer).toMatchObject({
      status: 400,
      body: { accepted: 0, duplicates: 0, rejected: [{ index: 0, id: 'refused' }] },
    });
    const [rejected] = (answer.body as { rejected: { errors: { place: string; message: string }[] }[] }).rejected;
    expect(rejected?.errors).toEqual([{ place, message: expect.stringContaining(message) as string }]);
    expect(await stored('refused')).toEqual([]);
  });

  it('in the future are taken', async () => {
    expect(await post(running.url, eventOf({ time: '2099-01-01T00:00:00Z' }))).toMatchObject({
      status: 202,
      body: taken,
    });
  });

  it('that the engine cannot decide are named, with where they lie', async () => {
    const answer = await post(running.url, [eventOf(), eventOf({ id: 'p', type: 'shop.poison' })], batchType);
    expect(answer).toMatchObject({
      status: 207,
      body: {
        accepted: 1,
        rejected: [
          {
            index: 1,
            id: 'p',
            errors: [{ place: 'engine', message: expect.stringContaining('dead letters') as string }],
          },
        ],
      },
    });
  });

  it('that are no JSON are refused with the position', async () => {
    const answer = await post(running.url, '{"specversion": "1.0",\n  "id": }');
    expect(answer.status).toBe(400);
    expect(errorsOf(answer)).toEqual([
      { place: 'body', message: 'is not JSON: it has an unexpected "}" at line 2, column 9' },
    ]);
  });

  it.each([
    ['a list as one event', '[]', 'application/cloudevents+json', 400, 'is a list'],
    ['one event as a list', '{}', batchType, 400, 'is no list'],
    ['nothing', '', 'application/json', 400, 'is empty'],
  ])('%s is refused', async (_what, body, type, status, message) => {
    const answer = await post(running.url, body, type);
    expect(answer.status).toBe(status);
    expect(JSON.stringify(answer.body)).toContain(message);
  });

  it.each(['text/plain', 'application/xml', 'nonsense'])(
    'of content type %s are refused with the right ones',
    async (type) => {
      const answer = await post(running.url, eventOf(), type);
      expect(answer.status).toBe(415);
      expect(errorsOf(answer)[0]?.message).toContain('application/cloudevents+json');
    },
  );

  it('that are compressed are refused', async () => {
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    const answer = await ask(`${running.url}/v1/events`, { method: 'POST', headers, body: 'x' });
    expect(answer.status).toBe(415);
    expect(errorsOf(answer)[0]).toMatchObject({ place: 'content-encoding' });
  });

  it('of 10 MB are refused with the limit, and the next request is answered', async () => {
    const answer = await post(running.url, Buffer.alloc(10_000_000, 'x'));
    expect(answer.status).toBe(413);
    expect(errorsOf(answer)).toEqual([
      { place: 'body', message: 'is larger than 5 MiB; send the events in several requests' },
    ]);
    expect((await post(running.url, eventOf())).status).toBe(202);
  });

  it.each(['content-length', 'transfer-encoding'])(
    'of 10 MB are answered where a client writes all of it before it listens (%s)',
    async (framing) => {
      const parts = Array.from({ length: 160 }, () => Buffer.alloc(65_536, 'x'));
      const length = { 'content-length': String(160 * 65_536) };
      const status = await writeThenListen(parts, framing === 'content-length' ? length : {});
      expect(status).toBe(413);
    },
  );

  it('nested 100,000 deep are refused', async () => {
    const deep = '{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000);
    const answer = await post(running.url, JSON.stringify(eventOf()).replace('"data":{}', `"data":${deep}`));
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body)).toContain('nested deeper');
  });

  it('come in by hundreds of requests at once, each counted once', async () => {
    const requests = Array.from({ length: 300 }, (_, at) =>
      post(running.url, eventOf({ subject: `many-${String(at % 7)}` })),
    );
    const answers = await Promise.all(requests);
    expect(answers.every(({ status }) => status === 202)).toBe(true);
    const all = await Promise.all(Array.from({ length: 7 }, (_, at) => stored(`many-${String(at)}`)));
    expect(all.flat()).toHaveLength(300);
  });

  it('are counted', async () => {
    const { body } = await ask(`${running.url}/metrics`);
    expect(body).toMatch(/peyk_events_total\{source="http",result="accepted"\} \d+/);
    expect(body).toMatch(/peyk_events_total\{source="http",result="rejected"\} \d+/);
    expect(body).toMatch(/peyk_events_total\{source="http",result="dead"\} 1\n/);
  });
});

describe('what is not there', () => {
  it('is answered with what is', async () => {
    const answer = await ask(`${running.url}/v1/event`, { method: 'POST' });
    expect(answer.status).toBe(404);
    expect(errorsOf(answer)[0]?.message).toContain('there is no POST /v1/event; there is: ');
    expect(errorsOf(answer)[0]?.message).toContain('POST /v1/events');
    expect(errorsOf(answer)[0]?.message).toContain('GET /v1/customers/:id/timeline');
  });

  it('with a slash at its end is answered with the path without', async () => {
    const answer = await ask(`${running.url}/health/ready/`);
    expect(answer.status).toBe(404);
    expect(errorsOf(answer)[0]?.message).toBe('there is no /health/ready/; leave the slash at its end out');
  });

  it('by another method is answered with the right one', async () => {
    const answer = await ask(`${running.url}/v1/events`);
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('POST');
    expect((await ask(`${running.url}/v1/customers/c1`, { method: 'DELETE' })).headers.get('allow')).toBe('PUT');
  });

  it.each(['GET /%zz HTTP/1.1', 'GARBAGE'])('also as %s, with an answer and no crash', async (line) => {
    const { hostname, port } = new URL(running.url);
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), hostname, () => socket.end(`${line}\r\nHost: localhost\r\n\r\n`));
      let text = '';
      socket.on('data', (data) => (text += data.toString()));
      socket
        .on('end', () => {
          resolve(text);
        })
        .on('error', reject);
    });
    expect(answer).toMatch(/^HTTP\/1.1 400/);
    if (line !== 'GARBAGE') expect(answer).toContain('{"errors":[{"place":');
    expect((await ask(`${running.url}/health/live`)).status).toBe(200);
  });
});

describe('when the database goes away', () => {
  it('says so, loses nothing, and takes the same events after', async () => {
    let down = true;
    const other = await runningApp(
      {},
      {
        decider: {
          decide: async ({ events }) => {
            if (down) throw Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' });
            return events.map(() => ({ kind: 'accepted' as const }));
          },
        },
      },
    );
    const event = eventOf();
    const refused = await post(other.url, event);
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(errorsOf(refused)[0]?.message).toContain('send it again');
    down = false;
    expect(await post(other.url, event)).toMatchObject({ status: 202, body: taken });
    expect(other.logLines.join()).toContain('ECONNREFUSED');
    await other.close();
  });
});
