import type { Engine } from '../../../src/engine/engine.js';
import { cancelMessages } from '../../../src/store/pausing/cancel-messages.sql.js';
import { SendingControl } from '../../../src/ops/sending-control.js';
import { putCustomer } from '../../../src/store/customers/put-customer.js';
import { settleSent } from '../../../src/store/outbox/settle-sent.sql.js';
import { settleUnsent } from '../../../src/store/outbox/settle-unsent.sql.js';
import { Bench, DAY, event, HOUR, shopWith, type Running } from './engine-bench.js';

const MINUTE = 60_000;
/** A Saturday, ten in the morning in Tehran. */
const TEN = Date.parse('2026-11-21T10:00:00+03:30');
const at = (hour: number): number => TEN + (hour - 10) * HOUR;

const policy = `timezone: Asia/Tehran
calendar: jalali
purposes:
  transactional: { consent: not_needed }
  service: { consent: not_needed, quiet_hours: "21:00-09:00" }
  marketing:
    consent: required
    quiet_hours: "21:00-09:00"
    caps: [ 1 per 1 day ]
    blackout: [ashura]
    except: [complaining]
    not_after: 3 days
    footer: "لغو۱۱"
  survey: { consent: not_needed, caps: [ 1 per 30 days ], when_capped: drop }
opt_out: { words: ["11"], purposes: [marketing, survey] }
channel_order: [sms, email]
`;

const hello = (channel: string): string => (channel === 'email' ? '---\nsubject: سلام\n---\nسلام\n' : 'سلام\n');

const workspace = shopWith({
  'journeys/policy.yaml': policy,
  'journeys/occasions.yaml': 'ashura: { dates: [2026-11-25] }\n',
  'journeys/audiences.yaml': 'complaining: count("repair.cancelled") > 0\n',
  'templates/both/sms.hbs': hello('sms'),
  'templates/both/email.hbs': hello('email'),
  'templates/how/sms.hbs': 'از ۱ تا ۵ چند؟\n',
  'templates/how/email.hbs': hello('email'),
  'templates/thanks/email.hbs': '---\nsubject: ممنون\n---\nممنون\n',
  'templates/thanks/sms.hbs': 'ممنون: {{csat.value}}\n',
  'journeys/news.yaml': `journey: news
purpose: marketing
trigger: { event: visit }
steps: [ send: hello ]
`,
  'journeys/offers.yaml': `journey: offers
purpose: marketing
trigger: { event: purchase.completed }
steps: [ send: hello ]
`,
  'journeys/status.yaml': `journey: status
purpose: service
about: repair_id
trigger: { event: repair.received }
exit: { event: repair.cancelled }
steps:
  - { send: both, fallback_after: 10 minutes, not_after: 2 days }
  - wait: 1 week
`,
  'journeys/survey.yaml': `journey: survey
purpose: survey
about: repair_id
trigger: { event: repair.delivered }
steps:
  - { ask: how, answers: 1..5, within: 2 days, save_as: csat, else: [ stop: silent ] }
  - { send: thanks, via: reply, purpose: transactional }
`,
  'journeys/else.yaml': `journey: else
purpose: service
trigger: { event: repair.ready }
steps:
  - send: both
    else: [ stop: nobody-heard ]
  - stop: heard
`,
});

interface Row {
  readonly id: number;
  readonly customer_id: string;
  readonly journey: string;
  readonly channel: string;
  readonly template: string;
  readonly state: string;
  readonly reason: string | null;
  readonly leave_by: number | null;
  readonly next_at: number | null;
  readonly fallback_at: number | null;
  readonly content: { readonly text?: string };
}

