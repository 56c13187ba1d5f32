import { givenWorkspace, journeyText, toldOf } from '../../test/given/workspace.js';

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
    const warned = givenWorkspace({ 'journeys/a.cases.yaml': 'cases: []\n' });
    expect(warned.workspace).toBeDefined();
    expect(warned.problems.map(({ severity, message }) => `${severity}: ${message}`)).toEqual([
      'warning: cases are not supported yet; this file is not run',
    ]);
    expect(givenWorkspace({ 'journeys/a.yaml': named('b') }).workspace).toBeUndefined();
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
    ['journeys/audiences.yaml', 'vip: 1 == 1\n', 'journeys/audiences.yaml:1:1: audiences.yaml is not supported yet'],
    [
      'journeys/occasions.yaml',
      'yalda: { jalali: 09-30 }\n',
      'journeys/occasions.yaml:1:1: occasions.yaml is not supported yet',
    ],
    ['journeys/scores.yaml', 'a: 1\n', 'journeys/scores.yaml:1:1: scores.yaml is not supported yet'],
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
