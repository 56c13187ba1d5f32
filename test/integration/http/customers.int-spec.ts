import { statement } from '../../../src/store/connection.js';
import { ask, eventOf, post, runningApp, type Answer, type RunningApp } from './running-app.js';

let running: RunningApp;
beforeAll(async () => {
  running = await runningApp();
}, 120_000);
afterAll(() => running.close());

function put(id: string, body: unknown, type = 'application/json'): Promise<Answer> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const url = `${running.url}/v1/customers/${encodeURIComponent(id)}`;
  return ask(url, { method: 'PUT', headers: { 'content-type': type }, body: text });
}

function changesOf(id: string): Promise<{ source: string; patch: unknown }[]> {
  const sql = 'select source, patch from customer_change where customer_id = $1 order by no';
  return running.database.run(statement('test-changes', sql), [id]);
}

interface Timeline {
  readonly items: readonly (Record<string, unknown> & { readonly at: string; readonly kind: string })[];
  readonly next: string | null;
}

async function timelineOf(id: string, query = ''): Promise<Timeline> {
  const answer = await ask(`${running.url}/v1/customers/${encodeURIComponent(id)}/timeline${query}`);
  expect(answer.status).toBe(200);
  return answer.body as Timeline;
}

describe('PUT /v1/customers/:id', () => {
  it('makes a customer, with the phone in its normal form', async () => {
    const answer = await put('new', {
      name: 'سارا',
      phone: '0912 123 4567',
      tier: 'gold',
      consent: { marketing: true },
    });
    expect(answer).toMatchObject({
      status: 201,
      body: {
        id: 'new',
        created: true,
        changed: true,
        attributes: { name: 'سارا', phone: '+989121234567', tier: 'gold' },
        consent: { marketing: true },
      },
    });
    expect(await changesOf('new')).toEqual([
      { source: 'http', patch: { name: 'سارا', phone: '+989121234567', tier: 'gold', consent: { marketing: true } } },
    ]);
  });

  it('takes names that every object has for names like any other, and nobody’s check suffers', async () => {
    const names = Object.getOwnPropertyNames(Object.prototype).filter((name) => name !== '__proto__');
    const attributes = Object.fromEntries(names.map((name) => [name, 'phone']));
    expect(await put('inherited', attributes)).toMatchObject({ status: 201, body: { attributes } });
    expect(await put('inherited', attributes)).toMatchObject({ status: 200, body: { changed: false } });
    expect(await put('inherited', '{"__proto__": {"admin": true}}')).toMatchObject({ status: 400 });
    expect(await put('later', { phone: '09121234567' })).toMatchObject({
      status: 201,
      body: { attributes: { phone: '+989121234567' } },
    });
    expect(await put('later', { phone: 'x' })).toMatchObject({ status: 400 });
  });

  it('forgets what is left out or null, keeps consent that it does not speak of, and appends the difference', async () => {
    await put('changing', {
      name: 'A',
      email: 'a@example.com',
      visits: 3,
      consent: { marketing: true, survey: false },
    });
    expect(await put('changing', { name: 'B', visits: null, consent: { survey: null } })).toMatchObject({
      status: 200,
      body: { created: false, attributes: { name: 'B' }, consent: { marketing: true } },
    });
    expect((await changesOf('changing'))[1]?.patch).toEqual({
      name: 'B',
      email: null,
      visits: null,
      consent: { survey: null },
    });
  });

  it('takes attributes that nobody declared, and says what they may have been meant to be', async () => {
    const answer = await put('slip', { nmae: 'سارا', phne: '09121234567', teir: 'gold', shoe_size: 38, old: null });
    expect(answer).toMatchObject({
      status: 201,
      body: {
        attributes: { nmae: 'سارا', phne: '09121234567', teir: 'gold', shoe_size: 38 },
        warnings: [
          'unknown attribute "nmae"; did you mean name?',
          'unknown attribute "phne"; did you mean phone?',
          'unknown attribute "teir"; did you mean tier?',
          'unknown attribute "shoe_size"; declare it in customers.yaml',
        ],
      },
    });
    expect((await put('slip', { name: 'سارا', consent: { service: true } })).body).not.toHaveProperty('warnings');
  });

  it('takes consent to a purpose that nobody declared, and says which may have been meant', async () => {
    expect(await put('refuses', { consent: { servise: false } })).toMatchObject({
      status: 201,
      body: {
        consent: { servise: false },
        warnings: ['consent to unknown purpose "servise"; did you mean service?'],
      },
    });
  });

  it('forgets no word where consent is null as a whole, and says so', async () => {
    await put('exported', { name: 'A', consent: { service: false } });
    expect(await put('exported', { name: 'A', consent: null })).toMatchObject({
      status: 200,
      body: {
        consent: { service: false },
        warnings: [expect.stringContaining('consent is null, which forgets nothing')],
      },
    });
  });

  it('says of an empty body that a customer is expected', async () => {
    const { status, body } = await put('empty', '');
    expect(status).toBe(400);
    expect(JSON.stringify(body)).toContain('"place":"body","message":"is empty; expected a customer, such as');
  });

  it('changes nothing when nothing is new', async () => {
    const profile = {
      name: 'Same',
      address: { city: 'Tehran', lines: [1, { a: 1, b: 2 }] },
      consent: { marketing: false },
    };
    await put('same', profile);
    expect((await put('same', profile)).body).toMatchObject({ created: false, changed: false });
    expect(await changesOf('same')).toHaveLength(1);
  });

  it('replaces what is inside an attribute too', async () => {
    await put('inside', { address: { city: 'Tehran', street: 'Valiasr' } });
    expect((await put('inside', { address: { city: 'Shiraz' } })).body).toMatchObject({
      attributes: { address: { city: 'Shiraz' } },
    });
    expect((await changesOf('inside'))[1]?.patch).toEqual({ address: { city: 'Shiraz', street: null } });
  });

  it('is never earlier than the last decision', async () => {
    await put('late', { name: 'A' });
    await running.database.run(
      statement('test-decided', "update customer set decided_at = '2099-01-01T00:00:00Z' where id = $1"),
      ['late'],
    );
    await put('late', { name: 'B' });
    const [newest] = (await timelineOf('late')).items;
    expect(newest).toMatchObject({ kind: 'change', at: '2099-01-01T00:00:00.000Z', patch: { name: 'B' } });
  });

  it('of one customer by many at once ends with one of them, whole', async () => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, at) => put('raced', { name: `n${String(at)}`, visits: at })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    const { body } = await put('raced', {});
    expect(body).toMatchObject({ changed: true, attributes: {} });
    const patches = (await changesOf('raced')).map(({ patch }) => patch as { name: string; visits: number });
    expect(patches).toHaveLength(13);
    expect(patches.slice(0, 12).every(({ name, visits }) => name === `n${String(visits)}`)).toBe(true);
  });

  it.each([
    [{ phone: 'call me' }, 'phone', 'expected a phone number'],
    [{ email: 'nobody' }, 'email', 'expected an e-mail address'],
    [{ visits: 'many' }, 'visits', 'expected a whole number'],
    [{ consent: true }, 'consent', 'expected consent by purpose'],
    [{ id: 'other' }, 'id', 'does not change'],
    [[], 'body', 'expected an object'],
    [{ name: 'a\0b' }, 'body.name', 'cannot be kept'],
  ])('refuses %j at %s', async (body, place, message) => {
    const answer = await put('refused', body);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ errors: [{ place, message: expect.stringContaining(message) as string }] });
    expect((await ask(`${running.url}/v1/customers/refused/timeline`)).status).toBe(404);
  });

  it('refuses what is no JSON, another content type and an id that is none', async () => {
    expect(await put('x', '{"name": ')).toMatchObject({ status: 400, body: { errors: [{ place: 'body' }] } });
    expect(await put('x', '{}', 'text/plain')).toMatchObject({
      status: 415,
      body: { errors: [{ place: 'content-type' }] },
    });
    expect((await put('x'.repeat(257), {})).status).toBe(400);
    expect((await put('a\nb', {})).status).toBe(400);
    expect((await put('x'.repeat(256), {})).status).toBe(201);
    expect((await put('a/b سارا', {})).status).toBe(201);
  });
});

