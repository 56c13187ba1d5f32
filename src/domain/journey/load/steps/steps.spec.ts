import { givenJourney, journeyText, toldOf } from '../../../../../test/given/workspace.js';
import type { ChooseStep, Step, WaitForStep } from '../../step.js';

const told = (steps: string, top = '') => toldOf({ 'journeys/test.yaml': journeyText({ steps, top }) });

function stepsOf(steps: string, top = ''): readonly Step[] {
  return [...givenJourney({ steps, top }).steps.values()];
}

function byId(steps: readonly Step[], id: string): Step | undefined {
  return steps.find((step) => step.id === id);
}

const step = (id: string) => ({ kind: 'step', id });

describe('step ids', () => {
  it('come of the main key and its target, repeats numbered in reading order', () => {
    const steps = stepsOf(`
  - send: hello
  - wait: 2 days
  - choose:
      - when: known(trigger.device)
        then: [ send: hello, wait: 2 days ]
      - else: [ send: bye, { stop: enough } ]
  - send: hello
  - wait_for: [ { event: visit }, { event: repair.ready } ]
  - wait_for: repair.sent_to_workshop
  - choose: [ { when: known(trigger.device), then: [ stop: done here ] } ]`);
    expect(steps.map(({ id }) => id)).toEqual([
      ...['send-hello', 'wait-2-days', 'choose', 'send-hello-2', 'wait-2-days-2', 'send-bye', 'stop', 'send-hello-3'],
      ...['wait-for-any', 'wait-for-repair-sent-to-workshop', 'choose-2', 'stop-2'],
    ]);
  });

  it('may be given, and made ones keep out of their way', () => {
    const steps = stepsOf(
      '  - send: hello\n  - { send: hello, id: first }\n  - { send: bye, id: send-hello-2 }\n  - send: hello',
    );
    expect(steps.map(({ id }) => id)).toEqual(['send-hello', 'first', 'send-hello-2', 'send-hello-3']);
  });

  it.each([
    ['  - { send: hello, id: One }', /^journeys\/test.yaml:5:24: "One" is no id/],
    [
      '  - { send: hello, id: a }\n  - { send: bye, id: a }',
      /^journeys\/test.yaml:6:22: the id "a" is taken by the step in line 5/,
    ],
  ])('%j is told', (steps, message) => {
    expect(told(steps)).toEqual([expect.stringMatching(message)]);
  });
});

