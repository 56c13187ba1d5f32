import { KeptCustomer } from '../../../../test/given/desk.js';
import { on, story, workspaceOf } from '../../../../test/given/simulation.js';

const attributes = { phone: '+989121234567', email: 'a@example.com' };

/** What is queued after the messages of a journey have come to this. */
function queuedAfter(steps: string, ...outcomes: readonly Parameters<KeptCustomer['hear']>[0]['result'][]) {
  const customer = new KeptCustomer(
    workspaceOf({ journey: `trigger: { event: visit }\nsteps: [ ${steps} ]` }),
    attributes,
  );
  customer.take({ type: 'visit', at: 0 });
  for (const [number, result] of outcomes.entries()) customer.hear({ result, channel: 'email' }, number + 1);
  return customer.effects.flatMap((effect) => (effect.kind === 'queue' ? effect.template : []));
}

describe('a send with else', () => {
  const steps = '{ send: both, else: [ { send: bye } ] }, { send: third }';

  it('is over when a provider has accepted the message, or all have failed', () => {
    expect(queuedAfter(steps)).toEqual(['both']);
    expect(queuedAfter(steps, 'accepted')).toEqual(['both', 'third']);
    expect(queuedAfter(steps, 'failed')).toEqual(['both', 'bye', 'third']);
    expect(queuedAfter(steps, 'withheld')).toEqual(['both', 'bye', 'third']);
  });

  it('is not over when the message goes on to the next channel', () => {
    expect(queuedAfter(steps, 'moved')).toEqual(['both']);
    expect(queuedAfter(steps, 'moved', 'accepted')).toEqual(['both', 'third']);
    expect(queuedAfter(steps, 'moved', 'failed')).toEqual(['both', 'bye', 'third']);
  });
});

describe('a question', () => {
  const steps = '{ ask: both, answers: text, else: [ { send: bye } ] }, { send: third }';

  it('is over when no channel took it, and else is done', () => {
    expect(queuedAfter(steps, 'failed')).toEqual(['both', 'bye', 'third']);
    expect(queuedAfter(steps, 'withheld')).toEqual(['both', 'bye', 'third']);
  });

  it('stays open when one took it', () => {
    expect(queuedAfter(steps, 'accepted')).toEqual(['both']);
    expect(queuedAfter(steps, 'moved')).toEqual(['both']);
  });
});

describe('the channels of a question', () => {
  const asked = (...outcomes: readonly Parameters<KeptCustomer['hear']>[0][]) => {
    const journey = 'trigger: { event: visit }\nsteps: [ { ask: both, answers: text, id: q }, { send: third } ]';
    const customer = new KeptCustomer(workspaceOf({ journey }), attributes);
    customer.take({ type: 'visit', at: 0 });
    for (const [number, outcome] of outcomes.entries()) customer.hear(outcome, number + 1);
    customer.take({ type: 'message.received', at: 100, data: { channel: 'email', text: 'yes' } });
    return customer.effects.flatMap((effect) => (effect.kind === 'queue' ? effect.template : []));
  };
  const goesOn = { result: 'moved', channel: 'email' } as const;

  it('are those that it went on to, until it has failed there', () => {
    expect(asked()).toEqual(['both']);
    expect(asked(goesOn)).toEqual(['both', 'third']);
    expect(asked(goesOn, { ...goesOn, failedOn: 'email' })).toEqual(['both']);
    expect(asked(goesOn, { result: 'moved', channel: 'telegram', failedOn: 'email' })).toEqual(['both']);
    expect(asked({ ...goesOn, failedOn: 'sms' })).toEqual(['both', 'third']);
  });
});

describe('clocks of one instant', () => {
  const told = (steps: string, ...events: readonly ReturnType<typeof on>[]) =>
    story({
      journey: `trigger: { event: repair.received }\nsteps:\n${steps}`,
      events: [on('11-21 10:00', 'repair.received'), ...events],
    }).slice(2);

  it('go in the order of the arms, and before the limit', () => {
    expect(
      told(`  - wait_for:
      - { event: visit }
      - { after: 1 hour, then: [ send: hello ] }
      - { after: 1 hour, then: [ send: bye ] }
    at_most: 1 hour
    else: [ stop: late ]
`).filter((line) => /sent|exited/.test(line)),
    ).toEqual(['11-21 11:00 sent hello', '11-21 11:00 sent bye', '11-21 11:00 exited late']);
  });

  it('go after an event of that instant', () => {
    expect(
      told(
        `  - wait_for:
      - { event: visit, then: [ stop: came ] }
      - { after: 1 hour, then: [ send: hello ] }
`,
        on('11-21 11:00', 'visit'),
      ).filter((line) => /sent|exited/.test(line)),
    ).toEqual(['11-21 11:00 exited came']);
  });
});
