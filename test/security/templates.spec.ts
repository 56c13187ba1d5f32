import { loadTemplates } from '../../src/domain/message/templates.js';
import type { Content, TemplateContext } from '../../src/domain/message/message.js';
import { printProblem } from '../../src/domain/problem.js';
import type { Field } from '../../src/domain/expression/kind.js';

const text: Field = { kind: { kind: 'text' }, optional: false };
const any: Field = { kind: { kind: 'any' }, optional: false };
/** The most that a template can be told is there: anything at all, under any name. */
const names: Readonly<Record<string, Field>> = {
  customer: any,
  trigger: any,
  which: text,
  list: { kind: { kind: 'list', of: { kind: 'any' } }, optional: false },
};

/** What is wrong with a text, wherever that is found. */
function problemsOf(source: string): readonly string[] {
  const { templates, problems } = loadTemplates(new Map([['templates/t/sms.hbs', source]]));
  if (problems.some(({ severity }) => severity === 'error')) return problems.map(printProblem);
  return templates.check('t', 'sms', names, new Set()).map(({ message }) => message);
}

const scope = { now: 0, clock: { zone: 'Asia/Tehran', calendar: 'jalali' } } as const;
const rendered = (source: string, context: TemplateContext): Content =>
  loadTemplates(new Map([['templates/t/sms.hbs', source]])).templates.render('t', 'sms', () => context, scope);

describe('a template that reaches for more than data', () => {
  it.each([
    // Prototypes, by every road.
    ...['constructor', '__proto__', 'prototype', 'toString', 'hasOwnProperty', '__defineGetter__', 'valueOf'].flatMap(
      (name) => [
        `{{${name}}}`,
        `{{customer.${name}}}`,
        `{{customer.[${name}]}}`,
        `{{@root.${name}}}`,
        `{{this.${name}}}`,
        `{{customer/${name}}}`,
        `{{#with customer}}{{${name}}}{{/with}}`,
        `{{#with customer}}{{../${name}}}{{/with}}`,
        `{{#each list}}{{this.${name}}}{{/each}}`,
        `{{#if customer.${name}}}x{{/if}}`,
        `{{default customer.${name} "x"}}`,
        `{{toman (default trigger.${name} 5)}}`,
      ],
    ),
    '{{customer.constructor.constructor "return process" }}',
    '{{#with "s" as |string|}}{{string.sub.constructor}}{{/with}}',
    // Computed names.
    '{{lookup customer which}}',
    '{{lookup customer "constructor"}}',
    '{{#with (lookup this "__proto__")}}x{{/with}}',
    '{{lookup (lookup this "constructor") "name"}}',
    '{{#each (lookup customer which)}}x{{/each}}',
    // Helpers that Handlebars has, and that nobody asked for.
    ...['log', 'helperMissing', 'blockHelperMissing', 'lookup', 'eval', 'require', 'fs'].map(
      (name) => `{{${name} which}}`,
    ),
    '{{#helperMissing which}}x{{/helperMissing}}',
    '{{(which)}}',
    // Raw HTML, and what is no data at all.
    '{{{customer.name}}}',
    '{{& customer.name}}',
    '{{> other}}',
    '{{> (lookup . "which")}}',
    '{{#> layout}}x{{/layout}}',
    '{{#*inline "x"}}y{{/inline}}',
    '{{* decorator}}',
    '{{@partial-block}}',
    '{{@../key}}',
    '{{link "javascript:alert(1)"}}',
    '{{link "data:text/html,x"}}',
  ])('is refused: %s', (source) => {
    expect(problemsOf(source)).not.toEqual([]);
  });

  it('is refused, however deep, without falling over it', () => {
    for (const source of ['{{#if which}}'.repeat(500), `{{${'('.repeat(5_000)}`, `{{${'a.'.repeat(5_000)}a}}`]) {
      expect(() => problemsOf(source)).not.toThrow();
    }
  });
});

describe('data that looks like a template', () => {
  it.each(['{{constructor}}', '{{{which}}}', '{{> x}}', '\\{{x}}', '{{#each list}}', '${process.env}', '<%= 1 %>'])(
    'is printed as it is: %s',
    (name) => {
      expect(rendered('سلام {{customer.name}}', { customer: { name } })).toMatchObject({ text: `سلام ${name}` });
    },
  );

  it('prints nothing of what an object inherits, or of a record', () => {
    const inline = loadTemplates(new Map([['templates/t/sms.hbs', '{{default customer.name "-"}}']])).templates;
    const given = (customer: unknown) =>
      inline.render('t', 'sms', () => ({ customer }) as TemplateContext, scope) as { text: string };
    expect(given(JSON.parse('{"__proto__": {"name": "eve"}}')).text).toBe('-');
    expect(given(Object.create({ name: 'eve' })).text).toBe('-');
    expect(given({ name: null }).text).toBe('-');
  });
});

describe('data in an e-mail', () => {
  const templates = loadTemplates(
    new Map([
      [
        'templates/t/email.hbs',
        '---\nsubject: "{{customer.name}}"\n---\n<p title="{{customer.name}}">{{customer.name}}</p><a href="{{link trigger.url}}">x</a>',
      ],
    ]),
  ).templates;
  const mail = (name: string, url = 'https://example.com/') => {
    const content = templates.render('t', 'email', () => ({ customer: { name }, trigger: { url } }), scope);
    if (content.channel !== 'email') throw new Error('no e-mail');
    return content;
  };

  it.each([
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    '<!--',
    '</p></html><script>',
    '&lt;script&gt;',
    '`${alert(1)}`',
  ])('is text, never HTML: %s', (name) => {
    const { html } = mail(name);
    expect(html).not.toContain(name);
    expect(html).not.toMatch(/<(?:script|img)|onerror=a|title="[^"]*"[^>]*on/i);
  });

  it.each(['سارا\r\nBcc: eve@example.com', 'a\nb', 'a\u2028b', 'a\0b'])('cannot begin another header: %j', (name) => {
    expect(mail(name).subject).not.toMatch(/[\r\n\0\u2028\u2029]/);
  });

  it.each([
    'javascript:alert(1)',
    'JAVASCRIPT:alert(1)',
    ' javascript:x',
    'data:text/html,<script>',
    'vbscript:x',
    '//evil',
  ])('is no link to anything but the web: %s', (url) => {
    expect(() => mail('x', url)).toThrow(/web address/);
  });
});
