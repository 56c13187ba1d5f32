import { Ajv, type AnySchema, type ValidateFunction } from 'ajv';
import { parse } from 'yaml';
import { languageFile, languageFiles } from '../../test/given/language-files.js';
import { readWorkspaceFiles } from '../workspace/read-files.js';
import { schemasOf } from './schemas.js';

const policy = languageFile('policy.yaml');
const files = new Map([...languageFiles, ['templates/how-was-it/sms.hbs', 'x']]);

const own = { files, validate: validators(files) };

/** Those that are asked for: each takes its time. */
function compile(name: string, ajv: Ajv, schemas: ReadonlyMap<string, AnySchema>): ValidateFunction {
  const schema = schemas.get(`${name}.schema.json`);
  if (schema === undefined) throw new Error(name);
  return ajv.compile(schema);
}

function validators(of: ReadonlyMap<string, string>): (schema: string, text: string) => readonly string[] {
  const ajv = new Ajv({ allErrors: true, strictTypes: false, strictRequired: false });
  const schemas = schemasOf(of);
  const compiled = new Map<string, ValidateFunction>();
  return (name, text) => {
    const validate = compiled.get(name) ?? compile(name, ajv, schemas);
    compiled.set(name, validate);
    if (validate(parse(text))) return [];
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
  };
}

const journey = (trigger: string, steps = '[ { send: repair-ready } ]', top = ''): string =>
  `journey: example\npurpose: service\n${top}trigger: ${trigger}\nsteps: ${steps}\n`;
const visit = '{ event: purchase.completed }';

const cases = languageFile('repair-status.cases.yaml').replace(
  '- { exited: completed }',
  '- { granted: 20000 toman, balance: 200000 }\n      - { exited: completed }\n      - { goal: true }',
);

