import fc from 'fast-check';
import Handlebars from 'handlebars';
import type { Field, Kind } from '../../expression/kind.js';
import type { JsonObject } from '../../json.js';
import { checkTemplate } from './checker.js';
import { compileTemplate } from './compiler.js';
import { readTemplate } from './reader.js';

/** Templates, names and data at random: what the checker lets through is never found absent when it is rendered. */

const text: Kind = { kind: 'text' };
const there = (kind: Kind): Field => ({ kind, optional: false });
const perhaps = (kind: Kind): Field => ({ kind, optional: true });
const item: Kind = {
  kind: 'record',
  fields: { title: there(text), note: perhaps(text), sizes: there({ kind: 'list', of: text }) },
};
const names: Readonly<Record<string, Field>> = {
  customer: there({ kind: 'record', fields: { name: perhaps(text), city: there(text) } }),
  order: perhaps({
    kind: 'record',
    fields: { note: perhaps(text), cost: there({ kind: 'money' }), items: there({ kind: 'list', of: item }) },
  }),
  items: there({ kind: 'list', of: item }),
};

const word = fc.constantFrom('a', 'b', 'x y', 'سارا');
const maybe = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> => fc.option(value, { nil: null });
const anItem = fc.record({ title: word, note: maybe(word), sizes: fc.array(word, { maxLength: 2 }) });
const data: fc.Arbitrary<JsonObject> = fc.record({
  customer: fc.record({ name: maybe(word), city: word }),
  order: maybe(fc.record({ note: maybe(word), cost: fc.nat(), items: fc.array(anItem, { maxLength: 2 }) })),
  items: fc.array(anItem, { maxLength: 2 }),
});

const path = fc.constantFrom(
  ...[
    'customer.name',
    'customer.city',
    'order.note',
    'order.cost',
    'items.length',
    'items.[0].title',
    'title',
    'note',
    'this',
  ],
  ...[
    '../title',
    '../note',
    '../customer.name',
    '@root.customer.name',
    '@root.order.note',
    '../../order.cost',
    'city',
    'name',
    'cost',
  ],
);
const subject = fc.constantFrom(
  'order',
  'order.items',
  'items',
  'customer',
  'sizes',
  '../items',
  '@root.order',
  '../sizes',
  'order.note',
);
const { template } = fc.letrec<{ template: string; node: string }>((tie) => ({
  template: fc.array(tie('node'), { minLength: 1, maxLength: 3 }).map((nodes) => nodes.join('')),
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    path.map((name) => `{{${name}}}`),
    path.map((name) => `{{default ${name} "-"}}`),
    path.map((name) => `{{fa_digits (default ${name} 1)}}`),
    fc.tuple(fc.constantFrom('if', 'unless'), fc.oneof(path, subject), tie('template'), tie('template')).map(block),
    fc.tuple(fc.constantFrom('each', 'with'), subject, tie('template'), tie('template')).map(block),
    fc
      .tuple(path, word, tie('template'))
      .map(([name, value, body]) => `{{#if_eq ${name} "${value}"}}${body}{{/if_eq}}`),
  ),
}));

function block([name, over, body, otherwise]: [string, string, string, string]): string {
  return `{{#${name} ${over}}}${body}{{else}}${otherwise}{{/${name}}}`;
}

function passes(source: string): boolean {
  const { nodes, problems } = readTemplate(source);
  return problems.length === 0 && checkTemplate(nodes, names, new Set()).length === 0;
}

const scope = {
  clock: { zone: 'Asia/Tehran', calendar: 'jalali' },
  links: { link: String, unsubscribe: () => '' },
} as const;

describe('a template that the checker lets through', () => {
  it('can be rendered for every customer', () => {
    let rendered = 0;
    fc.assert(
      fc.property(template, data, (source, values) => {
        if (!passes(source)) return;
        rendered += 1;
        compileTemplate(readTemplate(source).nodes, { html: true, lenient: false })(values, scope);
      }),
      { numRuns: 600 },
    );
    expect(rendered).toBeGreaterThan(20);
  });

  it('prints what Handlebars itself prints', () => {
    const plain = Handlebars.create();
    plain.registerHelper('default', (value: unknown, otherwise: unknown) => value ?? otherwise);
    plain.registerHelper('fa_digits', (value: unknown) =>
      String(value).replace(/\d/g, (digit) => '۰۱۲۳۴۵۶۷۸۹'.charAt(Number(digit))),
    );
    plain.registerHelper('if_eq', function (this: unknown, a: unknown, b: unknown, options: Handlebars.HelperOptions) {
      return a === b ? options.fn(this) : options.inverse(this);
    });
    fc.assert(
      fc.property(template, data, (source, values) => {
        if (!passes(source)) return;
        const ours = compileTemplate(readTemplate(source).nodes, { html: true, lenient: false })(values, scope);
        expect(ours).toBe(plain.compile(source)(values));
      }),
      { numRuns: 400 },
    );
  });
});
