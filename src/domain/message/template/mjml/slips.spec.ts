import { printProblem } from '../../../problem.js';
import { loadTemplates } from '../../templates.js';

function told(body: string, file: 'email.mjml' | 'email.hbs' = 'email.mjml'): readonly string[] {
  const files = new Map([[`templates/a/${file}`, `---\nsubject: x\n---\n${body}`]]);
  return loadTemplates(files).problems.map((problem) => printProblem(problem).replace(`templates/a/${file}:`, ''));
}

const column = (inside: string): string =>
  `<mjml><mj-body><mj-section><mj-column>\n${inside}\n</mj-column></mj-section></mj-body></mjml>`;

const nowhere = (image: string): string =>
  `warning: no mail program can load the image "${image}"; write its whole address, such as https://example.com/logo.png`;

describe('an image in an e-mail', () => {
  it.each([
    ['<mj-image src="logo.png" />', `5:11: ${nowhere('logo.png')}`],
    ['<mj-image alt="x"\n src="/a/{{trigger.no}}.png" />', `6:2: ${nowhere('/a/{{trigger.no}}.png')}`],
    ['<mj-image src="//cdn.example.com/a.png" />', `5:11: ${nowhere('//cdn.example.com/a.png')}`],
    ['<mj-text>a <img alt="" src=\'logo.png\'></mj-text>', `5:12: ${nowhere('logo.png')}`],
  ])('is told of where it has no whole address: %s', (inside, problem) => {
    expect(told(column(inside))).toEqual([problem]);
  });

  it('is told of behind a section too', () => {
    const page = '<mjml><mj-body><mj-section background-url="a.png"></mj-section></mj-body></mjml>';
    expect(told(page)).toEqual([`4:28: ${nowhere('a.png')}`]);
  });

  it('is well with its whole address, or where a value says it', () => {
    const images = [
      '<mj-image src="https://example.com/{{trigger.no}}.png" />',
      '<mj-image src="{{link "https://example.com/a.png"}}" />',
      '<mj-image src="{{#if trigger.a}}https://example.com/a.png{{else}}https://example.com/b.png{{/if}}" />',
      '<mj-text><img src="HTTPS://example.com/a.png"><a href="tel:+982112345678">x</a></mj-text>',
    ];
    expect(told(column(images.join('\n')))).toEqual([]);
  });
});

describe('HTML in an e-mail', () => {
  it.each([
    ['<mj-text>a <b>c</mj-text>', '5:12: warning: <b> is not closed; write </b>'],
    ['<mj-text>a\n <b><i>c</b></mj-text>', '6:5: warning: <i> is not closed before </b>; write </i>'],
    ['<mj-text>a</b></mj-text>', '5:11: warning: </b> closes nothing here; leave it out'],
    ['<mj-button href="https://example.com"><B>a</mj-button>', '5:39: warning: <b> is not closed; write </b>'],
    ['<mj-text>{{#if trigger.a}}<b>a</b>{{/if}}<u>c</mj-text>', '5:42: warning: <u> is not closed; write </u>'],
  ])('is told of where it does not end as it began: %s', (inside, problem) => {
    expect(told(column(inside))).toEqual([problem]);
  });

  it.each([
    '<mj-text>a<br>b<hr/><p>c<ul><li>d<li>e</ul> 3 < 4 <!-- <b> --></mj-text>',
    '<mj-table><tr><td>a<td><b>c</b><tr><td></mj-table>',
    '<mj-text>{{#if trigger.a}}<b>{{/if}}x{{#if trigger.a}}</b>{{/if}}</mj-text>',
    '<mj-text>{{#if trigger.a}}<b>x{{else}}<b>y{{/if}}</b></mj-text>',
    '<mj-text><b>{{#if trigger.a}}x</b>{{else}}y</b>{{/if}}</mj-text>',
    '<mj-text><a href="https://example.com/{{#if trigger.a}}a{{/if}}">x</a></mj-text>',
    '<mj-raw><table></mj-raw><mj-raw></table></mj-raw>',
  ])('is well: %s', (inside) => {
    expect(told(column(inside))).toEqual([]);
  });

  it('is looked at without MJML around it, too', () => {
    expect(told('<p>سلام <b>{{trigger.name}}\n<img src="logo.png">', 'email.hbs')).toEqual([
      '4:9: warning: <b> is not closed; write </b>',
      `5:1: ${nowhere('logo.png')}`,
    ]);
    expect(told('<html><body><p>سلام<p>{{trigger.name}}', 'email.hbs')).toEqual([]);
  });

  it('is not judged while what is around it is wrong', () => {
    expect(told(column('<mj-text colour="red"><b>a</mj-text>'))).toEqual([
      '5:10: <mj-text> has no attribute "colour"; did you mean "color"?',
    ]);
  });
});