describe('GET /v1/customers/:id/timeline', () => {
  it('has everything on one line, newest first, addresses masked', async () => {
    await put('story', { phone: '09121234567', email: 'sara@example.com' });
    await post(running.url, eventOf({ subject: 'story', id: 'v1', time: '2020-01-01T00:00:00Z' }));
    await enrolled('story', { enteredAt: '2099-01-01T00:00:00Z', endedAt: '2099-01-02T00:00:00Z' });
    await messaged('story', { id: 7, at: '2099-01-01T00:00:00Z' });
    const { items, next } = await timelineOf('story');
    expect(items).toMatchObject([
      { kind: 'ended', at: '2099-01-02T00:00:00.000Z', journey: 'repair-status', reason: 'goal' },
      { kind: 'message', id: '7', state: 'sent', text: 'سلام', address: '+98912*****67' },
      { kind: 'entered', at: '2099-01-01T00:00:00.000Z', journey: 'repair-status', started_by: 'repair.received' },
      { kind: 'change', patch: { phone: '+98912*****67', email: 's***@example.com' } },
      { kind: 'event', id: 'v1', type: 'shop.visited', at: '2020-01-01T00:00:00.000Z', data: {} },
    ]);
    expect(items[4]?.['arrival']).toMatch(/^20.*\.\d{3}Z$/);
    expect(next).toBeNull();
  });

  it('is paged without a gap or a repeat, also where many have one instant', async () => {
    const batch = Array.from({ length: 25 }, (_, at) =>
      eventOf({ subject: 'paged', id: `p${String(at)}`, time: at < 20 ? '2021-01-01T00:00:00.123Z' : undefined }),
    );
    await post(running.url, batch, 'application/cloudevents-batch+json');
    const seen: unknown[] = [];
    let before = '';
    for (let next: string | null = ''; next !== null; before = `&before=${String(next)}`) {
      const page: Timeline = await timelineOf('paged', `?limit=4${before}`);
      expect(page.items.length).toBeLessThanOrEqual(4);
      seen.push(...page.items.map(({ id }) => id));
      next = page.next;
    }
    expect(seen).toHaveLength(25);
    expect(new Set(seen).size).toBe(25);
  });

  it('of a stranger is 404, and a wrong query 400', async () => {
    expect(await ask(`${running.url}/v1/customers/stranger/timeline`)).toMatchObject({
      status: 404,
      body: {
        errors: [{ place: 'id', message: expect.stringContaining('there is no customer "stranger"') as string }],
      },
    });
    const answer = await ask(`${running.url}/v1/customers/stranger/timeline?limit=9999&befor=x&before=zzz`);
    expect(answer).toMatchObject({
      status: 400,
      body: {
        errors: [
          { place: 'limit', message: 'is "9999"; expected a whole number from 1 to 500' },
          { place: 'befor', message: 'is no parameter; did you mean "before"?' },
          { place: 'before', message: 'is "zzz"; expected the "next" of the page before' },
        ],
      },
    });
  });
});

