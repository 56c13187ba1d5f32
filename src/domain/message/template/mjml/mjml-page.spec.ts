import fc from 'fast-check';
import { anyCharacter } from '../../../../../test/given/texts.js';
import { printProblem } from '../../../problem.js';
import type { Json } from '../../../json.js';
import type { EmailContent } from '../../message.js';
import { loadTemplates, type Links } from '../../templates.js';
import { compileMjml } from './compile-mjml.js';

const clock = { zone: 'Asia/Tehran', calendar: 'jalali' } as const;
const scope = { now: Date.UTC(2026, 11, 21, 14, 30), clock };

function problemsOf(mjml: string, file = 'email.mjml'): readonly string[] {
  const files = new Map([
    ['templates/a/email.mjml', `---\nsubject: x\n---\n${file === 'email.mjml' ? mjml : whole('', '')}`],
    [`templates/a/${file}`, `---\nsubject: x\n---\n${mjml}`],
  ]);
  return loadTemplates(files, clock).problems.map((problem) => printProblem(problem).replace(/^templates\/a\//, ''));
}

function render(mjml: string, names: Readonly<Record<string, Json>>, links?: Links, file = 'email.mjml'): EmailContent {
  expect(problemsOf(mjml, file)).toEqual([]);
  const files = new Map([
    ['templates/a/email.mjml', `---\nsubject: سلام {{default customer.name "x"}}\n---\n${mjml}`],
    [`templates/a/${file}`, `---\nsubject: سلام {{default customer.name "x"}}\n---\n${mjml}`],
  ]);
  const content = loadTemplates(files, clock).templates.render('a', 'email', () => names, scope, links);
  if (content.channel !== 'email') throw new Error('expected an e-mail');
  return content;
}

function whole(body: string, head = '<mj-head></mj-head>'): string {
  return `<mjml>${head}<mj-body>${body}</mj-body></mjml>`;
}

function section(inside: string): string {
  return `<mj-section><mj-column>${inside}</mj-column></mj-section>`;
}

/** Without the spaces between tags, and with what Outlook sees as one piece where it is one. */
function plain(html: string): string {
  const oneLine = html
    .replace(/\b[0-9a-f]{16}\b/g, 'id')
    .replace(/\s+/g, ' ')
    .replace(/> </g, '><');
  return oneLine
    .replace(/<!\[endif\]-->\s*<!--\[if mso \| IE\]>/g, '')
    .replace(/> </g, '><')
    .trim();
}

describe('an e-mail in MJML that is filled in', () => {
  /** What MJML makes of the text with the values written in it: the same, though it never saw them. */
  function byMjml(written: string): string {
    const defaults =
      '<mj-attributes><mj-all direction="rtl" font-family="Tahoma, Arial, sans-serif" /></mj-attributes>';
    const aligned = defaults.replace('</', '<mj-text align="right" /><mj-table align="right" /></');
    const marked = written
      .replace('<mjml>', '<mjml lang="fa" dir="rtl">')
      .replace('<mj-head></mj-head>', `<mj-head>${aligned}</mj-head>`);
    const compiled = compileMjml(marked);
    return compiled.kind === 'html' ? compiled.html : JSON.stringify(compiled.errors);
  }

  it.each<[string, string, Readonly<Record<string, Json>>, string]>([
    ['a name', section('<mj-text>{{a}}</mj-text>'), { a: 'سارا' }, section('<mj-text>سارا</mj-text>')],
    [
      'a block in a text',
      section('<mj-text>{{#if a}}<b>{{a}}</b>{{else}}nobody{{/if}}</mj-text>'),
      { a: null },
      section('<mj-text>nobody</mj-text>'),
    ],
    [
      'addresses',
      section('<mj-button href="{{a}}">x</mj-button><mj-image src="{{a}}" alt="{{#if b}}y{{else}}z{{/if}}" />'),
      { a: 'https://example.com/?x', b: 1 },
      section(
        '<mj-button href="https://example.com/?x">x</mj-button><mj-image src="https://example.com/?x" alt="y" />',
      ),
    ],
    [
      'a section that is there',
      `{{#if a}}${section('<mj-text>{{a}}</mj-text>')}{{/if}}${section('<mj-text>end</mj-text>')}`,
      { a: 'x' },
      `${section('<mj-text>x</mj-text>')}${section('<mj-text>end</mj-text>')}`,
    ],
    [
      'one section or another',
      `{{#if a}}${section('<mj-text>1</mj-text>')}{{else}}${section('<mj-text>2</mj-text>')}{{/if}}`,
      {},
      section('<mj-text>2</mj-text>'),
    ],
    [
      'a row for each',
      section('{{#each items}}<mj-text>{{this.name}}</mj-text><mj-divider />{{/each}}'),
      { items: [{ name: 'a' }, { name: 'b' }] },
      section('<mj-text>a</mj-text><mj-divider /><mj-text>b</mj-text><mj-divider />'),
    ],
    [
      'a row of a table for each',
      section('<mj-table>{{#each items}}<tr><td>{{this}}</td></tr>{{/each}}</mj-table>'),
      { items: ['a', 'b'] },
      section('<mj-table><tr><td>a</td></tr><tr><td>b</td></tr></mj-table>'),
    ],
    [
      'sections in a wrapper',
      `<mj-wrapper>{{#each items}}${section('<mj-text>{{this}}</mj-text>')}{{/each}}</mj-wrapper>`,
      { items: ['a', 'b'] },
      `<mj-wrapper>${section('<mj-text>a</mj-text>')}${section('<mj-text>b</mj-text>')}</mj-wrapper>`,
    ],
    [
      'columns that have their width',
      '<mj-section>{{#each items}}<mj-column width="50%"><mj-text>{{this}}</mj-text></mj-column>{{/each}}</mj-section>',
      { items: ['a', 'b'] },
      `<mj-section>${['a', 'b'].map((each) => `<mj-column width="50%"><mj-text>${each}</mj-text></mj-column>`).join('')}</mj-section>`,
    ],
    [
      'what stands in a hero',
      '<mj-hero height="10px">{{#each items}}<mj-text>{{this}}</mj-text>{{/each}}<mj-divider /></mj-hero>',
      { items: ['a', 'b'] },
      '<mj-hero height="10px"><mj-text>a</mj-text><mj-text>b</mj-text><mj-divider /></mj-hero>',
    ],
    [
      'links of a menu',
      section(
        '<mj-navbar hamburger="hamburger">{{#if a}}<mj-navbar-link href="{{a}}">A</mj-navbar-link>{{/if}}</mj-navbar>',
      ),
      { a: '/a' },
      section('<mj-navbar hamburger="hamburger"><mj-navbar-link href="/a">A</mj-navbar-link></mj-navbar>'),
    ],
    [
      'places to follow us at',
      section(
        '<mj-social>{{#each items}}<mj-social-element name="x" href="{{this}}">X</mj-social-element>{{/each}}</mj-social>',
      ),
      { items: ['/a', '/b'] },
      section(
        '<mj-social><mj-social-element name="x" href="/a">X</mj-social-element><mj-social-element name="x" href="/b">X</mj-social-element></mj-social>',
      ),
    ],
    [
      'questions and answers',
      section(
        '<mj-accordion>{{#each items}}<mj-accordion-element><mj-accordion-title>{{this}}</mj-accordion-title><mj-accordion-text>x</mj-accordion-text></mj-accordion-element>{{/each}}</mj-accordion>',
      ),
      { items: ['a'] },
      section(
        '<mj-accordion><mj-accordion-element><mj-accordion-title>a</mj-accordion-title><mj-accordion-text>x</mj-accordion-text></mj-accordion-element></mj-accordion>',
      ),
    ],
    [
      'columns of a group that have their width',
      '<mj-section><mj-group>{{#if a}}<mj-column width="30%"><mj-text>a</mj-text></mj-column>{{/if}}<mj-column width="30%"><mj-text>b</mj-text></mj-column></mj-group></mj-section>',
      {},
      '<mj-section><mj-group><mj-column width="30%"><mj-text>b</mj-text></mj-column></mj-group></mj-section>',
    ],
  ])('is as MJML would have made it: %s', (_, body, names, written) => {
    const { html } = render(whole(body), names);
    const body_ = (page: string): string => plain(page.slice(page.indexOf('<div', page.indexOf('<body'))));
    expect(body_(html)).toBe(body_(byMjml(whole(written))));
  });

  it('is right-to-left on html, body, wrappers, sections, groups and columns', () => {
    const inside = '<mj-group><mj-column><mj-text>سلام</mj-text></mj-column></mj-group>';
    const { html } = render(whole(`<mj-wrapper><mj-section>${inside}</mj-section></mj-wrapper>`), {});
    expect(html).toMatch(/<html lang="fa" dir="rtl"/);
    expect(html).toMatch(/<body lang="fa" dir="rtl" style="direction:rtl;text-align:right;/);
    expect(html).not.toContain('direction:ltr');
    expect(html.match(/direction:rtl/g)?.length).toBe(5);
    expect(html).toMatch(/align="right"[^>]*>\s*<div[^>]*text-align:right[^>]*>سلام/);
  });

  it('is left-to-right in a language that is', () => {
    const { html } = render(
      whole(section('<mj-text>hi</mj-text>')),
      { customer: { locale: 'en' } },
      undefined,
      'email.en.mjml',
    );
    expect(html).toMatch(/<html lang="en" dir="ltr"/);
    expect(html).toMatch(/<body lang="en" dir="ltr" style="direction:ltr;text-align:left;/);
    expect(html).not.toContain('rtl');
  });

  it('leaves what its author says of direction, alignment, font and title', () => {
    const head =
      '<mj-head><mj-title>T</mj-title><mj-attributes><mj-all align="center" font-family="Vazir" /></mj-attributes></mj-head>';
    const { html } = render(
      whole('<mj-section direction="ltr"><mj-column><mj-text>x</mj-text></mj-column></mj-section>', head),
      {},
    );
    expect(html).toContain('<title>T</title>');
    expect(html).toMatch(/direction:ltr;font-size:0px/);
    expect(html).toMatch(/font-family:Vazir;[^"]*text-align:center/);
  });

  it('fetches no font, and has the subject for its title', () => {
    const body = section('<mj-text font-family="Ubuntu, Roboto">x</mj-text>');
    const { html } = render(whole(body), { customer: { name: '</title><script>' } });
    expect(html).not.toMatch(/fonts\.googleapis|@import|<link/);
    expect(html).toContain('<title>سلام &lt;/title&gt;&lt;script&gt;</title>');
  });

  it('has a plain text, with the addresses of its buttons and links', () => {
    const body =
      section('<mj-text>یک <b>دو</b></mj-text><mj-divider /><mj-text>سه</mj-text>') +
      section('<mj-navbar><mj-navbar-link href="https://example.com/n">خانه</mj-navbar-link></mj-navbar>') +
      section(
        '<mj-social><mj-social-element name="x" href="https://example.com/x">ما</mj-social-element></mj-social>',
      ) +
      section(
        '<mj-table><tr><td>a</td><td>b</td></tr></mj-table><mj-button href="{{link "https://example.com/b"}}">برو</mj-button>',
      );
    const links = { link: (target: string) => `${target}?short`, unsubscribe: () => 'https://example.com/u' };
    const { text, html } = render(whole(body, '<mj-head><mj-preview>نه</mj-preview></mj-head>'), {}, links);
    expect(text).toBe(
      'یک دو\n\nسه\n\nخانه (https://example.com/n)\n\nما (https://example.com/x)\n\na b\n\nبرو (https://example.com/b?short)',
    );
    expect(html).toContain('href="https://example.com/b?short"');
  });

  it('keeps what is hostile a text', () => {
    const hostile = `"'><script>alert(1)</script></mj-text><mj-include path="/etc/passwd" />--><![endif]-->{{customer.x}}`;
    const body = section(
      '<mj-text>{{a}}</mj-text><mj-button href="https://example.com/{{a}}">{{a}}</mj-button><mj-raw><p title="{{a}}">{{a}}</p></mj-raw>',
    );
    const { html, text } = render(whole(body, '<mj-head><mj-preview>{{a}}</mj-preview></mj-head>'), { a: hostile });
    const without = render(whole(body, '<mj-head><mj-preview>{{a}}</mj-preview></mj-head>'), { a: 'x' }).html;
    expect(html).not.toMatch(/<script|<mj-|passwd"/);
    expect(html.split('<').length).toBe(without.split('<').length);
    expect(html.split('"').length).toBe(without.split('"').length);
    expect(text).toContain('{{customer.x}}');
  });

  it('is not misled by data or text that look like its own marks', () => {
    const { html } = render(whole(section('<mj-text>peykmark0z peykmarkq0z {{a}}</mj-text>')), { a: 'peykmarkqq0z' });
    expect(html).toContain('peykmark0z peykmarkq0z peykmarkqq0z');
  });

  it('is compiled once for all of its messages', () => {
    const carousel = '<mj-carousel><mj-carousel-image src="a" /></mj-carousel>';
    const mjml = `---\nsubject: x\n---\n${whole(section(`${carousel}<mj-text>{{a}}</mj-text>`))}`;
    const { templates } = loadTemplates(new Map([['templates/a/email.mjml', mjml]]), clock);
    const names = ['1', '2'].map((a) => {
      const content = templates.render('a', 'email', () => ({ a }), scope);
      // MJML gives each carousel that it compiles a name by chance.
      return /mj-carousel-([0-9a-f]{16})-radio/.exec(content.channel === 'email' ? content.html : '')?.[1];
    });
    expect(names[0]).toMatch(/^[0-9a-f]{16}$/);
    expect(names[1]).toBe(names[0]);
  });

  it('leaves no window behind, which other libraries would take for a browser', () => {
    expect(compileMjml(whole('')).kind).toBe('html');
    expect(globalThis).not.toHaveProperty('window');
  });

  it('keeps any value where it is printed', () => {
    const mjml = `---\nsubject: x\n---\n${whole(section('<mj-text>{{a}}</mj-text><mj-button href="/{{a}}">x{{a}}</mj-button>'))}`;
    const { templates } = loadTemplates(new Map([['templates/a/email.mjml', mjml]]), clock);
    const signs = (a: string): string => {
      const content = templates.render('a', 'email', () => ({ a }), scope);
      return content.channel === 'email' ? content.html.replace(/[^<>"']/g, '') : '';
    };
    const plainSigns = signs('x');
    const pieces = fc.constantFrom(
      '<',
      '>',
      '"',
      "'",
      '&',
      '--',
      ']]>',
      '<!--',
      '{{',
      '}}',
      'peykmark0z',
      '</mj-text>',
      'a',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string({ unit: anyCharacter })), { minLength: 1 }), (parts) => {
        expect(signs(parts.join(''))).toBe(plainSigns);
      }),
    );
  });
});

describe('MJML that is wrong', () => {
  it.each<[string, string, string]>([
    [
      'an element that there is not',
      whole('\n<mj-sectoin></mj-sectoin>'),
      '5:1: there is no <mj-sectoin>; did you mean "mj-section"?',
    ],
    [
      'HTML between elements',
      whole(section('\n  <p>x</p>')),
      '5:3: there is no <p>; HTML stands inside <mj-text>, <mj-table> or <mj-raw>',
    ],
    [
      'an attribute that there is not',
      whole(section('\n<mj-text\n colour="red">x</mj-text>')),
      '6:2: <mj-text> has no attribute "colour"; did you mean "color"?',
    ],
    [
      'a value that does not fit',
      whole('<mj-section padding="3"></mj-section>'),
      '4:47: "3" does not fit padding of <mj-section>; expected 1 to 4 numbers with their units (px, %) such as 20px',
    ],
    [
      'a colour that is none',
      whole(section('<mj-text color="nocolour">x</mj-text>')),
      '4:67: "nocolour" does not fit color of <mj-text>; expected a colour such as #aa3300',
    ],
    [
      'an element out of place',
      whole('<mj-text>x</mj-text>'),
      '4:35: <mj-text> does not belong in <mj-body>; put it into <mj-column> or <mj-hero>',
    ],
    [
      'an element that is not closed',
      '<mjml><mj-body><mj-section></mj-body></mjml>',
      '4:28: </mj-body> closes nothing here; close <mj-section> first',
    ],
    [
      'a text that is not closed before the next element',
      whole(section('\n<mj-text>x\n<mj-text>y</mj-text>')),
      '5:1: <mj-text> is not closed before <mj-text>; write </mj-text>',
    ],
    [
      'a button that is not closed',
      whole(section('\n<mj-button href="#">x\n')),
      '5:1: <mj-button> is not closed before </mj-column>; write </mj-button>',
    ],
    [
      'a tag without its end',
      whole('\n<mj-section><mj-column\n<mj-text>{{a}}</mj-text></mj-column></mj-section>'),
      '5:13: the ">" of this <mj-column> is missing; write it behind the attributes',
    ],
    [
      'a length without its unit',
      whole(section('<mj-text font-size="20">x</mj-text>')),
      '4:67: "20" does not fit font-size of <mj-text>; expected a number with its unit (px) such as 20px',
    ],
    ['the end missing', '<mjml>\n<mj-body>', '5:1: <mj-body> is not closed; write </mj-body>'],
    [
      'a text that is not shown',
      whole('<mj-section>سلام</mj-section>'),
      '4:47: a text directly in <mj-section> is not shown; put it into <mj-text>',
    ],
    ['a text outside', `x\n${whole('')}`, '4:1: a text outside <mjml> is not shown; put it into <mj-text>'],
    ['no MJML', '<p>x</p>', '4:1: there is no <p>; HTML stands inside <mj-text>, <mj-table> or <mj-raw>'],
    [
      'another file',
      whole('<mj-include path="/etc/passwd" />'),
      '4:35: an e-mail includes no other file; write its content out in place of <mj-include>',
    ],
    ['another file, in capitals', whole('<MJ-INCLUDE path="/etc/passwd" />'), '4:35: there is no <MJ-INCLUDE>'],
    [
      'an attribute without quotes',
      whole('<mj-section padding=3px></mj-section>'),
      '4:35: "padding=3px" in <mj-section> is no attribute; write name="value"',
    ],
    [
      'inlined styles',
      whole('', '<mj-head><mj-style inline="inline">p{}</mj-style></mj-head>'),
      '4:26: styles that are put into each element are not served; leave inline out',
    ],
    ['an object of JavaScript', whole('<constructor></constructor>'), '4:35: there is no <constructor>'],
    ['no body', '<mjml></mjml>', 'MJML cannot make HTML of it ('],
    ['too deep', whole('<mj-wrapper>'.repeat(20_000) + '</mj-wrapper>'.repeat(20_000)), 'cannot'],
  ])('is told of: %s', (_, mjml, problem) => {
    expect(problemsOf(mjml).join('\n')).toContain(problem);
  });

  it.each<[string, string, string]>([
    [
      'a width',
      section('\n<mj-image src="x" width="{{a}}" />'),
      '5:28: {{a}} cannot stand in width; print it in <mj-text>, or in href, src, alt, title',
    ],
    [
      'attributes',
      section('<mj-text {{#if a}}color="red"{{/if}}>x</mj-text>'),
      '4:73: {{#if a}} cannot stand between the attributes of <mj-text>; put it around whole elements, or inside <mj-text>',
    ],
    ['a style', '', '{{a}} cannot stand in <mj-style>; print it in <mj-text>'],
    ['a place between elements', '{{a}}', '4:37: {{a}} cannot stand directly in <mj-body>; print it in <mj-text>'],
    [
      'half an element',
      '{{#if a}}<mj-section>{{else}}<mj-section padding="1px">{{/if}}</mj-section>',
      '{{#if a}} begins in <mj-body> and ends in <mj-section>; put it around whole elements',
    ],
    [
      'two texts',
      section('<mj-text>{{#if a}}</mj-text><mj-text>{{/if}}</mj-text>'),
      '{{#if a}} begins in <mj-text> and ends in another; put it around whole elements',
    ],
    [
      'columns without a width',
      '<mj-section><mj-column></mj-column>{{#if a}}<mj-column></mj-column>{{/if}}</mj-section>',
      '4:76: what {{#if a}} leaves out or repeats changes how wide the others in <mj-section> are; give each of its columns a width',
    ],
    [
      'an accordion’s parts',
      section(
        '<mj-accordion><mj-accordion-element>{{#if a}}<mj-accordion-title>x</mj-accordion-title>{{/if}}</mj-accordion-element></mj-accordion>',
      ),
      '{{#if a}} cannot stand directly in <mj-accordion-element>',
    ],
    ['the name of an element', '<{{a}}></{{a}}>', '{{a}} cannot stand'],
  ])('is told of where Handlebars stands in %s', (_, body, problem) => {
    const head = body === '' ? '<mj-head><mj-style>p { color: {{a}} }</mj-style></mj-head>' : undefined;
    expect(problemsOf(whole(body, head)).join('\n')).toContain(problem);
  });

  it('is told of on its own line, below blocks that stand on theirs', () => {
    const body =
      '\n{{#if a}}\n<mj-section>\n  <mj-column>\n    <mj-text>{{a}}</mj-text>\n    <mj-foo />\n  </mj-column>\n</mj-section>\n{{/if}}\n<mj-bar />\n';
    expect(problemsOf(whole(body))).toEqual([
      'email.mjml:9:5: there is no <mj-foo>; did you mean "mj-font"?',
      'email.mjml:13:1: there is no <mj-bar>; did you mean "mj-raw"?',
    ]);
    const attributes = body.replace('<mj-foo />', '<mj-text foo="x" />').replace('<mj-bar />', '<mj-hero bar="x" />');
    expect(problemsOf(whole(attributes))).toEqual([
      'email.mjml:9:14: <mj-text> has no attribute "foo"; leave it out',
      'email.mjml:13:10: <mj-hero> has no attribute "bar"; leave it out',
    ]);
  });

  it('is told of once, where it stands in an element that there is not', () => {
    expect(problemsOf(whole(section('<p>a <mj-foo b>{{c}}</mj-foo><br></p>')))).toEqual([
      'email.mjml:4:58: there is no <p>; HTML stands inside <mj-text>, <mj-table> or <mj-raw>',
    ]);
  });

  it('in a comment is nobody’s business', () => {
    const { html } = render(whole(`<!-- {{#if a}}<mj-foo>{{a}}{{/if}} -->${section('<mj-text>x</mj-text>')}`), {});
    expect(html).not.toContain('mj-foo');
  });

  it('is not sent: the send is told why', () => {
    const files = new Map([
      ['templates/a/email.mjml', '---\nsubject: x\n---\n<mjml><mj-body><mj-foo /></mj-body></mjml>'],
    ]);
    const { templates } = loadTemplates(files, clock);
    expect(() => templates.render('a', 'email', () => ({}), scope)).toThrow(
      'template "a" (email): templates/a/email.mjml:4:16: there is no <mj-foo>',
    );
  });
});
