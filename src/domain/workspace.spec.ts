import { givenWorkspace, journeyText, loadFiles, shopFiles, toldOf } from '../../test/given/workspace.js';
import { printProblem } from './problem.js';

const named = (name: string) => journeyText({}).replace('journey: test', `journey: ${name}`);

describe('a workspace', () => {
  it('has its journeys by name, in code point order', () => {
    const { workspace, problems } = givenWorkspace({
      'journeys/b-2.yaml': named('b-2'),
      'journeys/b.yaml': named('b'),
      'journeys/a.yaml': named('a'),
    });
    expect(problems).toEqual([]);
    expect(workspace?.journeys.map(({ name }) => name)).toEqual(['a', 'b', 'b-2']);
    expect(workspace?.policy.timezone).toBe('Asia/Tehran');
    expect(workspace?.catalogue.types).toContain('repair.received');
    expect(workspace?.templates.has('hello')).toBe(true);
  });

  it('has a hash of every file that runs, whatever their order', () => {
    const first = givenWorkspace({ 'journeys/a.yaml': named('a'), 'journeys/b.yaml': named('b') }).workspace;
    const second = givenWorkspace({ 'journeys/b.yaml': named('b'), 'journeys/a.yaml': named('a') }).workspace;
    const third = givenWorkspace({ 'journeys/b.yaml': named('b') }).workspace;
    expect(first?.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(second?.hash).toBe(first?.hash);
    expect(third?.hash).not.toBe(first?.hash);
  });

  it('is there with warnings, and not with errors', () => {
    const warned = givenWorkspace({
      'journeys/a.yaml': named('a').replace('- send: hello', '- stop: no\n  - send: hello'),
    });
    expect(warned.workspace).toBeDefined();
    expect(warned.problems.map(({ severity }) => severity)).toEqual(['warning']);
    expect(givenWorkspace({ 'journeys/a.yaml': named('b') }).workspace).toBeUndefined();
  });

  it('leaves cases to whoever runs them', () => {
    const { workspace, problems } = givenWorkspace({ 'journeys/a.cases.yaml': 'cases: []\n' });
    expect(problems).toEqual([]);
    expect(workspace?.files.has('journeys/a.cases.yaml')).toBe(true);
  });

  it('has its occasions, on which nobody works', () => {
    const { workspace, problems } = givenWorkspace({
      'journeys/occasions.yaml': 'yalda: { jalali: 09-30 }\n',
      'journeys/policy.yaml': `${shopFiles['journeys/policy.yaml'] ?? ''}working_hours: { sat-fri: "09:00-18:00", closed: [yalda] }\n`,
    });
    expect(problems).toEqual([]);
    expect(workspace?.occasions.names).toEqual(['yalda']);
    expect(workspace?.policy.working?.isClosed({ year: 2026, month: 12, day: 21 })).toBe(true);
  });

  it('tells names in the policy that no file declares', () => {
    const policy = (shopFiles['journeys/policy.yaml'] ?? '').replace(
      'service: { consent: not_needed }',
      'service: { consent: not_needed, blackout: [ashra], except: [vpi], not_after: { occasion: yald, at: "10:00" } }',
    );
    expect(
      toldOf({
        'journeys/policy.yaml': policy,
        'journeys/occasions.yaml': 'ashura: { hijri: 01-10 }\nyalda: { jalali: 09-30 }\n',
        'journeys/audiences.yaml': 'vip: 1 == 1\n',
      }),
    ).toEqual([
      'journeys/policy.yaml:5:46: there is no occasion "ashra"; did you mean "ashura"?',
      'journeys/policy.yaml:5:63: there is no audience "vpi"; did you mean "vip"?',
      'journeys/policy.yaml:5:92: there is no "yald" in occasions.yaml; did you mean "yalda"?',
    ]);
  });

  it('warns of templates that no journey uses, once every journey checks well', () => {
    const files = { ...shopFiles, 'templates/bye/sms.hbs': undefined, 'templates/priced/sms.hbs': undefined };
    const told = (steps: string) =>
      loadFiles({ ...files, 'journeys/test.yaml': journeyText({ steps }) }).problems.map(printProblem);
    expect(told('  - { ask: hello, answers: text }\n  - send: repair-received')).toEqual([
      'templates/repair-estimate/sms.hbs:1:1: warning: no journey uses template "repair-estimate"; send it, or take its folder away',
    ]);
    expect(told('  - send: helo')).toHaveLength(1);
  });

  it('warns of what a journey emits that starts it again, by way of others too', () => {
    const emitting = (name: string, event: string, type: string) =>
      named(name)
        .replace('event: repair.received', `event: ${event}`)
        .replace('- send: hello', `- { emit: ${type}, data: { repair_id: r1 } }`);
    expect(toldOf({ 'journeys/a.yaml': emitting('a', 'repair.ready', 'repair.ready') })).toEqual([
      'journeys/a.yaml:5:7: warning: what this emits starts the same journey again: a → repair.ready → a; such a chain is cut after 8',
    ]);
    const two = {
      'journeys/a.yaml': emitting('a', 'repair.ready', 'repair.received'),
      'journeys/b.yaml': emitting('b', 'repair.received', 'repair.ready'),
    };
    expect(toldOf(two).map((line) => line.split(': ').at(-1))).toEqual([
      'a → repair.received → b → repair.ready → a; such a chain is cut after 8',
      'b → repair.ready → a → repair.received → b; such a chain is cut after 8',
    ]);
    expect(toldOf({ 'journeys/b.yaml': emitting('b', 'repair.received', 'repair.ready') })).toEqual([]);
  });

  it('needs a policy', () => {
    const { workspace, problems } = givenWorkspace({
      'journeys/policy.yaml': undefined,
      'journeys/test.yaml': journeyText({}),
    });
    expect(workspace).toBeUndefined();
    expect(problems.map(({ message }) => message)).toEqual([
      expect.stringContaining('transactional: { consent: not_needed }'),
    ]);
  });

  it.each([
    [
      'journeys/welcome.yml',
      named('welcome'),
      'journeys/welcome.yml:1:1: name this file welcome.yaml; only .yaml files are read',
    ],
    [
      'journeys/event.yaml',
      'a: { b: text }\n',
      'journeys/event.yaml:1:1: this is no journey, and its name is near "events.yaml"; did you mean that?',
    ],
  ])('tells that %s is not read', (file, text, message) => {
    expect(toldOf({ [file]: text })).toEqual([message]);
  });

  it('links journeys to audiences and scores', () => {
    const files = {
      'journeys/audiences.yaml': 'vip: score("money") > toman(5)\n',
      'journeys/scores.yaml': 'money: sum("purchase.completed", "amount")\n',
      'journeys/test.yaml': journeyText({ trigger: 'trigger: { event: visit, when: in_audience("vip") }' }),
    };
    const { workspace, problems } = givenWorkspace(files);
    expect(problems).toEqual([]);
    expect([...(workspace?.audiences.keys() ?? [])]).toEqual(['everyone', 'vip']);
    expect(workspace?.journeys[0]?.calls.entering).toMatchObject([{ function: 'sum', type: 'purchase.completed' }]);
    expect(toldOf({ ...files, 'journeys/audiences.yaml': 'vpi: true\n' })).toEqual([
      'journeys/test.yaml:3:44: unknown audience "vip"; did you mean "vpi"?',
    ]);
    expect(toldOf({ ...files, 'journeys/audiences.yaml': 'vip: !a\n' })).toHaveLength(1);
  });

  it('tells the types that audiences name where there is no catalogue', () => {
    expect(
      toldOf({ 'journeys/events.yaml': undefined, 'journeys/audiences.yaml': 'vip: count("order.placed") > 1\n' }),
    ).toEqual([
      'journeys/events.yaml:1:1: there is no events.yaml; it declares the event types that are named: order.placed',
    ]);
  });

  it('leaves files of other kinds alone', () => {
    expect(toldOf({ 'journeys/README.md': '# ours' })).toEqual([]);
  });

  it('tells everything wrong in every file at once, in order', () => {
    const told = toldOf({
      'journeys/z.yaml': named('z').replace('hello', 'helo'),
      'journeys/a.yaml': named('a').replace('purpose', 'porpose'),
      'journeys/policy.yaml':
        'timezone: Mars\npurposes: { transactional: { consent: not_needed } }\nchannel_order: [sms]\n',
      'journeys/events.yaml': 'repair.received: { a: txt }\n',
      'templates/hello/sms.hbs': '{{#if}}',
    });
    const places = told.map((line) => line.split(':')[0]);
    expect(new Set(places)).toEqual(
      new Set([
        'journeys/a.yaml',
        'journeys/events.yaml',
        'journeys/policy.yaml',
        'journeys/z.yaml',
        'templates/hello/sms.hbs',
      ]),
    );
    expect(places).toEqual([...places].sort());
  });
});
