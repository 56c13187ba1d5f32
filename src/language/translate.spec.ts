import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { translate } from './translate.js';

/** Every `file:1:1: message` that a spec of the checker expects. */
function messagesOfSpecs(): readonly string[] {
  const specs = ['src/domain', 'src/simulate/cases', 'src/workspace', 'src/cli'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => path.join(folder, file)),
  );
  const found = specs.filter((file) => file.endsWith('.spec.ts')).flatMap((file) => messagesIn(file));
  return [...new Set(found)];
}

function messagesIn(file: string): readonly string[] {
  const messages: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) {
      const message = /^(?:[\w./-]*:)?\d+:\d+: (?:warning: )?([^]+)$/.exec(node.text)?.[1];
      if (message !== undefined) messages.push(message);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest));
  return messages;
}

/** What the sources hand to `error` and `warning` as it is written there, a word in place of each value. */
function messagesOfSources(): readonly string[] {
  const folders = ['src/domain', 'src/simulate/cases'];
  const sources = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => path.join(folder, file)),
  );
  const files = sources.filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'));
  return [...new Set(files.flatMap((file) => messagesHandedOver(file)))];
}

function messagesHandedOver(file: string): readonly string[] {
  const messages: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && /\b(error|warning|unknownWord|readText)$/.test(node.expression.getText(source)))
      messages.push(...node.arguments.flatMap((argument) => textOf(argument)));
    ts.forEachChild(node, visit);
  };
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  visit(source);
  // What begins with a value is begun elsewhere.
  return messages.filter((message) => /[a-z] [a-z]/.test(message) && !/^word(?:[;,]| word$)/.test(message));
}

function textOf(node: ts.Node): readonly string[] {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return [node.text];
  if (!ts.isTemplateExpression(node)) return [];
  const whole = node.templateSpans.reduce((text, { literal }) => filledUp(text, literal.text), node.head.text);
  return [whole];
}

/** What ends a sentence without a space before it is a remedy, which may be missing. */
function filledUp(text: string, behind: string): string {
  return behind !== '' || /(^|[\s(])$/.test(text) ? `${text}word${behind}` : text;
}

/** English left in a Persian message, outside quotes, brackets and names of keys: three plain words on end. */
function leftOver(persian: string): string | undefined {
  const outside = persian.replaceAll(/"[^"]*"|«[^»]*»|\{[^}]*\}|\([^)]*\)|\[[^\]]*\]|[\w.-]+\/[\w./-]+/g, '…');
  return /(?:\b[a-z]+ ){2,}[a-z]+\b/i.exec(outside)?.[0];
}

function isMissing(message: string): boolean {
  const persian = translate(message, 'fa');
  return persian === message || leftOver(persian) !== undefined;
}

describe('messages in Persian', () => {
  it('are there for everything that the specs of the checker expect it to say', () => {
    const messages = messagesOfSpecs();
    expect(messages.length).toBeGreaterThan(150);
    expect(messages.filter(isMissing)).toEqual([]);
  });

  it('are there for everything that the sources of the checker say outright', () => {
    const messages = messagesOfSources();
    expect(messages.length).toBeGreaterThan(150);
    expect(messages.filter(isMissing)).toEqual([]);
  });

  it.each([
    ['there is no template "helo"; did you mean "hello"?', 'قالب «helo» وجود ندارد؛ منظورتان "hello" بود؟'],
    ['expected true or false, got "maybe"', 'انتظار true یا false می‌رفت، "maybe" آمد'],
    [
      '"answer.value" is never "gud"; it is one of good, bad',
      '«answer.value» هرگز "gud" نیست؛ یکی از این‌هاست: good, bad',
    ],
    [
      '"answer.value" is never 7; it is a whole number from 1 to 5',
      '«answer.value» هرگز 7 نیست؛ عددی صحیح از 1 تا 5 است',
    ],
    ['"score" is a record (value, text); write score.value', '«score» یک رکورد است (value, text)؛ بنویسید score.value'],
    [
      'money cannot be compared with a number: write toman(50) for 50 tomans, or toman(5) for 50 rials',
      'مبلغ پول با یک عدد سنجیدنی نیست: برای 50 تومان بنویسید toman(50)، یا برای 50 ریال toman(5)',
    ],
    ['a duration stands in quotes in an expression: "30 days"', 'مدت در عبارت درون گیومه می‌آید: "30 days"'],
    [
      'this is no Handlebars: {{#if customer.name}} is not closed; close it with {{/if}}',
      'این Handlebars نیست: {{#if customer.name}} بسته نشده است؛ آن را با {{/if}} ببندید',
    ],
    [
      'this is no Handlebars: this {{ is not closed; close it with }}',
      'این Handlebars نیست: این {{ بسته نشده است؛ آن را با }} ببندید',
    ],
    [
      '"a" may be absent; put it inside {{#if a}} … {{/if}}, or write {{default a "…"}} (sent by journeys/x.yaml:12)',
      '«a» شاید نباشد؛ آن را درون {{#if a}} … {{/if}} بگذارید، یا بنویسید {{default a "…"}} (فرستندهٔ آن: journeys/x.yaml:12)',
    ],
    ['"titel" is no key of a journey; did you mean "title"?', '«titel» از کلیدهای یک سفر نیست؛ منظورتان "title" بود؟'],
  ])('%s', (english, persian) => {
    expect(translate(english, 'fa')).toBe(persian);
    expect(translate(english, 'en')).toBe(english);
  });

  it.each([
    ['there is no template "event"; did you mean "goal"?', ['«event»', '"goal"']],
    ['there is no purpose "goal"; there are money', ['«goal»', 'money']],
    ['purpose "event" is not declared in policy.yaml; there are text', ['«event»', 'text']],
    ['unknown name "money"; did you mean "text"?', ['«money»', '"text"']],
    ['"event" has no manual trigger; only a journey that has one can be launched', ['«event»']],
    ['"goal" is no field of what event gives; it has text', ['«goal»', 'event', ': text']],
    ['expected one of event', ['event']],
  ])('leave names as they are: %s', (english, names) => {
    const persian = translate(english, 'fa');
    expect(persian).not.toBe(english);
    for (const name of names) expect(persian).toContain(name);
  });

  it('call a purpose and a goal by two words', () => {
    expect(translate('there is no purpose "a"; there are b', 'fa')).toContain('منظور');
    expect(translate('a goal needs event, when, or both', 'fa')).toContain('هدف');
  });

  it('leave English what they do not know', () => {
    expect(translate('the moon is made of cheese', 'fa')).toBe('the moon is made of cheese');
  });

  it('cost little, however long the message', () => {
    const long = `expected ${'a, '.repeat(2_000)}got ${'b; '.repeat(2_000)}`;
    const start = process.cpuUsage();
    translate(long, 'fa');
    expect(process.cpuUsage(start).user / 1_000).toBeLessThan(2_000);
  });
});