describe('the policy', () => {
  let bench: Bench;
  let running: Running;
  let engine: Engine;
  beforeAll(async () => {
    bench = await Bench.open();
  });
  beforeEach(async () => {
    await bench.clear();
    await bench.sql('truncate past_attempt');
    running = await bench.engine(workspace);
    engine = running.engine;
    bench.now = TEN - HOUR;
    await know('ann', { consent: { marketing: true } });
    bench.now = TEN;
  });
  afterAll(() => bench.close());

  const rows = (): Promise<Row[]> => bench.sql<Row>('select * from message order by id');
  const states = async (): Promise<unknown[]> => (await rows()).map(({ state, reason }) => [state, reason]);
  const told = (): unknown[] =>
    running.watcher.traces
      .filter(({ kind }) => ['sent', 'deferred', 'suppressed'].includes(kind))
      .map((line) => [line.kind, ...('reason' in line ? [line.reason] : [])]);

  async function know(id: string, more: object = {}): Promise<void> {
    const data = { phone: '+989121234567', email: `${id}@example.com`, ...more };
    await decide(event('customer.updated', id, data));
  }

  async function decide(...events: Parameters<typeof engine.decide>[0]['events']): Promise<void> {
    await engine.decide({ source: 'http', events });
    while ((await engine.decidePending()) > 0);
  }

  /** A provider has the newest message, or will never have it. */
  async function settle(outcome: 'accepted' | 'failed' | 'fallback', heard?: 'unheard'): Promise<void> {
    const [{ id, lease, channel } = { id: 0, lease: '', channel: '' }] = await bench.sql<{
      id: number;
      lease: string;
      channel: string;
    }>(
      `update message set state = 'sending', lease = gen_random_uuid(), provider = channel || '-provider'
       where id = (select max(id) from message) returning id, lease, channel`,
    );
    if (outcome === 'accepted') await bench.db.run(settleSent, [[id], [lease], [`p-${channel}`], [3500]]);
    else {
      const state = outcome === 'failed' ? 'failed' : 'queued';
      const falls = outcome === 'fallback';
      await bench.db.run(settleUnsent, [[id], [lease], [state], [null], ['no'], [false], [falls], [channel]]);
    }
    if (heard === 'unheard') return;
    while ((await engine.decidePending()) > 0);
  }

  it('lets a message leave until the next quiet hours, and no later than its not_after', async () => {
    await decide(event('visit', 'ann'));
    expect((await rows())[0]).toMatchObject({ state: 'queued', leave_by: at(21), content: { text: 'سلام\nلغو۱۱' } });
    bench.now = at(20);
    await decide(event('repair.received', 'ann', { repair_id: 'r1' }));
    expect((await rows())[1]).toMatchObject({ leave_by: at(21) });
  });

  it('asks for consent, and for a word of withdrawal', async () => {
    await know('bob');
    await know('eve', { consent: { marketing: false } });
    await decide(event('visit', 'bob'), event('visit', 'eve'));
    expect(await rows()).toEqual([]);
    expect(told()).toEqual([
      ['suppressed', 'no_consent'],
      ['suppressed', 'opted_out'],
    ]);
  });

  it('excepts whom an audience names, judged from their history', async () => {
    await decide(event('repair.cancelled', 'ann', { repair_id: 'r0' }));
    await decide(event('visit', 'ann'));
    expect(told()).toEqual([['suppressed', 'excepted']]);
  });

  it('counts messages of all journeys, those of one batch too, and holds what is above a cap', async () => {
    await decide(event('visit', 'ann'), event('visit', 'ann'));
    await decide(event('purchase.completed', 'ann', { amount: 1, kind: 'shirt', order: { id: 1 } }));
    expect(told()).toEqual([['sent'], ['deferred', 'capped'], ['deferred', 'capped']]);
    // The older of those held goes first, and then fills the cap again.
    bench.now = TEN + DAY;
    await engine.decideDueTimers();
    expect(told().slice(3)).toEqual([['sent'], ['deferred', 'capped']]);
    expect((await rows()).map(({ journey }) => journey)).toEqual(['news', 'news']);
  });

  it('drops what is above a cap where it says so, once in thirty days', async () => {
    for (let day = 0; day < 40; day += 2) {
      bench.now = TEN + day * DAY;
      await decide(event('repair.delivered', 'ann', { repair_id: `r${String(day)}` }));
    }
    expect(running.watcher.traces.filter(({ kind }) => kind === 'sent').map((line) => line.at)).toEqual([
      TEN,
      TEN + 30 * DAY,
    ]);
  });

  it('no longer counts what has failed on every channel', async () => {
    await decide(event('visit', 'ann'));
    await settle('failed');
    await decide(event('visit', 'ann'));
    expect(told()).toEqual([['sent'], ['sent']]);
  });

  it('takes back what quiet hours reach in the queue, and lets it go in the morning', async () => {
    await decide(event('visit', 'ann'));
    bench.now = at(20);
    expect(await engine.recheckMessages()).toBe(0);
    bench.now = at(21) + 1;
    expect(await engine.recheckMessages()).toBe(1);
    expect(await rows()).toMatchObject([{ state: 'deferred', reason: 'quiet_hours', next_at: at(33) }]);
    expect(await bench.sql(`select id from next_messages('sms', 10)`)).toEqual([]);
    bench.now = at(33);
    expect(await engine.recheckMessages()).toBe(1);
    expect(await rows()).toMatchObject([{ state: 'queued', reason: null, leave_by: at(45) }]);
  });

  it('takes back what a blackout reaches, and what is then past its not_after', async () => {
    await decide(event('visit', 'ann'));
    await bench.sql(`update message set leave_by = $1`, [new Date(at(20)).toISOString()]);
    bench.now = Date.parse('2026-11-25T12:00:00+03:30');
    expect(await engine.recheckMessages()).toBe(1);
    expect(await states()).toEqual([['suppressed', 'too_late']]);
  });

  it('takes back what a withdrawal or an exit reaches, also while it is deferred', async () => {
    await decide(event('visit', 'ann'), event('repair.received', 'ann', { repair_id: 'r1' }));
    bench.now = at(21) + 1;
    await engine.recheckMessages();
    expect(await states()).toEqual([
      ['deferred', 'quiet_hours'],
      ['deferred', 'quiet_hours'],
    ]);
    await decide(event('message.received', 'ann', { channel: 'sms', from: '+989121234567', text: '۱۱' }));
    await decide(event('repair.cancelled', 'ann', { repair_id: 'r1' }));
    expect(await states()).toEqual([
      ['withdrawn', 'opted_out'],
      ['withdrawn', 'exit'],
    ]);
  });

  describe('what rested on consent that is forgotten', () => {
    const forgetful = { phone: '+989121234567', email: 'ann@example.com', consent: { marketing: null } };
    beforeEach(() => decide(event('visit', 'ann'), event('repair.received', 'ann', { repair_id: 'r1' })));

    it('does not leave after an event; the rest does', async () => {
      await decide(event('customer.updated', 'ann', forgetful));
      bench.now = TEN + 1;
      await engine.recheckMessages();
      expect(await states()).toEqual([
        ['suppressed', 'no_consent'],
        ['queued', null],
      ]);
      expect(await bench.sql('select consent from customer')).toEqual([{ consent: {} }]);
    });

    it('does not leave after a PUT; what an operator took back stays so', async () => {
      await bench.sql(`update message set leave_by = case when journey = 'status' then '-infinity'::timestamptz end`);
      expect(await bench.sql('select id from next_messages($1, 10)', ['sms'])).toHaveLength(1);
      await putCustomer(bench.db, 'ann', forgetful);
      expect(await bench.sql('select id from next_messages($1, 10)', ['sms'])).toEqual([]);
      bench.now = undefined;
      await engine.recheckMessages();
      expect(await states()).toEqual([
        ['suppressed', 'no_consent'],
        ['withdrawn', 'taken_back'],
      ]);
    });
  });

  describe('what waits for somebody who has another clock now', () => {
    const elsewhere = { phone: '+989121234567', email: 'ann@example.com', timezone: 'Europe/London' };
    beforeEach(() => decide(event('visit', 'ann')));

    it('is held for their quiet hours after an event', async () => {
      await decide(event('customer.updated', 'ann', elsewhere));
      bench.now = TEN + 1;
      await engine.recheckMessages();
      expect(await states()).toEqual([['deferred', 'quiet_hours']]);
    });

    it('does not leave untested after a PUT', async () => {
      await bench.sql('update message set leave_by = null');
      expect(await bench.sql('select id from next_messages($1, 10)', ['sms'])).toHaveLength(1);
      await putCustomer(bench.db, 'ann', { ...elsewhere, consent: { marketing: true } });
      expect(await bench.sql('select id from next_messages($1, 10)', ['sms'])).toEqual([]);
    });
  });

  it('tests a deferred message again: who has been excepted since gets none', async () => {
    await decide(event('visit', 'ann'));
    bench.now = at(21) + 1;
    await engine.recheckMessages();
    await decide(event('repair.cancelled', 'ann', { repair_id: 'r0' }));
    bench.now = at(33);
    await engine.recheckMessages();
    expect(await states()).toEqual([['suppressed', 'excepted']]);
  });

  describe('on the way to another channel', () => {
    beforeEach(async () => {
      await decide(event('repair.received', 'ann', { repair_id: 'r1' }));
      await settle('accepted');
      bench.now = undefined;
    });
    const due = () => bench.sql(`update message set fallback_at = $1`, [new Date(bench.now ?? 0).toISOString()]);

    it('waits for a receipt as long as it says, then tries the next one', async () => {
      const [sent] = await rows();
      const soon = Date.now() + 10 * MINUTE;
      expect(sent).toMatchObject({ state: 'sent', channel: 'sms' });
      expect(Math.abs((sent?.fallback_at ?? 0) - soon)).toBeLessThan(MINUTE);
      bench.now = at(12);
      await due();
      expect(await engine.recheckMessages()).toBe(1);
      expect(await rows()).toMatchObject([
        { state: 'queued', channel: 'email', fallback_at: null, fallbacks: [], leave_by: at(21) },
      ]);
      expect(await bench.sql('select provider, provider_id, channel from past_attempt')).toEqual([
        { provider: 'sms-provider', provider_id: 'p-sms', channel: 'sms' },
      ]);
      // It was accepted once: its failure there is not that of the message.
      await settle('failed');
      expect(await bench.sql(`select data -> 'last' as last from event where type = 'message.failed'`)).toEqual([
        { last: false },
      ]);
    });

    it('goes no further where the channel before it tells after all that it has arrived', async () => {
      bench.now = at(12);
      await due();
      await engine.recheckMessages();
      const [{ id } = { id: 0 }] = await rows();
      const data = { message_id: String(id), journey: 'status', template: 'both', channel: 'sms' };
      await decide(event('message.delivered', 'ann', data, { source: '/messages' }));
      expect(await rows()).toMatchObject([{ state: 'sent', reason: null, fallback_at: null }]);
      expect(await bench.sql(`select id from next_messages('email', 10)`)).toEqual([]);
    });

    it('ends where an operator cancels it', async () => {
      const control = new SendingControl(bench.db, undefined);
      expect(await control.cancel({ customer: 'ann', template: 'both' })).toEqual({
        ...{ kind: 'done', withdrawn: 0, underWay: 0 },
      });
      expect(await rows()).toMatchObject([{ state: 'sent', fallback_at: null }]);
    });

    it('ends where the customer writes', async () => {
      await decide(event('message.received', 'ann', { channel: 'email', from: 'x', text: 'سلام' }));
      expect((await rows())[0]?.fallback_at).not.toBeNull();
      await decide(event('message.received', 'ann', { channel: 'sms', from: 'x', text: 'سلام' }));
      expect(await rows()).toMatchObject([{ state: 'sent', fallback_at: null }]);
    });

    it('is held by quiet hours', async () => {
      bench.now = at(22);
      await due();
      await engine.recheckMessages();
      expect(await rows()).toMatchObject([{ state: 'sent', channel: 'sms', fallback_at: at(33) }]);
    });

    it('stops at an exit, and at a withdrawal', async () => {
      bench.now = at(11);
      await decide(event('repair.cancelled', 'ann', { repair_id: 'r1' }));
      expect(await rows()).toMatchObject([{ state: 'sent', fallback_at: null }]);
      await decide(event('repair.received', 'ann', { repair_id: 'r2' }));
      await settle('accepted');
      await decide(event('consent.withdrawn', 'ann', { purpose: 'service' }));
      bench.now = at(12);
      await bench.sql(`update message set fallback_at = $1 where fallback_at is not null`, [
        new Date(bench.now).toISOString(),
      ]);
      await engine.recheckMessages();
      expect(await states()).toEqual([
        ['sent', null],
        ['sent', null],
      ]);
    });
  });

  it.each(['telegram', 'bale', 'email', 'webhook'])(
    'waits for no receipt from %s, which gives none',
    async (channel) => {
      await decide(event('repair.received', 'ann', { repair_id: 'r1' }));
      await bench.sql('update message set channel = $1', [channel]);
      await settle('accepted');
      expect(await rows()).toMatchObject([{ state: 'sent', channel, fallback_at: null, fallbacks: [{}] }]);
    },
  );

  it('moves what waits on a channel that is closed to the next one, and never falls back there', async () => {
    await decide(event('repair.received', 'ann', { repair_id: 'r1' }));
    await decide(event('consent.withdrawn', 'ann', { purpose: 'service', channel: 'sms' }));
    expect(await rows()).toMatchObject([{ state: 'queued', channel: 'email', fallbacks: [] }]);
    await know('bob');
    await decide(event('repair.received', 'bob', { repair_id: 'r2' }));
    await decide(event('consent.withdrawn', 'bob', { purpose: 'service', channel: 'email' }));
    expect((await rows())[1]).toMatchObject({ state: 'queued', channel: 'sms', fallbacks: [] });
    await decide(event('consent.withdrawn', 'bob', { purpose: 'service', channel: 'sms' }));
    expect((await states())[1]).toEqual(['withdrawn', 'opted_out']);
  });

  describe('hears a receipt before the provider’s answer is written:', () => {
    const receipt = (status: string, id = 0): Promise<void> => {
      const data = { message_id: String(id), journey: 'status', template: 'both', channel: 'sms' };
      return decide(event(`message.${status}`, 'ann', data, { source: '/messages' }));
    };
    const toldWhileSending = async (status: string): Promise<Row | undefined> => {
      await decide(event('repair.received', 'ann', { repair_id: 'r1' }));
      const [{ id } = { id: 0 }] = await rows();
      await bench.sql(`update message set state = 'sending'`);
      await receipt(status, id);
      await settle('accepted');
      return (await rows())[0];
    };

    it('what has arrived falls back no more', async () => {
      expect(await toldWhileSending('delivered')).toMatchObject({ state: 'sent', fallback_at: null });
    });

    it('what has failed goes on at once', async () => {
      const sent = await toldWhileSending('failed');
      expect(sent).toMatchObject({ state: 'sent', channel: 'sms' });
      expect((sent?.fallback_at ?? Infinity) - Date.now()).toBeLessThan(MINUTE);
    });
  });

  it('does in one batch what it does in two where a channel is closed behind a message', async () => {
    await know('bob');
    const closed = (customer: string, channel: string) =>
      event('consent.withdrawn', customer, { purpose: 'service', channel });
    await decide(event('repair.received', 'ann', { repair_id: 'r1' }), closed('ann', 'email'));
    await decide(event('repair.received', 'bob', { repair_id: 'r2' }), closed('bob', 'sms'));
    expect(await rows()).toMatchObject([
      { customer_id: 'ann', channel: 'sms', fallbacks: [] },
      { customer_id: 'bob', channel: 'email', fallbacks: [] },
    ]);
    await decide(event('repair.received', 'ann', { repair_id: 'r3' }), closed('ann', 'sms'));
    expect(await rows()).toHaveLength(2);
  });

  it('moves nothing to a channel that is closed by another word of the same batch', async () => {
    await decide(event('repair.received', 'ann', { repair_id: 'r1' }));
    const closed = (channel: string) => event('consent.withdrawn', 'ann', { purpose: 'service', channel });
    await decide(closed('sms'), closed('email'));
    expect(await states()).toEqual([['withdrawn', 'opted_out']]);
  });

  describe('tells a step that waits', () => {
    const exits = async (): Promise<unknown[]> =>
      (await bench.sql<{ reason: string }>(`select reason from enrolment where journey = 'else'`)).map(
        ({ reason }) => reason,
      );
    beforeEach(() => decide(event('repair.ready', 'ann', { repair_id: 'r1' })));

    it('that a provider has its message', async () => {
      expect(await exits()).toEqual([null]);
      await settle('accepted');
      expect(await exits()).toEqual(['heard']);
    });

    it('that it has failed on every channel, and not before', async () => {
      await settle('fallback');
      expect(await exits()).toEqual([null]);
      await settle('failed');
      expect(await exits()).toEqual(['nobody-heard']);
    });

    const no = (channel?: string) =>
      event('consent.withdrawn', 'ann', { purpose: 'service', ...(channel && { channel }) });

    it('that its purpose was withdrawn before it left', async () => {
      await decide(no());
      expect([await states(), await exits()]).toEqual([[['withdrawn', 'opted_out']], ['nobody-heard']]);
    });

    it('that its last channel was closed before it left', async () => {
      await decide(no('sms'));
      expect(await exits()).toEqual([null]);
      await decide(no('email'));
      expect(await exits()).toEqual(['nobody-heard']);
    });

    it('that its purpose was withdrawn in the same batch', async () => {
      await decide(
        event('repair.ready', 'bob', { repair_id: 'r2' }),
        event('consent.withdrawn', 'bob', { purpose: 'service' }),
      );
      await know('eve');
      await decide(
        event('repair.ready', 'eve', { repair_id: 'r3' }),
        event('consent.withdrawn', 'eve', { purpose: 'service' }),
      );
      expect(await exits()).toEqual([null, 'nobody-heard', 'nobody-heard']);
    });

    it('that its purpose was withdrawn while a provider was about to refuse it', async () => {
      await bench.sql(`update message set state = 'sending'`);
      await decide(no());
      await settle('fallback');
      await engine.recheckMessages();
      while ((await engine.decidePending()) > 0);
      expect([await states(), await exits()]).toEqual([[['withdrawn', 'taken_back']], ['nobody-heard']]);
    });

    it('that somebody has cancelled it', async () => {
      await bench.db.run(cancelMessages, [null, 'else', null, null, null, null, '', 0, 10]);
      while ((await engine.decidePending()) > 0);
      expect([await states(), await exits()]).toEqual([[['withdrawn', 'cancelled']], ['nobody-heard']]);
    });

    it('that the channel to fall back on was closed while a provider was about to refuse it', async () => {
      await bench.sql(`update message set state = 'sending'`);
      await decide(no('email'));
      await settle('fallback');
      expect([await states(), await exits()]).toEqual([[['failed', 'no']], ['nobody-heard']]);
    });

    it('that it was held until it made no sense any more', async () => {
      await bench.sql('update message set not_after = $1, leave_by = $1', [new Date(at(11)).toISOString()]);
      bench.now = at(12);
      await engine.recheckMessages();
      while ((await engine.decidePending()) > 0);
      expect(await states()).toEqual([['suppressed', 'too_late']]);
      expect(await exits()).toEqual(['nobody-heard']);
    });
  });

  it('takes an answer on the channel that a question went on to because its own was closed', async () => {
    await decide(event('repair.delivered', 'ann', { repair_id: 'r1' }));
    await decide(event('consent.withdrawn', 'ann', { purpose: 'survey', channel: 'sms' }));
    await decide(event('message.received', 'ann', { channel: 'email', from: 'x', text: '4' }));
    expect((await rows()).map(({ template, channel }) => [template, channel])).toEqual([
      ['how', 'email'],
      ['thanks', 'email'],
    ]);
  });

  it('counts for caps what was sent also where a journey is there no more', async () => {
    await decide(event('visit', 'ann'));
    await bench.sql(`update message set created_at = created_at - interval '2 days'`);
    await decide(event('purchase.completed', 'ann', { amount: 1, kind: 'shirt', order: { id: 1 } }));
    await bench.sql(`update message set journey = 'gone' where journey = 'news'`);
    bench.now = at(21) + 1;
    await engine.recheckMessages();
    bench.now = at(33);
    await bench.sql(`update message set state = 'sent' where journey = 'offers'`);
    await engine.recheckMessages();
    expect((await rows()).map(({ journey, state, reason }) => [journey, state, reason])).toEqual([
      ['gone', 'deferred', 'capped'],
      ['offers', 'sent', 'quiet_hours'],
    ]);
  });

  it('excepts from a message of a journey that is there no more whom an audience names', async () => {
    await decide(event('visit', 'ann'));
    await bench.sql(`update message set journey = 'gone'`);
    await decide(event('repair.cancelled', 'ann', { repair_id: 'r0' }));
    bench.now = at(21) + 1;
    await engine.recheckMessages();
    expect(await states()).toEqual([['suppressed', 'excepted']]);
  });

  it('looks again at everybody else’s messages where one customer cannot be looked at', async () => {
    await know('bob', { consent: { marketing: true } });
    await decide(event('visit', 'ann'), event('visit', 'bob'));
    await bench.sql(`update customer set attributes = attributes || '{"timezone": "Nowhere"}' where id = 'ann'`);
    bench.now = at(21) + 1;
    expect(await engine.recheckMessages()).toBe(2);
    expect(await rows()).toMatchObject([
      { customer_id: 'ann', state: 'deferred', reason: 'not_tested', next_at: at(21) + 1 + 10 * MINUTE },
      { customer_id: 'bob', state: 'deferred', reason: 'quiet_hours' },
    ]);
    expect(running.watcher.poison.map(({ customer }) => customer)).toEqual(['ann']);
  });

  it('takes an answer on the channel that a question has come to, before that provider has said a word', async () => {
    await decide(event('repair.delivered', 'ann', { repair_id: 'r1' }));
    // What the outbox told of it is still to be decided.
    await settle('fallback', 'unheard');
    await decide(event('message.received', 'ann', { channel: 'email', from: 'x', text: '4' }));
    expect((await rows()).map(({ template, channel }) => [template, channel])).toEqual([
      ['how', 'email'],
      ['thanks', 'email'],
    ]);
  });

  it('takes an answer to a question and thanks on the channel on which it came', async () => {
    await decide(event('repair.delivered', 'ann', { repair_id: 'r1' }));
    await settle('accepted');
    await decide(event('message.received', 'ann', { channel: 'sms', from: '+989121234567', text: '۵' }));
    expect((await rows()).map(({ content }) => content.text)).toEqual(['از ۱ تا ۵ چند؟', 'ممنون: 5']);
  });
});