describe('the schemas for editors', () => {
  it('accept every shipped file', async () => {
    const shipped = (await readWorkspaceFiles({ journeys: 'journeys', templates: 'templates' })).files;
    const validate = validators(shipped);
    for (const [file, text] of shipped) {
      const name = /^journeys\/(.+)\.yaml$/.exec(file)?.[1];
      if (name === undefined) continue;
      const kinds = ['policy', 'events', 'customers', 'occasions', 'audiences', 'scores'];
      const schema = kinds.includes(name) ? name : name.endsWith('.cases') ? 'cases' : 'journey';
      expect([file, validate(schema, text)]).toEqual([file, []]);
    }
  });

  it.each([
    ...['repair-status', 'clocks', 'every-step'].map((name) => ['journey', languageFile(`${name}.yaml`)] as const),
    ...['policy', 'occasions', 'audiences', 'scores', 'events', 'customers'].map(
      (name) => [name, languageFile(`${name}.yaml`)] as const,
    ),
    ['cases', cases] as const,
    ['cases', languageFile('clocks.cases.yaml')] as const,
  ])('accept the language’s whole %s', (schema, text) => {
    expect(own.validate(schema, text)).toEqual([]);
  });

  it.each([
    '{ event: purchase.completed, when: event.amount >= toman(100000), max_age: 1 day }',
    `{ event: stock.arrived, audience: everyone, when: 'count("purchase.completed", "2 years", past.kind == event.kind) > 0' }`,
    '{ every: thursday, at: "18:00", audience: vip }',
    '{ cron: "0 18 1,15 * *", audience: vip }',
    '{ occasion: yalda, offset: -1 day, at: "18:00", audience: everyone }',
    '{ anniversary: customer.birth_date, calendar: jalali, at: "10:00" }',
    '{ absence: [purchase.completed, repair.received], for: 90 days, at: "11:00", audience: has-bought }',
    '{ credit_expiring: 5 days, at: "11:00" }',
    '{ manual: { kind: text, closes_at: time } }',
    '[ { event: repair.received, as: counter }, { event: stock.arrived } ]',
  ])('accept the trigger %s', (trigger) => {
    expect(own.validate('journey', journey(trigger))).toEqual([]);
  });

  it.each([
    '{ send: repair-ready, via: sms, with: { tier: gold }, purpose: survey, not_after: 1405-09-30, else: [ stop: no ] }',
    '{ send: repair-ready, via: reply, not_after: { occasion: yalda, offset: 5 days, at: "23:59", edge: end } }',
    '{ ask: how-was-it, answers: 1..5, within: 2 days, unless: [repair.ready], reask: 1, save_as: csat, else: [] }',
    '{ ask: how-was-it, answers: { yes: [1, بله, آره], no: [2, نه] } }',
    '{ ask: how-was-it, answers: [red, blue] }',
    '{ ask: how-was-it, answers: text }',
    '{ wait: 2 days, at: "11:00" }',
    '{ wait: { days: [sat, sun, mon, tue, wed], from: "10:00", to: "20:00" }, after: 1 day, id: my-wait }',
    '{ wait: working }',
    '{ wait_until: best_hour }',
    '{ wait_until: { date: =trigger.due_date, offset: -3 days, at: "10:00" }, then: [ stop: a ], else: [ stop: b ] }',
    '{ wait_until: { occasion: =trigger.occasion, at: "10:00" } }',
    '{ wait_for: repair.ready, when: event.repair_id != "", since: last_wait, at_most: 2 weeks, save_as: r, else: [ stop: x ] }',
    '{ wait_for: { event: repair.ready, save_as: r } }',
    '{ split: [ { name: a, weight: 50%, then: [ wait: 1 day ] }, { name: b, weight: 12.5% } ] }',
    '{ grant: 20000 toman, expires: { occasion: yalda, at: "10:00" }, at_most: =toman(1), round_to: 1000 toman, save_as: gift }',
    '{ grant: =trigger.amount * 0.05 }',
    '{ take_back: gift, at_most: 1000 toman }',
    '{ set: { tier: gold, last_score: =csat.value } }',
    '{ emit: repair.ready, data: { repair_id: =trigger.kind }, subject: =customer.referred_by }',
    '{ webhook: "https://example.com", method: POST, body: { a: [1] }, time_out: 10 seconds, save_as: w, else: [] }',
    '{ task: call, assign_to: shop, due: 2026-12-21, results: [solved, no_answer], within: 1 working day, save_as: t, else: [] }',
    '{ stop: done }',
  ])('accept the step %s', (step) => {
    expect(own.validate('journey', journey(visit, `[ ${step} ]`))).toEqual([]);
  });

  it.each([
    'runs: { from: 2026-12-01, to: 2026-12-31T10:00:00+03:30 }\n',
    'policy: { caps: [ 1 per 1 day ], quiet_hours: "20:00-10:00", not_after: 1 day }\n',
    'priority: 1\nabout: =trigger.kind\nholdout: 5%\n',
    'entry: { again: after 30 days, while_inside: restart }\nlimits: { entries: 5000 per 1 day, credit: 50000000 toman }\n',
    'on_change: move\nrenamed: { old-id: new-id }\nlasts_at_most: 1 year\nat_end: [ { set: { tier: x } } ]\n',
    'goal: { event: purchase.completed, when: event.amount > 0, value: event.amount, within: 30 days, continue: true }\n',
    'exit: [ { event: repair.cancelled }, { when: now > trigger_event.time } ]\n',
  ])('accept at the top %j', (top) => {
    expect(own.validate('journey', journey(visit, undefined, top))).toEqual([]);
  });

  it.each<[string, string]>([
    ['journey', journey('{ event: purchase.complete }')],
    ['journey', journey('{ event: purchase.completed, wen: true }')],
    ['journey', journey('{ occasion: jalda, at: "18:00" }')],
    ['journey', journey('{ every: thursday, audience: wip }')],
    ['journey', journey(visit, '[ { send: repair-redy } ]')],
    ['journey', journey(visit, '[ { send: repair-ready, wait: 1 day } ]')],
    ['journey', journey(visit, '[ { send: repair-ready, via: fax } ]')],
    ['journey', journey(visit, '[ { wait: 2 dayz } ]')],
    ['journey', journey(visit, '[ { grant: 20000 } ]')],
    ['journey', journey(visit, '[ { split: [ { name: a, weight: 50 } ] } ]')],
    ['journey', journey(visit, '[ { set: { teir: gold } } ]')],
    ['journey', journey(visit, undefined, 'at_end: [ { wait: 1 day } ]\n')],
    ['journey', journey(visit, undefined, 'titel: x\n')],
    ['journey', journey(visit, undefined, 'priority: 10\n')],
    ['journey', journey(visit).replace('service', 'servise')],
    ['journey', 'journey: example\n'],
    ['policy', policy.replace('quiet_hours', 'quite_hours')],
    ['policy', policy.replace('when_capped: defer', 'when_capped: wait')],
    ['policy', policy.replace('1 per 1 day', '1 a day')],
    ['policy', policy.replace('[telegram, sms, email]', '[telegram, fax]')],
    ['occasions', 'yalda: { jalalli: 09-30 }\n'],
    ['occasions', 'yalda: { jalali: 9-30 }\n'],
    ['events', 'a: { b: txt }\n'],
    ['events', 'a: { data: { b: text }, broadcst: true }\n'],
    ['customers', 'a: txt\n'],
    ['audiences', 'vip: [a]\n'],
    ['cases', cases.replace(', sent:', ', send:')],
    ['cases', cases.replace('repair-received', 'repair-recieved')],
    ['cases', cases.replace('until:', 'untill:')],
    ['cases', cases.replace('telegram: failed', 'telegram: lost')],
  ])('refuse what is wrong in a %s: %j', (schema, text) => {
    expect(own.validate(schema, text)).not.toEqual([]);
  });

  it('stand with a business that has declared nothing yet', () => {
    expect(validators(new Map())('journey', journey(visit))).not.toEqual([]);
    expect(validators(new Map())('audiences', 'vip: "true"\n')).toEqual([]);
  });
});