describe('GET /v1/journeys', () => {
  it('lists the loaded ones with the people inside', async () => {
    await enrolled('inside-1', { enteredAt: '2026-01-01T00:00:00Z' });
    await enrolled('inside-2', { enteredAt: '2026-01-01T00:00:00Z' });
    const { status, body } = await ask(`${running.url}/v1/journeys`);
    expect(status).toBe(200);
    expect(body).toEqual({
      journeys: [
        {
          name: 'repair-status',
          title: 'تعمیر',
          purpose: 'service',
          version: '0123456789abcdef',
          draft: false,
          people: { active: 2, watching: 0 },
        },
      ],
    });
  });
});

describe('GET /v1/messages', () => {
  const idsOf = (answer: Answer): string[] =>
    (answer.body as { messages: { id: string }[] }).messages.map(({ id }) => id);

  it('lists them newest first, filtered and paged, addresses masked', async () => {
    for (const id of [101, 102, 103]) await messaged('m-1', { id, at: '2026-01-01T00:00:00Z' });
    await messaged('m-2', { id: 104, at: '2026-01-01T00:00:00Z', state: 'failed' });
    expect(idsOf(await ask(`${running.url}/v1/messages?customer=m-1`))).toEqual(['103', '102', '101']);
    expect(idsOf(await ask(`${running.url}/v1/messages?state=failed`))).toEqual(['104']);
    expect(idsOf(await ask(`${running.url}/v1/messages?journey=none`))).toEqual([]);
    const first = await ask(`${running.url}/v1/messages?customer=m-1&limit=2`);
    expect(first.body).toMatchObject({
      messages: [
        { id: '103', customer: 'm-1', address: '+98912*****67', text: 'سلام', created_at: '2026-01-01T00:00:00.000Z' },
        {},
      ],
      next: '102',
    });
    const second = await ask(`${running.url}/v1/messages?customer=m-1&limit=2&before=102`);
    expect(idsOf(second)).toEqual(['101']);
    expect(second.body).toMatchObject({ next: null });
  });

  it('refuses a state that is none', async () => {
    expect(await ask(`${running.url}/v1/messages?state=gone&limit=0`)).toMatchObject({
      status: 400,
      body: {
        errors: [
          { place: 'state', message: expect.stringContaining('expected one of queued') as string },
          { place: 'limit' },
        ],
      },
    });
  });
});

async function enrolled(customer: string, times: { enteredAt: string; endedAt?: string }): Promise<void> {
  const sql = `insert into enrolment (customer_id, journey, seq, version, status, started_by, entered_at, ended_at, reason, state,
      decided_at, bundle, stimulus)
    values ($1, 'repair-status', 1, 'v', $2, 'repair.received', $3, $4, 'goal', '{}', $3, 1, 'event')`;
  const { enteredAt, endedAt = null } = times;
  const status = endedAt === null ? 'active' : 'ended';
  await running.database.run(statement('test-enrol', sql), [customer, status, enteredAt, endedAt]);
}

async function messaged(customer: string, message: { id: number; at: string; state?: string }): Promise<void> {
  const sql = `insert into message (id, customer_id, journey, enrolment, step, template, purpose, rank, channel, address, content,
      bundle, state, created_at)
    values ($1, $2, 'repair-status', 1, 's', 't', 'service', 1, 'sms', '+989121234567', '{"text": "سلام", "parts": 1}', 1, $3, $4)`;
  await running.database.run(statement('test-message', sql), [
    message.id,
    customer,
    message.state ?? 'sent',
    message.at,
  ]);
}
