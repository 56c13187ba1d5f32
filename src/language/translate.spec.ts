import { translate } from './translate.js';

describe('messages in Persian', () => {
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
