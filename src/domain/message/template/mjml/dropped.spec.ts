import { printProblem } from '../../../problem.js';
import { loadTemplates } from '../../templates.js';

function told(inside: string, head = ''): readonly string[] {
  const mjml = `<mjml><mj-head>${head}</mj-head><mj-body><mj-section><mj-column>\n${inside}\n</mj-column></mj-section></mj-body></mjml>`;
  const files = new Map([['templates/a/email.mjml', `---\nsubject: x\n---\n${mjml}`]]);
  return loadTemplates(files).problems.map((problem) => printProblem(problem).replace('templates/a/email.mjml:', ''));
}

describe('what MJML leaves out of the HTML', () => {
  it('is told, for it would be missing from each message', () => {
    const attributes = '<mj-attributes><mj-button href="{{trigger.url}}" /></mj-attributes>';
    expect(told('<mj-text>x</mj-text>', attributes)).toEqual([
      '4:50: MJML drops {{trigger.url}} here; print it in <mj-text>',
    ]);
    expect(told('<mj-button>x</mj-button>', attributes)).toEqual([]);
  });

  it('may be what stands in a comment', () => {
    expect(told('<!-- {{trigger.url}} --><mj-text>x</mj-text>')).toEqual([]);
  });
});

describe('a bracket that opens no element', () => {
  it.each([
    ['a < b', '5:1: a text directly in <mj-column> is not shown; put it into <mj-text>'],
    ['<', '5:1: a text directly in <mj-column> is not shown; put it into <mj-text>'],
  ])('is a text like others: %s', (inside, problem) => {
    expect(told(inside)).toContain(problem);
  });

  it('may stand in a text', () => {
    expect(told('<mj-text>a < b</mj-text>')).toEqual([]);
  });
});
