import type { Field, Kind } from '../../expression/kind.js';
import { checkTemplate } from './checker.js';
import type { Known } from './names.js';
import { readTemplate } from './reader.js';

function field(kind: Kind | Exclude<Kind['kind'], 'list' | 'record'>, optional = false): Field {
  return { kind: typeof kind === 'string' ? { kind } : kind, optional };
}

const item: Kind = {
  kind: 'record',
  fields: { title: field('text'), price: field('money', true), sizes: field({ kind: 'list', of: { kind: 'text' } }) },
};
const names: Readonly<Record<string, Field>> = {
  customer: field({
    kind: 'record',
    fields: { name: field('text', true), birth_date: field('date', true), vip: field('boolean') },
  }),
  trigger: field({
    kind: 'record',
    fields: {
      device: field('text'),
      cost: field('money'),
      ready_at: field('time'),
      note: field('text', true),
      items: field({ kind: 'list', of: item }),
      extra: field('any'),
    },
  }),
  estimate: field({ kind: 'record', fields: { cost: field('money'), at: field('time', true) } }, true),
  now: field('time'),
};

function problemsOf(source: string, known: Known = new Set()): string[] {
  const { nodes, problems } = readTemplate(source);
  expect(problems).toEqual([]);
  return checkTemplate(nodes, names, known).map(
    ({ line, column, message }) => `${String(line)}:${String(column)} ${message}`,
  );
}

