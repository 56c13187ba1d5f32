import { explainKept } from '../../../src/explain/explain-kept.js';
import { printExplanation } from '../../../src/explain/print-explanation.js';
import { tellExplanation } from '../../../src/explain/tell/tell-explanation.js';
import type { Engine } from '../../../src/engine/engine.js';
import { settleSent } from '../../../src/store/outbox/settle-sent.sql.js';
import { settleUnsent } from '../../../src/store/outbox/settle-unsent.sql.js';
import { Bench, event, HOUR, shopWith } from '../engine/engine-bench.js';

const START = Date.parse('2040-03-01T08:30:00Z');

const workspace = shopWith({
  'journeys/policy.yaml': `timezone: UTC
calendar: gregorian
purposes: { service: { consent: not_needed } }
channel_order: [sms, email]
`,
  'templates/both/sms.hbs': 'hello\n',
  'templates/both/email.hbs': '---\nsubject: hello\n---\nhello\n',
  'journeys/calling.yaml': `journey: calling
purpose: service
trigger: { event: visit }
steps:
  - { webhook: "https://example.com/ask", id: ask, save_as: answer }
  - send: both
  - wait: 1 week
`,
  'journeys/falling.yaml': `journey: falling
purpose: service
trigger: { event: purchase.completed }
steps: [ { send: both, fallback_after: 10 minutes }, { wait: 1 week } ]
`,
});

describe('the story that peyk explain tells', () => {
  let bench: Bench;
  let engine: Engine;
  beforeAll(async () => {
    bench = await Bench.open();
  });
  beforeEach(async () => {
    await bench.clear();
    await bench.sql('truncate past_attempt');
    bench.now = START;
    ({ engine } = await bench.engine(workspace));
    await decide(event('customer.updated', 'ann', { phone: '+989121234567', email: 'ann@example.com' }));
  });
  afterAll(() => bench.close());

  async function decide(...events: Parameters<Engine['decide']>[0]['events']): Promise<void> {
    await engine.decide({ source: 'http', events });
    while ((await engine.decidePending()) > 0);
  }
  const lease = (): Promise<{ id: number; lease: string }[]> =>
    bench.sql(
      `update message set state = 'sending', lease = gen_random_uuid(), provider = channel || '-provider' returning id, lease`,
    );
  async function accept(): Promise<void> {
    const [row] = await lease();
    await bench.db.run(settleSent, [[row?.id], [row?.lease], ['p-1'], [100]]);
  }
  async function fail(reason: string): Promise<void> {
    const [row] = await lease();
    await bench.db.run(settleUnsent, [[row?.id], [row?.lease], ['failed'], [null], [reason], [false], [true], ['sms']]);
    while ((await engine.decidePending()) > 0);
  }
  const told = async (): Promise<readonly string[]> =>
    tellExplanation(await explainKept(bench.db, { customer: 'ann', journey: undefined }), 'en').map((line) =>
      line.trim(),
    );
  const after = (lines: readonly string[], start: string) =>
    lines.slice(lines.findIndex((line) => line.startsWith(start)));

  it('has the call of a web hook before what follows from its answer', async () => {
    await decide(event('visit', 'ann'));
    const [{ seq } = { seq: 0 }] = await bench.sql<{ seq: number }>('select seq from enrolment');
    bench.now = START + HOUR;
    const call = { journey: 'calling', enrolment: seq, step: 'ask', url: 'https://example.com/ask', status: 200 };
    await decide(event('webhook.answered', 'ann', call, { source: '/webhooks' }));
    const lines = (await told()).filter((line) => line.startsWith('2040'));
    expect(lines.map((line) => line.replace(/^\S+ /, ''))).toEqual([
      '08:30  entered by visit',
      '09:30  ask: called https://example.com/ask: 200',
      '09:30  send-both: sent both by sms to +989121234567',
      expect.stringMatching(/^09:30 {2}wait-1-week: waits until /),
    ]);
  });

  it('has no receipt that came, the channel after it, and the receipt of that one', async () => {
    await decide(event('purchase.completed', 'ann', { amount: 1, kind: 'shirt', order: { id: 1 } }));
    await accept();
    expect(after(await told(), 'message ')[0]).toMatch(
      /^message \d+ both by sms to \S+: sent at .*; by sms-provider, there number p-1; no receipt has come; goes on by email at \S+ \S+$/,
    );
    await bench.sql('update message set fallback_at = $1', [new Date(START).toISOString()]);
    bench.now = START + HOUR;
    await engine.recheckMessages();
    await accept();
    const [message, before] = after(await told(), 'message ');
    expect(message).toMatch(/both by email to ann@example.com: sent at .*; by email-provider, there number p-1$/);
    expect(before).toMatch(/^before, by sms: no receipt came, so it went on at 20\S+ \S+$/);
    const json = printExplanation(await explainKept(bench.db, { customer: 'ann', journey: 'falling' }));
    expect(json.map((line) => JSON.parse(line) as unknown)).toContainEqual(
      expect.objectContaining({
        message: expect.objectContaining({
          passed: [expect.objectContaining({ channel: 'sms', why: 'no_receipt' })],
        }) as unknown,
      }),
    );
  });

  it('has what failed, why, and what came after all', async () => {
    await decide(event('purchase.completed', 'ann', { amount: 1, kind: 'shirt', order: { id: 1 } }));
    await fail('411 receptor is wrong');
    await accept();
    const [{ id } = { id: 0 }] = await bench.sql<{ id: number }>('select id from message');
    const receipt = (channel: string) => ({ message_id: String(id), journey: 'falling', template: 'both', channel });
    await decide(event('message.delivered', 'ann', receipt('sms'), { source: '/messages' }));
    const [message, before] = after(await told(), 'message ');
    expect(message).toMatch(/both by email to \S+: sent at .*; by email-provider, there number p-1$/);
    expect(before).toMatch(
      /^before, sms failed at .*; answer: 411 receptor is wrong; it arrived there all the same at 2040-03-01 08:30$/,
    );
  });
});
