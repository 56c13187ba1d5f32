import { journeyText, toldOf } from '../../../../../test/given/workspace.js';

const told = (parts: Parameters<typeof journeyText>[0], files: Readonly<Record<string, string>> = {}) =>
  toldOf({ 'journeys/test.yaml': journeyText(parts), ...files }).map((line) => line.replace('journeys/test.yaml:', ''));

/** What is told of each of these steps, which stand in one journey, a line each. */
function toldOfEach(steps: readonly string[], files?: Parameters<typeof told>[1]): readonly (readonly string[])[] {
  const lines = told({ steps: steps.map((step) => `  - ${step}`).join('\n') }, files);
  return steps.map((_, number) =>
    lines.filter((line) => line.startsWith(`${String(number + 5)}:`)).map((line) => line.replace(/^\d+:/, '')),
  );
}

describe('how long a web hook is waited for', () => {
  it('is 60 seconds at most, however they are written', () => {
    const lengths = ['1 second', '60 seconds', '1 minute', '61 seconds', '2 minutes', '1 hour', '1 day'];
    const found = toldOfEach(lengths.map((length) => `{ webhook: "https://example.com", time_out: ${length} }`));
    const long = [expect.stringMatching('60 seconds at most')];
    expect(found).toEqual([[], [], [], long, long, long, long]);
  });
});

describe('a name that an arm which stays saves', () => {
  const others = (then: string) =>
    told({
      steps: `  - wait_for:
      - { event: repair.estimated, stay: true, save_as: estimate }
      - { event: repair.ready, then: [ ${then} ] }`,
    });

  it('may be there in the others, so that they ask for it', () => {
    const uses = 'set: { tier: =estimate.repair_id }';
    expect(others(uses)).toEqual([expect.stringMatching(/^7:.*default/)]);
    expect(others(`{ choose: [ { when: known(estimate), then: [ ${uses} ] } ] }`)).toEqual([]);
  });
});

describe('what a step saves', () => {
  const used = (steps: readonly string[], uses: readonly string[]) =>
    toldOfEach([...steps, ...uses.map((use) => `choose: [ { when: known(it), then: [ ${use} ] } ]`)]).slice(
      steps.length,
    );
  const below = (step: string, ...values: readonly string[]) =>
    used(
      [step],
      values.map((value) => `set: { tier: =string(${value}) }`),
    );
  const asked = [expect.stringMatching(/default/)];

  it('is there as a whole, once it is there', () => {
    expect(below('{ ask: hello, answers: 1..5, save_as: it }', 'it.value', 'it.text', 'it.channel')).toEqual([
      [],
      [],
      [],
    ]);
    const back = ['{ grant: 5 toman, save_as: gift }', '{ take_back: gift, save_as: it }'];
    expect(used(back, ['grant: =it.amount', 'grant: =it.balance'])).toEqual([[], []]);
  });

  it('has a result only when the task was done, and a body only where one came', () => {
    expect(below('{ task: call, results: [solved], save_as: it }', 'it.result', 'it.task_id')).toEqual([asked, []]);
    expect(below('{ webhook: "https://example.com", save_as: it }', 'it.body', 'it.status')).toEqual([asked, []]);
  });
});

describe('below a condition that cannot be read', () => {
  const events =
    'repair.received: { repair_id: text }\nrepair.ready: { repair_id: text, place?: text }\nloose: { schema: {} }\n';
  const once = (event: string, value: string) =>
    told(
      {
        steps: `  - { wait_for: ${event}, when: "1 +", save_as: it }\n  - set: { tier: '=${value}' }`,
      },
      { 'journeys/events.yaml': events },
    );

  it('what may be absent is there, whatever it is', () => {
    expect(once('loose', 'it.deep.name + "x"')).toEqual([expect.stringMatching(/^5:/)]);
    expect(once('repair.ready', 'it.place + "x"')).toEqual([expect.stringMatching(/^5:/)]);
  });
});