describe('send', () => {
  it("takes the journey's purpose, or its own", () => {
    const steps = stepsOf('  - send: hello\n  - { send: bye, purpose: service }');
    expect(steps).toMatchObject([
      { kind: 'send', template: 'hello', purpose: 'transactional', with: {}, notAfter: undefined },
      { kind: 'send', template: 'bye', purpose: 'service' },
    ]);
  });

  it('gives its names to the template', () => {
    expect(told('  - send: priced')).toEqual([
      expect.stringMatching(/^templates\/priced\/sms.hbs:1:\d+: .*price.*\(sent by journeys\/test.yaml:5\)$/),
    ]);
    expect(told('  - { send: priced, with: { price: 20000 } }')).toEqual([]);
    expect(told('  - { send: priced, with: { price: =toman(5) } }')).toEqual([]);
  });

  it('does not give a name that is not saved at that place', () => {
    expect(told('  - send: repair-estimate')).toEqual([
      expect.stringMatching(/^templates\/repair-estimate\/sms.hbs:1:/),
    ]);
  });

  it.each([
    ['  - send: helo', 'journeys/test.yaml:5:11: there is no template "helo"; did you mean "hello"?'],
    ['  - send:', /^journeys\/test.yaml:5:.*: expected the name of a template, got nothing/],
    [
      '  - { send: hello, purpose: servic }',
      'journeys/test.yaml:5:29: purpose "servic" is not declared in policy.yaml; did you mean "service"?',
    ],
    [
      '  - { send: hello, not_aftr: 1 day }',
      'journeys/test.yaml:5:20: "not_aftr" is no key of a send step; did you mean "not_after"?',
    ],
    ['  - { send: hello, with: [a] }', 'journeys/test.yaml:5:26: expected names and values, got a list'],
    ['  - { send: hello, with: { trigger: a } }', /^journeys\/test.yaml:5:28: "trigger" cannot be a name here/],
    ['  - { send: hello, with: { a: [1] } }', 'journeys/test.yaml:5:31: expected a text or =expression, got a list'],
    [
      '  - { send: hello, with: { a: =trigger.device } }',
      'journeys/test.yaml:5:32: this may be absent; say what then: =default(trigger.device, …)',
    ],
    [
      '  - { send: hello, with: { a: =max(1, 2) } }',
      'journeys/test.yaml:5:31: quote this expression: YAML ends it before ","',
    ],
    [
      '  - { send: hello, with: { a: "{{trigger.devce}}" } }',
      /^journeys\/test.yaml:5:34: "trigger" has no field "devce"; did you mean "device"\?$/,
    ],
    ['  - { send: hello, with: { a: "{{nobody}}" } }', /^journeys\/test.yaml:5:34: there is no "nobody" here/],
    [
      '  - { send: hello, with: { a: "{{trigger}}" } }',
      /^journeys\/test.yaml:5:34: "trigger" is a record and has no text/,
    ],
    [
      '  - { send: hello, with: { a: "{{> x}}" } }',
      /^journeys\/test.yaml:5:32: partials .* are not part of the language/,
    ],
    [
      '  - { send: hello, with: { a: "{{" } }',
      'journeys/test.yaml:5:32: this is no Handlebars: this {{ is not closed; close it with }}',
    ],
  ])('%j is told', (steps, message) => {
    expect(told(steps)).toEqual([typeof message === 'string' ? message : expect.stringMatching(message)]);
  });

  it('needs a text for a channel in use', () => {
    const files = { 'templates/mail/email.hbs': '---\nsubject: a\n---\nb\n' };
    const policy = 'purposes: { transactional: { consent: not_needed } }\nchannel_order: [sms]\n';
    const text = journeyText({ steps: '  - send: mail' });
    expect(toldOf({ ...files, 'journeys/test.yaml': text })).toEqual([]);
    expect(toldOf({ ...files, 'journeys/policy.yaml': policy, 'journeys/test.yaml': text })).toEqual([
      'journeys/test.yaml:5:11: template "mail" has no text for a channel of channel_order (sms); write templates/mail/sms.hbs',
    ]);
  });
});