describe('the names of a template', () => {
  it.each([
    '{{trigger.device}} {{toman trigger.cost}} {{rial trigger.cost}} {{jalali trigger.ready_at}} {{time now}} {{trigger.items.length}}',
    '{{#if customer.name}}{{customer.name}}{{/if}}',
    '{{#if trigger.note}}a{{else if customer.name}}{{customer.name}}{{/if}}',
    '{{#unless customer.name}}a{{else}}{{customer.name}}{{/unless}}',
    '{{default customer.name "مشتری"}} {{fa_digits (default customer.name 5)}} {{toman (default estimate.cost 0)}}',
    '{{#if estimate}}{{toman estimate.cost}}{{/if}}',
    '{{#if estimate.at}}{{time estimate.at}} {{toman estimate.cost}}{{/if}}',
    '{{#with estimate}}{{toman cost}}{{#if at}}{{time at}}{{time @root.estimate.at}}{{/if}}{{/with}}',
    '{{#each trigger.items}}{{title}} {{@index}} {{../now}} {{@root.trigger.device}}{{#if price}}{{toman price}}{{/if}}{{/each}}',
    '{{#each trigger.items}}{{#each sizes}}{{this}} {{../title}} {{../../trigger.device}}{{/each}}{{/each}}',
    '{{#if_eq customer.name "سارا"}}{{customer.name}}{{/if_eq}}{{#if_eq trigger.note customer.name}}x{{/if_eq}}',
    '{{#if customer.vip}}x{{/if}}{{customer.vip}}',
    '{{#if (default customer.name trigger.note)}}{{trigger.device}}{{/if}}',
    '{{#if trigger.extra.a.b}}{{trigger.extra.a.b}}{{/if}}{{#each trigger.extra}}{{this}}{{/each}}',
    '{{#if trigger.items.[0]}}{{trigger.items.[0].title}}{{/if}}',
    '{{jalali now "yyyy/MM/dd"}}{{link "https://example.com/a"}}{{link trigger.device}}',
  ])('may be used so: %s', (source) => {
    expect(problemsOf(source)).toEqual([]);
  });

  it.each([
    ['{{custmer.name}}', '1:3 there is no "custmer" here; did you mean "customer"?'],
    ['a\n {{trigger.devise}}', '2:4 "trigger" has no field "devise"; did you mean "device"?'],
    ['{{xyz}}', '1:3 there is no "xyz" here; there are customer, trigger, estimate, now'],
    ['{{trigger.device.length}}', '1:3 "trigger.device" is a text and has no field "length"'],
    ['{{#if customr}}x{{/if}}', '1:7 there is no "customr" here; did you mean "customer"?'],
    [
      '{{#each trigger.items}}{{trigger.device}}{{/each}}',
      '1:26 there is no "trigger" here; write @root.trigger.device',
    ],
    [
      '{{#each trigger.itmes}}{{title}} {{#each this.b}}{{c}}{{/each}}{{/each}}',
      '1:9 "trigger" has no field "itmes"; did you mean "items"?',
    ],
    ['{{#with trigger.devise}}{{a.b}}{{/with}}', '1:9 "trigger" has no field "devise"; did you mean "device"?'],
    ['{{#each trigger.items}}{{titel}}{{/each}}', '1:26 there is no "titel" here; did you mean "title"?'],
    ['{{default custmer "x"}}', '1:11 there is no "custmer" here; did you mean "customer"?'],
  ])('%s: %s', (source, problem) => {
    expect(problemsOf(source)).toEqual([problem]);
  });

  it.each([
    ['{{customer.name}}', 3, 'customer.name', '{{default customer.name "…"}}'],
    ['{{toman estimate.cost}}', 9, 'estimate.cost', '(default estimate.cost …)'],
    ['{{#if trigger.note}}{{customer.name}}{{/if}}', 23, 'customer.name', '{{default customer.name "…"}}'],
    ['{{#if customer.name}}x{{else}}{{customer.name}}{{/if}}', 33, 'customer.name', '{{default customer.name "…"}}'],
    ['{{#unless customer.name}}{{customer.name}}{{/unless}}', 28, 'customer.name', '{{default customer.name "…"}}'],
    ['{{#with estimate}}{{time at}}{{/with}}', 26, 'at', '(default at …)'],
    ['{{trigger.extra.a}}', 3, 'trigger.extra.a', '{{default trigger.extra.a "…"}}'],
    ['{{#each trigger.items}}{{toman price}}{{/each}}', 32, 'price', '(default price …)'],
    ['{{fa_digits (default customer.name trigger.note)}}', 13, '(default …)', '(default (default …) …)'],
  ])('%s needs a guard', (source, column, name, otherwise) => {
    const message = `"${name}" may be absent; put it inside {{#if ${name}}} … {{/if}}, or write ${otherwise}`;
    expect(problemsOf(source)).toEqual([`1:${String(column)} ${message}`]);
  });

  it('need no guard where the journey knows that they are there', () => {
    expect(problemsOf('{{toman estimate.cost}}', new Set(['estimate']))).toEqual([]);
    expect(problemsOf('{{time estimate.at}}', new Set(['estimate.at']))).toEqual([]);
    expect(problemsOf('{{time estimate.at}}', new Set(['estimate']))).toHaveLength(1);
    expect(problemsOf('{{#with estimate}}{{time at}}{{/with}}', new Set(['estimate.at']))).toEqual([]);
    expect(problemsOf('{{customer.name}}{{estimate.cost}}', 'everything')).toEqual([]);
    expect(problemsOf('{{#if customer.name}}{{trigger.note}}{{/if}}', 'everything')).toEqual([]);
  });

  it('are guarded for one element of a list, not for those of another list', () => {
    const inner =
      '{{#each trigger.items}}{{#if price}}{{#each ../trigger.items}}{{toman price}}{{/each}}{{/if}}{{/each}}';
    expect(problemsOf(inner)).toHaveLength(1);
  });

  it.each([
    ['{{toman trigger.device}}', '1:9 toman takes an amount, and trigger.device is a text'],
    ['{{toman "5"}}', '1:9 toman takes an amount, and 5 is a text'],
    ['{{time trigger.cost}}', '1:8 time takes a time, and trigger.cost is an amount'],
    [
      '{{jalali now "DD"}}',
      '1:14 "DD" is no part of a date pattern; expected yyyy, yy, MMMM, MM, M, dd, d, EEEE, HH, H, mm',
    ],
    ['{{link "example.com"}}', '1:8 "example.com" is no web address; expected one such as https://example.com/a'],
    [
      '{{link "javascript:alert(1)"}}',
      '1:8 "javascript:alert(1)" is no web address; expected one such as https://example.com/a',
    ],
    ['{{fa_digits customer.vip}}', '1:13 fa_digits takes a text or a number, and customer.vip is true or false'],
    ['{{#each trigger.device}}x{{/each}}', '1:9 "trigger.device" is a text, not a list'],
    ['{{#each customer}}x{{/each}}', '1:9 "customer" is a record, not a list'],
    ['{{trigger.items}}', '1:3 "trigger.items" is a list; write {{#each trigger.items}} … {{/each}}'],
    ['{{customer}}', '1:3 "customer" is a record and has no text; print one of its fields'],
    ['{{toman (default estimate.cost "رایگان")}}', '1:9 toman takes an amount, and (default …) is a text'],
    ['{{default estimate "x"}}', '1:1 "(default …)" is a record and has no text; print one of its fields'],
    ['{{toman (fa_digits trigger.cost)}}', '1:9 toman takes an amount, and (fa_digits …) is a text'],
  ])('%s is of the wrong kind', (source, problem) => {
    expect(problemsOf(source)).toEqual([problem]);
  });
});
