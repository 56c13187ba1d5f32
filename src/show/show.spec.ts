import { parse } from 'yaml';
import type { JsonObject } from '../domain/json.js';
import { phrases } from './phrases.js';
import { readAloud } from './read-aloud.js';

const aloud = (text: string, language: 'en' | 'fa' = 'en'): readonly string[] =>
  readAloud(parse(text) as JsonObject, language);

const head = 'journey: a\npurpose: service\ntrigger: { event: visit }\n';
const steps = (text: string, language: 'en' | 'fa' = 'en'): readonly string[] =>
  aloud(`${head}steps:\n${text}`, language).slice(4);

describe('a journey read aloud', () => {
  it('begins with what starts it, what ends it and what it is for', () => {
    const top = `title: خوش‌آمد
draft: true
about: repair_id
entry: { again: after 30 days, while_inside: restart }
exit: { event: repair.cancelled, when: event.reason == "x" }
goal: [ { event: visit }, { when: now > trigger.until } ]
holdout: 5%
`;
    expect(aloud(`${head}${top}steps: []`)).toEqual([
      'a — خوش‌آمد',
      'This is a draft: it is checked and simulated, and starts nobody.',
      'It starts when visit comes.',
      'Each repair_id is gone through by itself.',
      'Somebody who has left may enter again after 30 days.',
      'Started anew while somebody is inside, it begins again.',
      '5% are kept out, to compare with.',
      'Its messages are “service”.',
      'It is left at once when repair.cancelled comes and event.reason == "x".',
      'Its goal is reached when visit comes.',
      'Its goal is reached as soon as now > trigger.until.',
      'What happens:',
    ]);
  });

  it.each<[string, string]>([
    ['{ event: visit, when: event.n > 1, audience: vip }', 'when visit comes, if event.n > 1, for “vip”'],
    ['[ { event: visit }, { manual: { kind: text } } ]', 'when visit comes, or when somebody launches it'],
    ['{ every: thursday, at: "18:00" }', 'every thursday at 18:00'],
    ['{ cron: "0 18 1,15 * *" }', 'by the clock (0 18 1,15 * *)'],
    ['{ occasion: yalda, offset: -1 day, at: "18:00" }', 'on yalda, moved by -1 day at 18:00'],
    ['{ anniversary: customer.birth_date, at: "10:00" }', 'each year on customer.birth_date at 10:00'],
    ['{ absence: [visit, purchase], for: 90 days }', 'after 90 days without visit, purchase'],
    ['{ credit_expiring: 5 days, at: "11:00" }', '5 days before credit expires'],
  ])('starts %s', (trigger, said) => {
    expect(aloud(`journey: a\npurpose: service\ntrigger: ${trigger}\nsteps: []`)[1]).toBe(`It starts ${said}.`);
  });

  it.each<[string, readonly string[]]>([
    [
      '  - { send: hi, via: [sms, email], fallback_after: 10 minutes, not_after: 3 days }',
      [
        '  1. Send “hi” by sms, email, by the next channel if there is no receipt after 10 minutes, not later than 3 days',
      ],
    ],
    [
      '  - { send: hi, else: [ stop: unsent ] }',
      ['  1. Send “hi”', '    - If it is not sent:', '      1. Stop here: unsent'],
    ],
    [
      '  - { ask: csat, answers: { yes: [1], no: [2] }, within: 2 days, save_as: a }',
      ['  1. Ask “csat”, and wait for the answer (yes, no), 2 days at most, and remember it as “a”'],
    ],
    ['  - { wait: 1 day, at: "11:00" }', ['  1. Wait 1 day, until 11:00']],
    ['  - wait: { days: [sat, sun], from: "10:00", to: "20:00" }', ['  1. Wait for sat, sun 10:00 to 20:00']],
    [
      '  - { wait_until: { date: =trigger.due, offset: -3 days, at: "10:00" }, else: [ stop: late ] }',
      [
        '  1. Wait until trigger.due, moved by -3 days at 10:00',
        '    - If it had passed already:',
        '      1. Stop here: late',
      ],
    ],
    [
      '  - { wait_for: visit, when: event.n > 1, at_most: 2 days }',
      ['  1. Wait for visit, if event.n > 1, 2 days at most'],
    ],
    [
      '  - wait_for:\n      - { event: visit, stay: true, then: [ send: hi ] }\n      - { after: 2 days, then: [ send: hi ] }\n      - { event: bye, save_as: b }',
      [
        '  1. Wait for the first of these:',
        '    - visit (and go on waiting):',
        '      1. Send “hi”',
        '    - after 2 days (and go on waiting):',
        '      1. Send “hi”',
        '    - bye, and remember it as “b”: go on',
      ],
    ],
    [
      '  - choose:\n      - { when: known(a), then: [ send: hi ] }\n      - else: [ stop: no ]',
      [
        '  1. Depending on what is true:',
        '    - if known(a):',
        '      1. Send “hi”',
        '    - else:',
        '      1. Stop here: no',
      ],
    ],
    [
      '  - split: [ { name: a, weight: 50%, then: [ send: hi ] } ]',
      ['  1. By chance:', '    - 50% (a):', '      1. Send “hi”'],
    ],
    [
      '  - { grant: 20000 toman, expires: { occasion: yalda, at: "23:59" }, save_as: gift }',
      ['  1. Give 20000 toman of credit, good until yalda at 23:59, and remember it as “gift”'],
    ],
    [
      '  - { task: call, due: 4 working hours, within: 1 day, else: [ stop: no ] }',
      [
        '  1. Give somebody the task “call”, due 4 working hours, and wait until it is done, 1 day at most',
        '    - If it is not done in time:',
        '      1. Stop here: no',
      ],
    ],
    [
      '  - set: { tier: gold, score: =csat.value }\n  - { take_back: gift }\n  - emit: visit\n  - webhook: "https://x.ir"',
      [
        '  1. Note of the customer: tier: gold, score: csat.value',
        '  2. Take back what is left of “gift”',
        '  3. Send out the event visit',
        '  4. Call https://x.ir',
      ],
    ],
  ])('tells %s', (text, said) => {
    expect(steps(text)).toEqual(said);
  });

  it('speaks Persian, durations and money too', () => {
    expect(steps('  - wait: 2 days\n  - grant: 20000 toman\n  - send: hi\n', 'fa')).toEqual([
      '  ۱. ۲ روز صبر کن',
      '  ۲. ۲۰۰۰۰ تومان اعتبار بده',
      '  ۳. «hi» را بفرست',
    ]);
  });

  it('has the same slots in both languages', () => {
    const slots = (texts: Readonly<Record<string, string>>): readonly string[] =>
      Object.entries(texts).map(([name, text]) => `${name}: ${(text.match(/\{\w+\}/g) ?? []).sort().join()}`);
    expect(slots(phrases.fa)).toEqual(slots(phrases.en));
  });
});