describe('wait_for', () => {
  it('waits for one event, with its options beside it', () => {
    const steps = stepsOf(`
  - wait_for: repair.estimated
    when: event.cost > toman(5)
    since: last_wait
    at_most: 3 days
    save_as: estimate
    else: [ send: bye ]
  - send: hello`);
    const wait = byId(steps, 'wait-for-repair-estimated') as WaitForStep;
    expect(wait.arms).toMatchObject([
      {
        event: 'repair.estimated',
        since: 'last_wait',
        saveAs: 'estimate',
        then: step('send-hello'),
        stays: false,
        tied: false,
      },
    ]);
    expect(wait.otherwise).toEqual(step('send-bye'));
    expect(byId(steps, 'send-bye')?.next).toEqual(step('send-hello'));
    expect(wait.next).toEqual(step('send-hello'));
  });

  it('counts from the entry where about ties the event', () => {
    const steps = stepsOf('  - wait_for: repair.ready\n  - wait_for: visit', 'about: repair_id');
    expect((steps[0] as WaitForStep).arms).toMatchObject([{ tied: true, since: 'entry' }]);
    expect((steps[1] as WaitForStep).arms).toMatchObject([{ tied: false, since: 'last_wait' }]);
  });

  it('waits for a list; what stays and what a clock does leads back', () => {
    const steps = stepsOf(`
  - wait_for:
      - { event: repair.sent_to_workshop, then: [ send: hello ], stay: true }
      - { event: visit, stay: true }
      - { after: 2 days, when: known(trigger.device), then: [ send: bye, wait: 1 hour ] }
      - { event: repair.ready, then: [ send: repair-received ] }
      - event: repair.cancelled
  - stop: over`);
    const wait = byId(steps, 'wait-for-any') as WaitForStep;
    const back = { kind: 'back', to: 'wait-for-any' };
    expect(wait.arms.map(({ then, stays }) => ({ then, stays }))).toEqual([
      { then: step('send-hello'), stays: true },
      { then: back, stays: true },
      { then: step('send-repair-received'), stays: false },
      { then: step('stop'), stays: false },
    ]);
    expect(wait.clocks).toMatchObject([{ after: { amount: 2, unit: 'day' }, then: step('send-bye') }]);
    expect(byId(steps, 'send-hello')?.next).toEqual(back);
    expect(byId(steps, 'wait-1-hour')?.next).toEqual(back);
    expect(byId(steps, 'send-repair-received')?.next).toEqual(step('stop'));
    expect(wait.otherwise).toEqual(step('stop'));
  });

  it('takes one arm for a list of one', () => {
    expect(stepsOf('  - wait_for: { event: visit, then: [ send: hello ] }').map(({ id }) => id)).toEqual([
      'wait-for-visit',
      'send-hello',
    ]);
  });

  it.each([
    [
      '  - wait_for: repair.redy',
      'journeys/test.yaml:5:15: event type "repair.redy" is not in the catalogue; did you mean "repair.ready"?',
    ],
    [
      '  - { wait_for: visit, else: [ send: hello ] }',
      'journeys/test.yaml:5:24: else is done on a time-out, and there is none; add at_most',
    ],
    [
      '  - { wait_for: [ { event: visit } ], save_as: a }',
      'journeys/test.yaml:5:39: with a list of arms, save_as stands in an arm',
    ],
    ['  - wait_for: []', 'journeys/test.yaml:5:15: there is nothing to wait for in this list'],
    ['  - wait_for:', /^journeys\/test.yaml:5:.*: expected an event type or a list of arms/],
    ['  - wait_for: [ { after: 1 day }, { event: visit } ]', /then is missing/],
    ['  - { wait_for: visit, save_as: trigger }', 'journeys/test.yaml:5:33: "trigger" is taken; give it another name'],
    ['  - { wait_for: visit, save_as: a-b }', /^journeys\/test.yaml:5:33: "a-b" cannot be a name/],
    [
      '  - { wait_for: visit, since: ever }',
      'journeys/test.yaml:5:31: expected entry or last_wait, got "ever"; write one of them',
    ],
    ['  - { wait_for: visit, at_most: whenever }', /^journeys\/test.yaml:5:33: expected a duration/],
    [
      '  - wait_for: [ { when: 1 == 1 } ]',
      'journeys/test.yaml:5:17: an arm needs event (a type) or after (a duration)',
    ],
    [
      '  - wait_for: [ { event: visit, stays: true } ]',
      'journeys/test.yaml:5:33: "stays" is no key of an arm; did you mean "stay"?',
    ],
    [
      '  - wait_for: [ { event: visit, then: { send: hello } } ]',
      'journeys/test.yaml:5:39: expected a list of steps (each after "- "), got a mapping',
    ],
  ])('%j is told', (steps, message) => {
    const [first] = told(steps);
    expect(first).toEqual(message instanceof RegExp ? expect.stringMatching(message) : message);
  });

  it('warns of a wait that nothing ends', () => {
    expect(told('  - wait_for: [ { event: visit, stay: true } ]')).toEqual([
      'journeys/test.yaml:5:5: warning: nothing ends this wait: every arm stays; add at_most, or an arm that leaves',
    ]);
  });
});

