import { attributesOf, nearAttribute } from './attribute-names.js';
import { printProblem } from '../../../problem.js';
import { loadTemplates } from '../../templates.js';

describe('the attributes of an element of MJML', () => {
  it.each([
    ['mj-text', 'colour', 'color'],
    ['mj-section', 'paddng', 'padding'],
    ['mj-section', 'backgroud-url', 'background-url'],
    ['mj-image', 'scr', 'src'],
    ['mj-button', 'heref', 'href'],
    ['mj-column', 'Width', 'width'],
    ['mj-wrapper', 'full-widht', 'full-width'],
    ['mj-divider', 'boder-color', 'border-color'],
  ])('%s: "%s" was to be "%s"', (element, written, meant) => {
    expect(nearAttribute(element, written)).toBe(meant);
  });

  it('are those of that element alone', () => {
    expect(attributesOf('mj-body')).toEqual(['width', 'background-color', 'css-class', 'mj-class']);
    expect(nearAttribute('mj-spacer', 'hrf')).toBeUndefined();
  });

  it('are all of them', () => {
    // As MJML's documentation counts them, with css-class and mj-class.
    const counts = {
      'mj-navbar': 24,
      'mj-carousel': 19,
      'mj-accordion': 18,
      'mj-hero': 23,
      'mj-button': 35,
      'mj-image': 30,
    };
    const own = Object.keys(counts).map((name) => [name, attributesOf(name).length]);
    expect(Object.fromEntries(own)).toEqual(counts);
  });

  it('are told of one by one', () => {
    const page = '<mjml><mj-body><mj-section\n colour="red"\n paddng="1px"\n xyzzy="a"></mj-section></mj-body></mjml>';
    const { problems } = loadTemplates(new Map([['templates/a/email.mjml', `---\nsubject: x\n---\n${page}`]]));
    expect(problems.map(printProblem)).toEqual([
      'templates/a/email.mjml:5:2: <mj-section> has no attribute "colour"; leave it out',
      'templates/a/email.mjml:6:2: <mj-section> has no attribute "paddng"; did you mean "padding"?',
      'templates/a/email.mjml:7:2: <mj-section> has no attribute "xyzzy"; leave it out',
    ]);
  });
});
