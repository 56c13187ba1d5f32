import { printProblem } from '../../problem.js';
import { loadTemplates } from '../templates.js';
import { readTemplate } from './reader.js';
import { singleBraces } from './single-braces.js';

function slipsOf(source: string): readonly string[] {
  return singleBraces(readTemplate(source).nodes).map(
    ({ line, column, message }) => `${String(line)}:${String(column)} ${message}`,
  );
}

describe('a name in single braces', () => {
  it.each([
    ['سلام {customer.name}', '1:6 "{customer.name}" reaches the customer as it stands; write {{customer.name}}'],
    ['{customer.name}}، سلام', '1:1 "{customer.name}}" reaches the customer as it stands; write {{customer.name}}'],
    ['a\nb { {code} }', '2:5 "{code}" reaches the customer as it stands; write {{code}}'],
    [
      '{{code}} {toman trigger.amount}',
      '1:10 "{toman trigger.amount}" reaches the customer as it stands; write {{toman trigger.amount}}',
    ],
    ['{{#if a}}{a}{{/if}}', '1:10 "{a}" reaches the customer as it stands; write {{a}}'],
    ['{{#if a}}x{{else}}\n{a}{{/if}}', '2:1 "{a}" reaches the customer as it stands; write {{a}}'],
  ])('is told in %j', (source, slip) => {
    expect(slipsOf(source)).toEqual([slip]);
  });

  it.each(['{{code}}', '\\{{raw}}', 'a { color: red }', '{see below}', '{۱}', '{A}', '{}', '{'.repeat(3)])(
    'is not seen in %j',
    (source) => {
      expect(slipsOf(source)).toEqual([]);
    },
  );
});

it('is warned of wherever customers would read it', () => {
  const files = { 'a/email.hbs': `---\nsubject: '{name}'\n---\n<p>\n{customer.name}</p>`, 'a/sms.hbs': '{now}' };
  const { problems } = loadTemplates(new Map(Object.entries(files).map(([path, text]) => [`templates/${path}`, text])));
  expect(problems.map(printProblem)).toEqual([
    'templates/a/email.hbs:2:11: warning: "{name}" reaches the customer as it stands; write {{name}}',
    'templates/a/email.hbs:5:1: warning: "{customer.name}" reaches the customer as it stands; write {{customer.name}}',
    'templates/a/sms.hbs:1:1: warning: "{now}" reaches the customer as it stands; write {{now}}',
  ]);
});
