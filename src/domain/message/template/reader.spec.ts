import { readTemplate } from './reader.js';

function problemsOf(source: string): string[] {
  return readTemplate(source).problems.map(
    ({ line, column, message }) => `${String(line)}:${String(column)} ${message}`,
  );
}

describe('blocks in blocks', () => {
  const nested = (depth: number): string => `a\n${'{{#if a}}'.repeat(depth)}x${'{{/if}}'.repeat(depth)}`;

  it('may go far beyond what anybody writes', () => {
    expect(problemsOf(nested(100))).toEqual([]);
    expect(problemsOf('{{#if a}}x{{/if}}'.repeat(500))).toEqual([]);
  });

  it('end before they take the parser minutes', () => {
    const began = process.cpuUsage();
    expect(problemsOf(nested(10_000))).toEqual(['2:901 blocks are nested too deeply here']);
    expect(process.cpuUsage(began).user).toBeLessThan(5_000_000);
  });
});

describe('reading a template', () => {
  it.each([
    'plain text',
    '{{customer.name}} {{this.a}} {{@root.b}} {{! a comment }} {{!-- another --}}',
    '{{#if a}}x{{else if b}}y{{else}}z{{/if}}{{^if a}}n{{/if}}{{#unless a}}u{{/unless}}',
    '{{#each items}}{{this}} {{@index}} {{@first}} {{@last}} {{@key}} {{../name}}{{else}}none{{/each}}',
    '{{#with a}}{{b}}{{/with}}{{#if_eq a "b"}}x{{/if_eq}}',
    '{{toman 500000}} {{jalali t "yyyy/MM/dd"}} {{fa_digits (default x 1)}} {{unsubscribe}}',
    '{{customer.[first name]}} {{items.[0].name}} {{~a~}} \\{{raw}}',
  ])('takes %s', (source) => {
    expect(problemsOf(source)).toEqual([]);
  });

  it.each([
    ['{{> footer}}', '1:1 partials ({{> x}}) are not part of the language; write the text out'],
    ['{{#> layout}}x{{/layout}}', '1:1 partials ({{> x}}) are not part of the language; write the text out'],
    ['{{#*inline "x"}}x{{/inline}}', '1:1 decorators ({{* x}}) are not part of the language'],
    ['a\n  {{{name}}}', '2:3 raw HTML ({{{x}}} or {{&x}}) is not printed from data; write {{x}}'],
    ['{{&name}}', '1:1 raw HTML ({{{x}}} or {{&x}}) is not printed from data; write {{x}}'],
    ['{{tomann 5}}', '1:3 there is no helper "tomann"; did you mean "toman"?'],
    [
      '{{shout customer.name}}',
      '1:3 there is no helper "shout"; there are toman, rial, fa_digits, jalali, time, link, unsubscribe, default',
    ],
    [
      '{{5 x}}',
      '1:3 there is no helper "5"; there are toman, rial, fa_digits, jalali, time, link, unsubscribe, default',
    ],
    [
      '{{lookup a b}}',
      '1:3 there is no helper "lookup"; there are toman, rial, fa_digits, jalali, time, link, unsubscribe, default',
    ],
    ['{{if a}}', '1:3 if opens a block; write {{#if …}} … {{/if}}'],
    ['{{#toman 5}}{{/toman}}', '1:1 toman is no block; write {{toman …}}'],
    ['{{#iff a}}{{/iff}}', '1:1 there is no block "iff"; did you mean "if"?'],
    [
      '{{#customer}}x{{/customer}}',
      '1:1 there is no block "customer"; write {{#if customer}}, {{#each customer}} or {{#with customer}}',
    ],
    ['{{#if a b}}{{/if}}', '1:1 {{#if}} takes one value, and has 2'],
    ['{{toman}}', '1:1 toman takes one value, and has 0'],
    ['{{toman a b}}', '1:1 toman takes one value, and has 2'],
    ['{{unsubscribe a}}', '1:1 unsubscribe takes no values, and has 1'],
    [
      '{{#each a}}{{time}}{{/each}}',
      '1:12 time takes one value, and has 0; for a field of that name write {{this.time}}',
    ],
    [
      '{{#each a as |x|}}{{/each}}',
      '1:1 names for the element (as |x|) are not supported yet; write {{this}} or {{this.name}}',
    ],
    ['{{jalali t pattern="x"}}', '1:12 "pattern=" is not known; arguments go without names'],
    ['{{#if a includeZero=true}}{{/if}}', '1:9 "includeZero=" is not known; arguments go without names'],
    ['{{../a}}', '1:3 "../a" leads above the template\'s own names'],
    ['{{#if a}}{{../a}}{{/if}}', '1:12 "../a" leads above the template\'s own names'],
    ['{{@index}}', '1:3 "@index" is known inside {{#each}} only'],
    ['{{@data}}', '1:3 "@data" is not known; there are @index, @key, @first, @last and @root'],
    ['{{customer.constructor}}', '1:3 "constructor" is no data; a template sees data only'],
    ['{{__proto__.x}}', '1:3 "__proto__" is no data; a template sees data only'],
    ['{{toman (default @root.[prototype] 5)}}', '1:18 "prototype" is no data; a template sees data only'],
    ['{{#each a.toString}}{{/each}}', '1:9 "toString" is no data; a template sees data only'],
  ])('refuses %s', (source, problem) => {
    expect(problemsOf(source)).toEqual([problem]);
  });

  it.each([
    ['a\n{{#if a}}\nx', /^2:1 this is no Handlebars: {{#if a}} is not closed; close it with {{\/if}}$/],
    ['{{#if a}}{{#each b}}x{{/each}}', /^1:1 this is no Handlebars: {{#if a}} is not closed; close it with {{\/if}}$/],
    ['a\nb {{/if}}', /^2:\d+ this is no Handlebars: this closes a block that is not open/],
    ['{{#if a}}x{{/each}}', /^1:\d+ this is no Handlebars: {{#if}} is closed with {{\/each}}; write {{\/if}}$/],
    ['سلام {{نام!}}', /^1:\d+ this is no Handlebars: /],
    ['{{customer.name', /^1:1 this is no Handlebars: this {{ is not closed; close it with }}$/],
    ['سلام\nآقای {{customer.name عزیز {{x}}', /^2:6 this is no Handlebars: this {{ is not closed; close it with }}$/],
    ['{{!-- {{ --}} {{a}', /^1:15 this is no Handlebars: this {{ is not closed; close it with }}$/],
    ['{{else}}', /^1:\d+ this is no Handlebars: /],
  ])('says where %j is no Handlebars', (source, problem) => {
    const [first = '', ...more] = problemsOf(source);
    expect(first).toMatch(problem);
    expect(first).not.toContain('\n');
    expect(more).toEqual([]);
  });
});
