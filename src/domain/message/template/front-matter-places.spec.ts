import { printProblem } from '../../problem.js';
import { loadTemplates } from '../templates.js';

function told(path: string, text: string): readonly string[] {
  return loadTemplates(new Map([[`templates/a/${path}`, text]])).problems.map(printProblem);
}

const partials = 'partials ({{> x}}) are not part of the language; write the text out';

describe('a mistake in front matter is told where it stands', () => {
  it.each([
    ['in the first line of a token', 'token: "a {{> x}}"', '3:11'],
    ['in the third line of a token', 'token: |\n  one\n  two\n  a {{> x}}', '6:5'],
    ['in a token in front of another', 'token: |\n  a {{> x}}\ntoken2: b', '4:5'],
  ])('%s', (_, matter, place) => {
    expect(told('sms.hbs', `---\nlookup: code\n${matter}\n---\nx\n`)).toEqual([
      `templates/a/sms.hbs:${place}: ${partials}`,
    ]);
  });

  it('in a subject', () => {
    expect(told('email.hbs', `---\nsubject: a {{> x}}\n---\nx\n`)).toEqual([`templates/a/email.hbs:2:12: ${partials}`]);
  });

  it('and one in the text is told where the text stands', () => {
    expect(told('email.hbs', `---\nsubject: a\n---\nx\n {{> x}}\n`)).toEqual([
      `templates/a/email.hbs:5:2: ${partials}`,
    ]);
  });
});
