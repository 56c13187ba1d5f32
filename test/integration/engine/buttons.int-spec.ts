import { Bench, event, shopWith } from './engine-bench.js';

const workspace = shopWith({
  'templates/how/telegram.hbs': 'چطور بود؟\n',
  'templates/how/sms.hbs': 'چطور بود؟\n',
  'journeys/survey.yaml': `journey: survey
purpose: transactional
trigger: { event: repair.received }
steps:
  - ask: how
    via: [telegram, sms]
    answers: { good: [1, خوب, عالی], bad: [2, بد] }
    save_as: answer
`,
});

describe('a question on a messenger', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.open(3);
  });
  afterAll(() => bench.close());

  it('is kept with its buttons, and its SMS without', async () => {
    await bench.sql(`insert into customer (id, decided_at, created_at, attributes) values ('ann', now(), now(), $1)`, [
      JSON.stringify({ phone: '+989121234567', telegram: '4711' }),
    ]);
    const { engine } = await bench.engine(workspace);
    await engine.decide({ source: 'http', events: [event('repair.received', 'ann', { repair_id: 'r1' })] });
    expect(await bench.sql('select channel, address, content, fallbacks from message')).toEqual([
      {
        channel: 'telegram',
        address: '4711',
        content: { text: 'چطور بود؟', buttons: ['خوب', 'بد'] },
        fallbacks: [{ channel: 'sms', address: '+989121234567', content: { text: 'چطور بود؟', parts: 1 } }],
      },
    ]);
  });
});
