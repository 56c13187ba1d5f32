import { givenWorkspace, journeyText, shopFiles } from '../../../test/given/workspace.js';
import { printProblem } from '../../domain/problem.js';
import { loadCases } from './load-cases.js';

const name = 'journeys/test.cases.yaml';
const head = `cases:
  - name: one
    customers: [{ id: c1, phone: "09121234567" }]
    timeline:
      - at: 2026-11-21T10:00:00+03:30
        event: { type: repair.received, subject: c1, data: { repair_id: r1 } }
    until: 2026-11-30
`;

function load(cases: string, journey = journeyText({})): ReturnType<typeof loadCases> {
  const { workspace, problems } = givenWorkspace({ 'journeys/test.yaml': journey });
  if (workspace === undefined) throw new Error(problems.map(printProblem).join('\n'));
  return loadCases(new Map([...workspace.files, [name, cases]]), workspace);
}

const told = (cases: string, journey?: string): readonly string[] =>
  load(cases, journey).problems.map((problem) => printProblem(problem).replace(`${name}:`, ''));

describe('a file of cases', () => {
  it('is read with the form that lines are printed in', () => {
    const { cases, problems } = load(`${head}    from: 2026-11-20
    channel_results: { sms: failed }
    webhook_results: {}
    expect:
      - { at: 1405-08-30, sent: hello, to: "0912 123 4567", text_contains: سلام }
      - { granted: 20000 toman, expires_at: 2026-12-01T00:00:00Z }
      - { waiting: [visit], key: r1 }
      - { goal: true }
`);
    expect(problems).toEqual([]);
    const [one] = cases[0]?.cases ?? [];
    expect(one).toMatchObject({ name: 'one', channelResults: { sms: 'failed' }, journeys: new Set(['test']) });
    expect(one?.customers[0]?.attributes).toEqual({ phone: '+989121234567' });
    expect(one?.events[0]).toMatchObject({ id: 'line-1', arrival: Date.parse('2026-11-21T06:30:00Z') });
    expect(one?.until).toBe(Date.parse('2026-11-29T20:30:00Z'));
    expect(one?.expect.map(({ kind, fields }) => ({ kind, ...fields }))).toEqual([
      { kind: 'sent', at: '2026-11-20T20:30:00.000Z', template: 'hello', to: '+989121234567' },
      { kind: 'granted', amount: 200_000, expires_at: '2026-12-01T00:00:00.000Z' },
      { kind: 'waiting', for: ['visit'], key: 'r1' },
      { kind: 'goal' },
    ]);
  });

  it('warns where an event brings an attribute or a consent that nobody declared', () => {
    const updated = `        event: { type: customer.updated, subject: c1, data: { phne: "1", consent: { markting: true } } }`;
    const lines = head.split('\n');
    lines[5] = updated;
    expect(told(lines.join('\n'))).toEqual([
      '6:69: warning: unknown attribute "phne"; did you mean phone?',
      expect.stringMatching(/^6:\d+: warning: consent to unknown purpose "markting"/),
    ]);
  });

  it.each<[string, string]>([
    ['    exspect: []', '8:5: "exspect" is no key of a case; did you mean "expect"?'],
    ['    expect: [ { send: hello } ]', '8:17: nothing that happens is called "send"; did you mean "sent"?'],
    ['    expect: [ { sent: helo } ]', '8:23: there is no template "helo"; did you mean "hello"?'],
    ['    expect: [ { sent: hello, chanel: sms } ]', '8:30: "chanel" is no field of sent; did you mean "channel"?'],
    ['    expect: [ { sent: hello, channel: smss } ]', '8:39: there is no channel "smss"; did you mean "sms"?'],
    [
      '    expect: [ { sent: hello, step: send-helo } ]',
      '8:36: there is no step "send-helo"; did you mean "send-hello"?',
    ],
    [
      '    expect: [ { suppressed: hello, reason: no_adress } ]',
      '8:44: there is no reason "no_adress"; did you mean "no_address"?',
    ],
    [
      '    expect: [ { sent: hello, exited: done } ]',
      '8:30: "sent" and "exited" stand here together; each item has one of them',
    ],
    [
      '    expect: [ { at: soon, sent: hello } ]',
      '8:21: expected an instant such as 2026-11-21T10:00:00+03:30, or a date, got "soon"',
    ],
    ['    expect: [ { granted: 5 tomans worth } ]', '8:26: expected money such as 20000 toman, got "5 tomans worth"'],
    ['    journeys: tset', '8:15: there is no journey "tset"; did you mean "test"?'],
    ['    channel_results: { sms: lost }', '8:29: expected failed or silent, got "lost"; write one of them'],
    ['    webhook_results: { hook: { status: 200 } }', '8:24: there is no step "hook"; expected one of send-hello'],
  ])('says what is wrong: %s', (line, message) => {
    expect(told(`${head}${line}\n`)).toEqual([message]);
  });

  it.each<[string, string, readonly string[]]>([
    [
      'repair.received, subject',
      'repair.recieved, subject',
      ['6:24: type "repair.recieved" is not in the catalogue; did you mean "repair.received"?'],
    ],
    ['repair_id: r1', 'repair_id: 17', ['6:73: data.repair_id expected text, got 17; quote it: "17"']],
    ['{ repair_id: r1 }', '{}', ['6:60: data.repair_id is missing; expected text']],
    [
      '"09121234567"',
      '09121234567',
      [
        '3:34: warning: quote this phone number: without quotes YAML takes it for a number, and its zero is lost; write "09121234567"',
      ],
    ],
    [
      '"09121234567"',
      '9121234567',
      ['3:34: warning: this phone number seems to have lost its zero; write "09121234567", with quotes'],
    ],
    [
      '"09121234567"',
      '"12"',
      ['3:34: phone expected a phone number (such as "09121234567" or "+989121234567"), got "12"'],
    ],
    [
      'phone:',
      'consent: { marketing: true }, phone:',
      ['3:38: there is no purpose "marketing"; expected one of transactional, service'],
    ],
    ['- name: one\n    ', '- ', ['2:5: name is missing; say in a few words what this case shows']],
    [
      '    until: 2026-11-30\n',
      '',
      ['2:5: until is missing; write the last instant, such as until: 2026-11-30T00:00:00+03:30'],
    ],
    ['until: 2026-11-30', 'until: 2026-11-20', ['7:5: until is before the case begins; nothing would happen']],
    ['event: { type', 'evnt: { type', ['6:9: "evnt" is no key of an item of the timeline; did you mean "event"?']],
    [
      '2026-11-21T10:00:00+03:30',
      '2026-11-21T10:00:00',
      [
        '5:13: expected an instant such as 2026-11-21T10:00:00+03:30, or a date, got "2026-11-21T10:00:00"; add its offset, such as +03:30',
      ],
    ],
  ])('says what is wrong where %j is %j', (good, wrong, messages) => {
    expect(told(head.replace(good, wrong))).toEqual(messages);
  });

  it('says that a journey without a manual trigger cannot be launched', () => {
    const launch = head.replace(/event: .*/, 'launch: {}');
    expect(told(launch)).toEqual(['6:17: "test" has no manual trigger; only a journey that has one can be launched']);
  });

  it('says that two cases have one name, and that there is no such journey', () => {
    expect(told(head + head.replace('cases:\n', ''))).toEqual([
      '8:5: there are two cases named "one"; give each a name of its own',
    ]);
    const { workspace } = givenWorkspace({});
    const { problems } = loadCases(new Map([['journeys/welcom.cases.yaml', 'cases: []\n']]), workspace);
    expect(problems.map(printProblem)).toEqual([
      'journeys/welcom.cases.yaml:1:1: there is no journey "welcom", which this file\'s name says its cases are of; write welcom.yaml',
    ]);
  });

  it('is checked even where the journeys are not well', () => {
    const files = givenWorkspace({ 'journeys/test.yaml': journeyText({ steps: '  - send: helo' }) });
    expect(files.workspace).toBeUndefined();
    const broken = new Map([
      ['journeys/test.yaml', ''],
      ['journeys/events.yaml', 'repair.received: { repair_id: text }\n'],
      [name, head.replace('repair_id: r1', 'repair_id: 17')],
    ]);
    expect(loadCases(broken, undefined).problems.map(({ message }) => message)).toEqual([
      'data.repair_id expected text, got 17; quote it: "17"',
    ]);
  });

  it.each<[string, string, readonly string[]]>([
    ['    expect: [ { sent: hello, customer: c11 } ]', '', ['8:40: there is no customer "c11"; did you mean "c1"?']],
    [
      '    expect: [ { sent: hello, customer: nobody } ]',
      '',
      ['8:40: there is no customer "nobody"; expected one of c1'],
    ],
    ['    expect: [ { exited: compelted } ]', '', ['8:25: there is no reason "compelted"; did you mean "completed"?']],
    [
      '    expect: [ { exited: done hree } ]',
      '  - stop: done here',
      ['8:25: there is no reason "done hree"; did you mean "done here"?'],
    ],
    ['    expect: [ { exited: done here } ]', '  - stop: done here', []],
    ['    expect: [ { exited: iPhone is late } ]', '  - stop: "{{trigger.device}} is late"', []],
  ])('knows who is there and how one leaves: %s', (expected, steps, messages) => {
    expect(told(`${head}${expected}\n`, journeyText(steps === '' ? {} : { steps }))).toEqual(messages);
  });

  it('takes whom the journey reaches for a customer too', () => {
    const steps = '  - { emit: visit, data: { shop: a }, subject: "{{trigger.repair_id}}" }\n  - send: hello';
    expect(told(`${head}    expect: [ { sent: hello, customer: r1 } ]\n`, journeyText({ steps }))).toEqual([]);
  });

  it('warns of a subject that is none of its customers', () => {
    expect(told(head.replace('subject: c1', 'subject: c2'))).toEqual([
      '6:50: warning: "c2" is none of the customers of this case, and nothing is known of them; did you mean "c1"?',
    ]);
    expect(told(head.replace('subject: c1', 'subject: stranger'))).toEqual([
      '6:50: warning: "stranger" is none of the customers of this case, and nothing is known of them; add them to customers',
    ]);
    expect(told(head.replace(/ {4}customers:.*\n/, ''))).toEqual([]);
  });

  it('says nothing of types that a broken catalogue may be meant to declare', () => {
    const files = new Map([
      ...Object.entries(shopFiles),
      ['journeys/test.yaml', journeyText({})],
      [name, head],
    ] as const);
    const events = shopFiles['journeys/events.yaml'] ?? '';
    for (const text of [events.replace('repair.received: {', ' repair.received: {'), events.replace('device?', 'a b?')])
      expect(loadCases(new Map([...files, ['journeys/events.yaml', text]]), undefined).problems).toEqual([]);
  });

  it('knows the channels of replies', () => {
    const reply = 'type: message.received, subject: c1, data: { channel: smss, from: "0912", text: a }';
    expect(told(head.replace(/type: repair.*(?= \})/, reply))).toEqual([
      '6:72: there is no channel "smss"; did you mean "sms"?',
    ]);
  });

  it('tells what else is wrong in an item whose instant is', () => {
    expect(
      told(head.replace('2026-11-21T10:00:00+03:30', 'noon').replace('repair.received', 'repair.recieved')),
    ).toEqual([
      '5:13: expected an instant such as 2026-11-21T10:00:00+03:30, or a date, got "noon"',
      '6:24: type "repair.recieved" is not in the catalogue; did you mean "repair.received"?',
    ]);
  });

  it('tells a Jalali year in an instant by its day', () => {
    expect(told(head.replace('2026-11-21T10:00:00+03:30', '1405-08-30T10:00:00+03:30'))).toEqual([
      '5:13: expected an instant such as 2026-11-21T10:00:00+03:30, or a date, got "1405-08-30T10:00:00+03:30"; a time has a Gregorian date, and 1405-08-30 is 2026-11-21',
    ]);
    const data = 'repair_id: r1, due_date: 1405-09-30, back_at: 1405-09-30T10:00';
    expect(told(head.replace('repair_id: r1', data)).join('\n')).toContain('and 1405-09-30 is 2026-12-21');
  });
});
