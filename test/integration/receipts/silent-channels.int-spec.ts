import { receiptHealth } from '../../../src/ops/receipt-health.js';
import { Bench, event, shopWith } from '../engine/engine-bench.js';

const workspace = shopWith({
  'journeys/watching.yaml': 'journey: watching\npurpose: service\ntrigger: { event: visit }\nsteps: [ send: hello ]\n',
});

describe('whether receipts come back', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.open();
  });
  beforeEach(async () => {
    await bench.clear();
    await bench.sql('truncate past_attempt');
  });
  afterAll(() => bench.close());

  const checked = () => receiptHealth(bench.db, ['email', 'sms'], 'https://peyk.example').check();

  /** Messages that a provider took so long ago. */
  async function taken(messages: number, hoursAgo: number): Promise<void> {
    const { engine } = await bench.engine(workspace);
    const ids = Array.from({ length: messages }, (_, at) => `c${String(at)}`);
    const known = ids.map((id) => event('customer.updated', id, { phone: '+989121234567' }));
    await engine.decide({ source: 'http', events: [...known, ...ids.map((id) => event('visit', id))] });
    await bench.sql(
      `update message set state = 'sent', provider = 'kavenegar', provider_id = id::text,
         settled_at = clock_timestamp() - $1::integer * interval '1 hour'`,
      [hoursAgo],
    );
  }

  it('is well where nothing was sent, where it was just now, and for one or two phones', async () => {
    expect(await checked()).toMatchObject({ status: 'ok' });
    await taken(5, 1);
    expect(await checked()).toMatchObject({ status: 'ok' });
    await bench.clear();
    await taken(2, 5);
    expect(await checked()).toMatchObject({ status: 'ok' });
  });

  it('is a warning with the remedy where a provider that is to call never does', async () => {
    await taken(5, 5);
    expect(await checked()).toEqual({
      status: 'warning',
      detail:
        'sms: no receipt has come for a day, though its provider took 5 or more messages hours ago: ' +
        "enter https://peyk.example/hooks/sms/<PEYK_HOOK_SECRET> in the provider's panel, and see that it can be reached",
    });
    await bench.sql(`update message set receipt = 'delivered' where id = (select max(id) from message)`);
    expect(await checked()).toMatchObject({ status: 'ok' });
  });

  it('counts what went on to another channel for want of a receipt', async () => {
    await bench.sql(
      `insert into past_attempt (provider, provider_id, message_id, customer_id, channel, at)
       select 'kavenegar', no::text, no, 'ann', 'sms', clock_timestamp() - interval '5 hours' from generate_series(1, 3) as no`,
    );
    expect(await checked()).toMatchObject({ status: 'warning' });
  });

  it('expects none where a provider never tells', async () => {
    await taken(5, 5);
    await bench.sql(`update message set channel = 'email', provider = 'smtp'`);
    expect(await checked()).toMatchObject({ status: 'ok' });
  });
});