describe('choose', () => {
  it('leads each alternative on to what stands below', () => {
    const steps = stepsOf(`
  - choose:
      - { when: known(trigger.device), then: [ send: hello ] }
      - { when: customer.tier == "gold", then: [] }
      - else: [ send: bye ]
  - wait: 1 day`);
    const choose = byId(steps, 'choose') as ChooseStep;
    expect(choose.branches.map(({ then }) => then)).toEqual([step('send-hello'), step('wait-1-day')]);
    expect(choose.otherwise).toEqual(step('send-bye'));
    expect(byId(steps, 'send-bye')?.next).toEqual(step('wait-1-day'));
    expect(choose.next).toEqual(step('wait-1-day'));
  });

  it('goes on when none is true', () => {
    const [choose] = stepsOf('  - choose: [ { when: known(trigger.device), then: [ send: hello ] } ]\n  - wait: 1 day');
    expect(choose).toMatchObject({ otherwise: undefined, next: step('wait-1-day') });
  });

  it.each([
    [
      '  - choose: { when: a }',
      'journeys/test.yaml:5:13: expected alternatives { when, then }, as a list (each item after "- "), got a mapping',
    ],
    ['  - choose: []', 'journeys/test.yaml:5:13: there is nothing to choose from'],
    ['  - choose: [ { when: 1 == 1 } ]', 'journeys/test.yaml:5:15: then is missing; an alternative is { when, then }'],
    [
      '  - choose: [ { then: [ send: hello ] } ]',
      'journeys/test.yaml:5:15: when is missing; an alternative is { when, then }',
    ],
    [
      '  - choose: [ { else: [ send: hello ] }, { when: 1 == 1, then: [] } ]',
      'journeys/test.yaml:5:17: else must be the last alternative; what follows it is never reached',
    ],
    [
      '  - choose: [ { when: 1 == 1, else: [] } ]',
      'journeys/test.yaml:5:31: else stands alone, as the last alternative',
    ],
    [
      '  - choose: [ { whn: 1 == 1, then: [] } ]',
      'journeys/test.yaml:5:17: "whn" is no key of an alternative; did you mean "when"?',
    ],
    [
      '  - choose: [ { when: 1 == 1, thne: [ send: hello ] } ]',
      'journeys/test.yaml:5:31: "thne" is no key of an alternative; did you mean "then"?',
    ],
    [
      '  - choose: [ { els: [ send: hello ] } ]',
      'journeys/test.yaml:5:17: "els" is no key of an alternative; did you mean "else"?',
    ],
    [
      '  - choose: [ { otherwise: [ send: hello ] } ]',
      'journeys/test.yaml:5:17: "otherwise" is no key of an alternative; expected when, then, else',
    ],
    [
      '  - choose: [ { send: hello } ]',
      'journeys/test.yaml:5:17: "send" is a step, and an alternative is { when, then }; its steps stand below then, further to the right',
    ],
    [
      '  - choose: [ { when:1 == 1, then: [ send: hello ] } ]',
      'journeys/test.yaml:5:17: write a space after the colon: "when: 1 == 1"',
    ],
  ])('%j is told', (steps, message) => {
    expect(told(steps)).toEqual([message]);
  });
});

describe('stop', () => {
  it('ends with its reason', () => {
    const [stop] = stepsOf('  - stop: "{{trigger.device}} too late"');
    expect(stop).toMatchObject({ kind: 'stop', id: 'stop', next: { kind: 'end' } });
  });

  it.each([
    [
      '  - stop: completed',
      'journeys/test.yaml:5:11: "completed" is a reason that the engine gives itself; say it in other words',
    ],
    ['  - stop:', /^journeys\/test.yaml:5:.*: expected a reason, such as "stop: too late"/],
    [
      '  - stop: no\n  - send: hello',
      'journeys/test.yaml:6:5: warning: this step is never reached: everything above it stops',
    ],
    [
      '  - choose: [ { when: 1 == 1, then: [ stop: a ] }, { else: [ stop: b ] } ]\n  - send: hello',
      'journeys/test.yaml:6:5: warning: this step is never reached: everything above it stops',
    ],
  ])('%j is told', (steps, message) => {
    expect(told(steps)).toEqual([typeof message === 'string' ? message : expect.stringMatching(message)]);
  });
});

describe('no step', () => {
  it.each([
    ['  - snd: hello', 'journeys/test.yaml:5:5: "snd" is no step; did you mean "send"?'],
    [
      '  - send: hello\n    wait: 1 day',
      'journeys/test.yaml:6:5: a step has one main key, and this one has send and wait; put "- " before wait',
    ],
    ['  - hello', 'journeys/test.yaml:5:5: expected a step, such as "send: welcome", got "hello"'],
    ['  - {}', /^journeys\/test.yaml:5:5: this step is empty/],
    ['  -', /^journeys\/test.yaml:.*: expected a step, such as "send: welcome", got nothing/],
    ['  send: hello', 'journeys/test.yaml:5:3: expected a list of steps (each after "- "), got a mapping'],
  ])('%j is told', (steps, message) => {
    expect(told(steps)).toEqual([typeof message === 'string' ? message : expect.stringMatching(message)]);
  });
});
