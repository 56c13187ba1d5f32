import { printProblem } from '../../../problem.js';
import { loadTemplates } from '../../templates.js';

function told(body: string, file: 'email.mjml' | 'email.hbs' | 'sms.hbs' = 'email.mjml'): readonly string[] {
  const matter = file === 'sms.hbs' ? '' : '---\nsubject: x\n---\n';
  const files = new Map([[`templates/a/${file}`, `${matter}${body}`]]);
  return loadTemplates(files).problems.map((problem) => printProblem(problem).replace(`templates/a/${file}:`, ''));
}

describe('one mistake in an e-mail is told once', () => {
  it('where a block stands outside of everything', () => {
    expect(told('{{#if trigger.a}}<mjml><mj-body></mj-body></mjml>{{else}}{{/if}}')).toEqual([
      '4:7: {{#if trigger.a}} cannot stand outside <mjml>; put it around whole elements, or inside <mj-text>',
    ]);
  });

  it('where it stands in an element that has no place for blocks', () => {
    const carousel =
      '<mj-carousel>{{#if trigger.a}}<mj-carousel-image src="https://example.com/a.png" />{{else}}{{/if}}</mj-carousel>';
    expect(
      told(`<mjml><mj-body><mj-section><mj-column>\n${carousel}</mj-column></mj-section></mj-body></mjml>`),
    ).toEqual([
      '5:20: {{#if trigger.a}} cannot stand directly in <mj-carousel>; put it around whole elements, or inside <mj-text>',
    ]);
  });

  it('where a value is printed between elements, not in one', () => {
    const columns = '<mj-column>\n {{trigger.a}}</mj-column>';
    expect(told(`<mjml><mj-body><mj-section>${columns}</mj-section></mj-body></mjml>`)).toEqual([
      '5:4: {{trigger.a}} cannot stand directly in <mj-column>; print it in <mj-text>, or in href, src, alt, title',
    ]);
  });

  it('and not what follows of its HTML', () => {
    expect(told('<b>{{> x}}', 'email.hbs')).toEqual([
      '4:4: partials ({{> x}}) are not part of the language; write the text out',
    ]);
  });

  it('and an SMS has no HTML', () => {
    expect(told('<b>{{trigger.a}}', 'sms.hbs')).toEqual([]);
  });

  it('and what is open depends on what is filled in where a block ends what began before it', () => {
    expect(told('<b>{{#if trigger.a}}</b><b>{{/if}}', 'email.hbs')).toEqual([]);
  });
});

describe('a block that nothing closes', () => {
  it.each([
    ['behind a comment', '{{#if a}}{{!-- x --}}b', '4:1', '{{#if a}}', 'if'],
    ['behind what is no Handlebars', '{{#if a}}\\{{x}} b', '4:1', '{{#if a}}', 'if'],
    ['behind one that is closed', '{{#if a}}{{#each b}}{{/each}}', '4:1', '{{#if a}}', 'if'],
    ['in one that is not closed either', '{{#if a}}{{#each b}}', '4:10', '{{#each b}}', 'each'],
  ])('is told where it begins: %s', (_, body, place, written, name) => {
    expect(told(body, 'email.hbs')).toEqual([
      `${place}: this is no Handlebars: ${written} is not closed; close it with {{/${name}}}`,
    ]);
  });
});

describe('how an e-mail runs', () => {
  function html(root: string): string {
    const mjml = `<mjml ${root}><mj-body><mj-section><mj-column><mj-text>x</mj-text></mj-column></mj-section></mj-body></mjml>`;
    const { templates } = loadTemplates(new Map([['templates/a/email.mjml', `---\nsubject: x\n---\n${mjml}`]]));
    const scope = { now: 0, clock: { zone: 'Asia/Tehran', calendar: 'jalali' } } as const;
    const content = templates.render('a', 'email', () => ({}), scope);
    return content.channel === 'email' ? content.html : '';
  }

  it.each([
    ['owa="desktop" lang="en"', '<body lang="en" dir="ltr" style="direction:ltr;text-align:left;'],
    ['lang="en" dir="rtl"', '<body lang="en" dir="rtl" style="direction:rtl;text-align:right;'],
    ['dir="ltr"', '<body lang="fa" dir="ltr" style="direction:ltr;text-align:left;'],
    ['dir="auto"', '<body lang="fa" dir="rtl" style="direction:rtl;text-align:right;'],
  ])('is what its author says: %s', (root, body) => {
    expect(html(root)).toContain(body);
  });
});
