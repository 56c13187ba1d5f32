import { givenJourney, journeyText, toldOf } from '../../../../../test/given/workspace.js';
import type { AskStep, SendStep } from '../../step.js';

const files = {
  'journeys/policy.yaml': `timezone: Asia/Tehran
purposes:
  transactional: { consent: not_needed }
  service: { consent: not_needed, quiet_hours: "22:00-08:00" }
  marketing: { consent: required, quiet_hours: "21:00-09:00", caps: 1 per 1 day }
opt_out: { words: ["11", لغو], purposes: [marketing] }
opt_in: { words: ["12"], purposes: [marketing] }
channel_order: [telegram, sms, email]
`,
  'templates/hello/telegram.hbs': 'سلام\n',
  'templates/named/sms.hbs': '{{reply.value}} {{reply.channel}}\n',
};
const told = (steps: string, more: object = {}) =>
  toldOf({ ...files, 'journeys/test.yaml': journeyText({ steps, ...more }) }).map((line) =>
    line.replace('journeys/test.yaml:', ''),
  );
const firstOf = <Kind>(steps: string) => [...givenJourney({ steps }, files).steps.values()][0] as Kind;

describe('send', () => {
  it('takes its channels, its way back and its limits', () => {
    const step = firstOf<SendStep>(
      '  - { send: hello, via: [telegram, sms, reply], fallback_after: 10 minutes, not_after: 1 day, else: [ send: bye ] }\n  - wait: 1 day',
    );
    expect(step).toMatchObject({
      via: ['telegram', 'sms', 'reply'],
      fallbackAfter: { amount: 10, unit: 'minute' },
      otherwise: { kind: 'step', id: 'send-bye' },
      next: { kind: 'step', id: 'wait-1-day' },
    });
    expect(firstOf<SendStep>('  - { send: hello, via: sms }').via).toEqual(['sms']);
    expect(firstOf<SendStep>('  - send: hello')).toMatchObject({ via: undefined, otherwise: undefined });
  });

  it.each([
    ['{ send: hello, via: email }', '5:25: template "hello" has no text for email; write templates/hello/email.hbs'],
    ['{ send: hello, via: [telegrm] }', '5:26: "telegrm" is no channel; did you mean "telegram"?'],
    ['{ send: hello, via: [] }', '5:25: via names no channel; leave it out, or write [sms, email]'],
    ['{ send: hello, fallback_after: soon }', /^5:36: "soon" is no duration/],
    ['{ send: hello, else: { send: bye } }', /expected a list of steps/],
  ])('%j is told', (step, message) => {
    expect(told(`  - ${step}`)).toEqual([typeof message === 'string' ? message : expect.stringMatching(message)]);
  });

  it('warns of a purpose that is looser than the journey’s', () => {
    const of = (purpose: string, journeys: string) =>
      toldOf({
        ...files,
        'journeys/test.yaml': journeyText({ steps: `  - { send: hello, purpose: ${purpose} }` }).replace(
          'purpose: transactional\n',
          `purpose: ${journeys}\n`,
        ),
      });
    expect(of('service', 'marketing')).toEqual([
      'journeys/test.yaml:5:29: warning: "service" is looser than "marketing", the journey\'s purpose: it goes without consent, caps',
    ]);
    expect(of('marketing', 'service')).toEqual([]);
    expect(of('service', 'service')).toEqual([]);
  });

  it('says what a looser purpose goes without, each guard by its name', () => {
    const looser = (guard: string, audiences = 'gone: known(customer.name)\n'): readonly string[] =>
      toldOf({
        'journeys/policy.yaml': `timezone: Asia/Tehran
calendar: jalali
purposes:
  bare: { consent: not_needed }
  guarded: { ${guard} }
channel_order: [sms]
`,
        'journeys/audiences.yaml': audiences,
        'journeys/occasions.yaml': 'feast: { dates: [2026-11-25] }\n',
        'journeys/test.yaml': journeyText({ steps: '  - { send: hello, purpose: bare }' }).replace(
          'purpose: transactional\n',
          'purpose: guarded\n',
        ),
      }).flatMap((line) => / it goes without (.*)$/.exec(line)?.[1] ?? []);
    expect(looser('consent: not_needed')).toEqual([]);
    expect(looser('consent: required')).toEqual(['consent']);
    expect(looser('consent: not_needed, quiet_hours: "21:00-09:00"')).toEqual(['quiet_hours']);
    expect(looser('consent: not_needed, caps: [ 1 per 1 day ]')).toEqual(['caps']);
    expect(looser('consent: not_needed, blackout: [feast]')).toEqual(['blackout']);
    expect(looser('consent: not_needed, except: [gone]')).toEqual(['except']);
  });
});