describe('what is wrong is told once', () => {
  const below = '\n  - send: hello';

  it('of a condition that cannot be read, though its steps stop', () => {
    const choose = '  - choose: [ { when: "1 +", then: [ stop: a ] } ]';
    expect(told({ steps: `${choose}${below}` })).toEqual([expect.stringMatching(/^5:2\d: /)]);
  });

  it('of an alternative or an arm that is no mapping', () => {
    const steps = ['choose: [ x ]', 'choose: [ [ send: hello ] ]', 'wait_for: [ { event: visit }, x ]'];
    const alternative = [expect.stringMatching(/^15: expected an alternative as a mapping/)];
    expect(toldOfEach(steps)).toEqual([alternative, alternative, [expect.stringMatching(/^35: expected an arm/)]]);
  });

  it('of a moment that is none, though both its ways stop', () => {
    const wait = '  - { wait_until: someday, then: [ stop: a ], else: [ stop: b ] }';
    expect(told({ steps: `${wait}${below}` })).toEqual([expect.stringMatching(/^5:\d+: /)]);
    expect(told({ steps: '  - wait_until: { date: [2026-12-21], at: "10:00" }' })).toEqual([
      expect.stringMatching(/^5:\d+: expected a date, an instant or =expression, got a list/),
    ]);
  });
});

describe('a name that is always there', () => {
  const names = 'event trigger trigger_event started_by customer now past true false null in and or not'.split(' ');

  it('is given to nothing else', () => {
    expect(toldOfEach(names.map((name) => `{ wait_for: visit, save_as: "${name}" }`))).toEqual(
      names.map((name) => [`33: "${name}" is taken; give it another name`]),
    );
  });
});

describe('an opt-out word beside a range of answers', () => {
  const refused = (...words: readonly string[]) =>
    told(
      { steps: '  - { ask: hello, answers: 1..5 }' },
      {
        'journeys/policy.yaml': `timezone: Asia/Tehran
calendar: jalali
purposes: { transactional: { consent: not_needed } }
opt_out: { words: ${JSON.stringify(words)}, purposes: [transactional] }
channel_order: [sms]
`,
      },
    ).filter((line) => line.startsWith('5:')).length;

  it('may be what is no answer of it', () => {
    expect(refused('1', '5', '3', '۴', '2!')).toBe(5);
    expect(refused('0', '6', '4.5', '3 no', 'stop')).toBe(0);
  });
});

describe('an attribute of a customer', () => {
  const sets = (...values: readonly string[]) => toldOfEach(values.map((value) => `set: { ${value} }`));

  it('that has to be a phone, an address or a zone is one, in quotes or not', () => {
    expect(sets('phone: "09121234567"', 'phone: 09121234567', 'locale: 12')).toEqual([[], [], []]);
    expect(sets('phone: "12"', 'phone: 12', 'email: true', 'timezone: Asia/Nowhere')).toEqual([
      [expect.stringMatching(/^19: phone: /)],
      [expect.stringMatching(/^19: phone: /)],
      [expect.stringMatching(/^19: email: /)],
      [expect.stringMatching(/^22: timezone: /)],
    ]);
  });

  it('may be worked out, or taken away', () => {
    const told = sets('phone: =trigger.repair_id', 'phone: "{{trigger.repair_id}}"', 'phone: null', 'phone: [1]');
    expect(told).toEqual([[], [], [], [expect.stringMatching(/^19: phone is text, got a list/)]]);
  });
});

describe('a field of an event that is emitted', () => {
  const files = {
    'journeys/events.yaml': 'repair.received: { repair_id: text }\ncounted: { n: integer, of?: number }\n',
  };
  const emits = (...data: readonly string[]) =>
    toldOfEach(
      data.map((one) => `{ emit: counted, data: { ${one} } }`),
      files,
    );
  const refused = (kind: string): readonly unknown[] => [
    expect.stringMatching(`: counted.n is a whole number, and this is ${kind}`),
  ];

  it('is of its kind, and numbers mix', () => {
    expect(emits('n: =1 + 1', 'n: =1.5 + 1', 'n: 1, of: =count("counted")')).toEqual([[], [], []]);
    expect(emits('n: =trigger.repair_id', 'n: =now', 'n: =true')).toEqual([
      ...[refused('text'), refused('a time'), refused('true or false')],
    ]);
  });
});
