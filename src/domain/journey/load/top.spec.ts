import { givenJourney, journeyText, toldOf } from '../../../../test/given/workspace.js';

type Parts = Parameters<typeof journeyText>[0];
const told = (parts: Parts) =>
  toldOf({ 'journeys/test.yaml': journeyText(parts) }).map((line) => line.replace('journeys/test.yaml:', ''));

describe('priority', () => {
  it.each([1, 5, 9])('may be %j', (priority) => {
    expect(givenJourney({ top: `priority: ${String(priority)}` }).priority).toBe(priority);
  });

  it('is 5 where none is given', () => {
    expect(givenJourney({}).priority).toBe(5);
  });

  it.each(['0', '10', '1.5', '"3"', 'high', '-1'])('is not %s', (priority) => {
    expect(told({ top: `priority: ${priority}` })).toEqual([
      `3:11: expected a priority from 1 (first) to 9, got ${/^[a-z]/.test(priority) ? `"${priority}"` : priority}`,
    ]);
  });
});

describe('the time in which a journey starts people', () => {
  it('is between moments, and a duration is none', () => {
    const { runs } = givenJourney({ top: 'runs: { from: 2026-01-01, to: 2026-12-31 }' });
    expect([runs.from, runs.to]).toEqual([expect.anything(), expect.anything()]);
    const fromOnly = givenJourney({ top: 'runs: { from: 2026-01-01 }' }).runs;
    expect([fromOnly.from, fromOnly.to]).toEqual([expect.anything(), undefined]);
    expect(told({ top: 'runs: { from: 2 days }' })).toEqual([
      '3:15: expected a date or an instant, got "2 days"; a duration counts from nothing here',
    ]);
  });
});

describe('the name of a journey', () => {
  const named = (name: string) =>
    toldOf({ 'journeys/test.yaml': journeyText({}).replace('journey: test', name) }).map((line) =>
      line.replace('journeys/test.yaml:', ''),
    );

  it.each([
    [
      'journey: Test',
      '1:10: "Test" is no name for a journey; expected small letters, digits and "-", such as repair-status',
    ],
    [
      'journey: test-',
      '1:10: "test-" is no name for a journey; expected small letters, digits and "-", such as repair-status',
    ],
    ['journey: other', '1:10: the file is named "test", so journey must be "test", not "other"'],
    ['# none', '2:1: journey is missing; write "journey: test", as the file is named'],
    ['jurney: test', '1:1: "jurney" is no key of a journey; did you mean "journey"?'],
  ])('is told of in %j', (line, message) => {
    expect(named(line)).toEqual([message]);
  });
});

describe('a holdout', () => {
  it('may be nearly everybody, and not everybody', () => {
    expect(givenJourney({ top: 'holdout: 99%' }).holdout).toBe(0.99);
    expect(givenJourney({}).holdout).toBe(0);
    expect(told({ top: 'holdout: 100%' })).toEqual(['3:10: with a holdout of 100% nobody would ever start']);
  });
});

describe('a purpose', () => {
  it('is one of those that there are', () => {
    const steps = '  - { send: hello, purpose: servic }';
    expect(told({ steps })).toEqual([
      expect.stringMatching(/is not declared in policy.yaml; did you mean "service"\?$/),
    ]);
    expect(told({ steps: '  - { send: hello, purpose: zzzzzzzz }' })).toEqual([
      '5:29: purpose "zzzzzzzz" is not declared in policy.yaml; there are transactional, service',
    ]);
  });
});

describe('money without its unit', () => {
  it('is told with both units, if it is a whole number', () => {
    const expected = 'expected money with its unit, such as "20000 toman", or =expression, got';
    expect(told({ steps: '  - grant: 20000' })).toEqual([
      `5:12: ${expected} 20000; write "20000 toman" or "20000 rial"`,
    ]);
    expect(told({ steps: '  - grant: much' })).toEqual([`5:12: ${expected} "much"`]);
    expect(told({ steps: '  - grant: [20000]' })).toEqual([`5:12: ${expected} a list`]);
  });
});

describe('the day of a trigger', () => {
  const every = (day: string) => told({ trigger: `trigger: { every: ${day}, at: "18:00", audience: everyone }` });

  it.each([
    ['thu', 'did you mean "thursday"?'],
    ['mon', 'did you mean "monday"?'],
    ['thursdy', 'did you mean "thursday"?'],
  ])('%s is told with what is meant', (day, remedy) => {
    expect(every(day)).toEqual([expect.stringContaining(remedy)]);
  });

  it.each(['day', 'month', 'monday'])('may be %s', (day) => {
    expect(every(day)).toEqual([]);
  });
});

describe('the value of a goal', () => {
  const goal = (value: string) => told({ top: `goal: { event: repair.delivered, value: ${value} }` });

  it('is a number or money', () => {
    expect([goal('event.paid'), goal('5'), goal('count("visit")')]).toEqual([[], [], []]);
    expect(goal('event.repair_id')).toEqual([
      '3:41: the value of a goal is summed; expected a number or money, got text',
    ]);
    expect(goal('now')).toEqual(['3:41: the value of a goal is summed; expected a number or money, got time']);
  });
});

it('takes no file whose name is no name for a journey', () => {
  expect(toldOf({ 'journeys/My_Test.yaml': journeyText({}) })).toEqual([
    'journeys/My_Test.yaml:1:10: the file is named "My_Test", which is no name for a journey; name it test.yaml',
  ]);
});