describe('ask', () => {
  const answers = (written: string) => firstOf<AskStep>(`  - { ask: hello, answers: ${written} }`).answers;

  it('takes a range, words or any text', () => {
    expect(answers('1..5')).toEqual({ kind: 'range', from: 1, to: 5 });
    expect(answers('[Red, آبي]')).toEqual({
      kind: 'words',
      options: [
        { value: 'Red', words: ['red'] },
        { value: 'آبي', words: ['آبی'] },
      ],
    });
    expect(answers('{ yes: [۱, بله, آره!], no: 2 }')).toEqual({
      kind: 'words',
      options: [
        { value: 'yes', words: ['1', 'بله', 'آره'] },
        { value: 'no', words: ['2'] },
      ],
    });
    expect(answers('text')).toEqual({ kind: 'text' });
  });

  it('has its options and their defaults, and listens to replies', () => {
    const journey = givenJourney(
      { steps: '  - { ask: hello, answers: 1..5, unless: [visit], reask: 1, save_as: csat, else: [ stop: silent ] }' },
      files,
    );
    expect(journey.steps.get('ask-hello')).toMatchObject({
      kind: 'ask',
      unless: ['visit'],
      reask: 1,
      saveAs: 'csat',
      otherwise: { id: 'stop' },
    });
    expect([...journey.listensTo].sort()).toEqual(['message.received', 'visit']);
    expect(firstOf<AskStep>('  - { ask: hello, answers: text }')).toMatchObject({
      reask: 0,
      unless: [],
      saveAs: undefined,
    });
  });

  it('has its name below where every way leaves it answered or stops', () => {
    const below = (options: string) =>
      told(`  - { ask: hello, answers: [a, b], save_as: reply${options} }\n  - send: named`);
    expect(below(', else: [ stop: silent ]')).toEqual([]);
    expect(below('')).toHaveLength(2);
    expect(below(', else: [ send: bye ]')).toHaveLength(2);
    expect(below(', else: [ stop: silent ], unless: [visit]')).toHaveLength(2);
    const number = '  - { ask: hello, answers: 1..5, save_as: reply, else: [ stop: silent ] }\n';
    expect(told(`${number}  - { send: hello, with: { more: =reply.value + 1, what: =reply.text } }`)).toEqual([]);
  });

  it.each([
    ['{ ask: hello }', '5:7: answers is missing; write 1..5, a list, a mapping of words, or text'],
    ['{ ask: hello, answers: any }', /^5:28: expected 1..5, a list such as \[red, blue\], .*, got "any"$/],
    ['{ ask: hello, answers: 5..1 }', '5:28: "5..1" is no range; the smaller number stands first, as in 1..5'],
    ['{ ask: hello, answers: [] }', /^5:28: there is no answer here/],
    ['{ ask: hello, answers: [red, RED] }', '5:34: "RED" stands for an answer already; a reply fits one of them'],
    ['{ ask: hello, answers: { yes: [1], no: [۱] } }', /"۱" stands for an answer already/],
    ['{ ask: hello, answers: ["!!"] }', /^5:29: nothing is left of "!!" to compare a reply with/],
    ['{ ask: hello, answers: { yes: [] } }', '5:30: this answer has no words'],
    [
      '{ ask: hello, answers: { yes: [1, بله], no: ["لغو"] } }',
      /^5:\d+: "لغو" is a word of opt_out in policy.yaml, which is taken before any answer; take another$/,
    ],
    ['{ ask: hello, answers: 1..20 }', /^5:28: "11" is a word of opt_out/],
    [
      '{ ask: hello, answers: [12, 13] }',
      '5:29: "12" is a word of opt_in in policy.yaml, which is taken before any answer; take another',
    ],
    ['{ ask: hello, answers: text, unless: [vist] }', /event type "vist" is not in the catalogue/],
    ['{ ask: hello, answers: text, reask: -1 }', '5:41: expected how often it is asked again, such as 1, got -1'],
    ['{ ask: hello, answers: text, within: later }', /^5:42: expected a duration/],
    ['{ ask: hello, answers: text, save_as: now }', '5:43: "now" is taken; give it another name'],
    ['{ ask: helo, answers: text }', '5:12: there is no template "helo"; did you mean "hello"?'],
  ])('%j is told', (step, message) => {
    const lines = told(`  - ${step}`);
    expect(lines[0]).toEqual(typeof message === 'string' ? message : expect.stringMatching(message));
  });
});
