import fc from 'fast-check';
import { htmlToText } from './html-text.js';

describe('the plain form of a page', () => {
  it.each([
    ['<p>سلام</p><p>خوبی؟</p>', 'سلام\n\nخوبی؟'],
    ['a<br>b<br/>c', 'a\nb\nc'],
    ['  a \n  b\t c ', 'a b c'],
    ['<div>a</div><div>b</div>', 'a\n\nb'],
    ['a<hr>b<hr/>c', 'a\n\nb\n\nc'],
    ['<ul><li>one</li><li>two</li></ul>', '- one\n- two'],
    ['<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>', 'a b\n\nc'],
    ['<a href="https://example.com/a?b=1&amp;c=2">پیگیری</a>.', 'پیگیری (https://example.com/a?b=1&c=2).'],
    ['<a href="https://example.com">https://example.com</a>', 'https://example.com'],
    ['<a href="mailto:info@example.com">info@example.com</a>', 'info@example.com'],
    ['<a href="tel:+982188">تماس</a>', 'تماس (+982188)'],
    ['<a href="https://example.com"><img src="x.png" alt="فروشگاه"></a>', 'فروشگاه (https://example.com)'],
    ['<a href="https://example.com"><img src="x.png"></a>', 'https://example.com'],
    ['<a href="#top">up</a><a>none</a>', 'upnone'],
    ['a &lt;b&gt; &amp;amp; &#1587; &#x633; &quot;&nbsp;&hellip;', 'a <b> &amp; س س "\u00a0…'],
    ['می&zwnj;خواهم', 'می\u200cخواهم'],
    ['&unknown; &#99999999; &#0;', '&unknown; &#99999999; &#0;'],
    ['<style>p { color: red }</style><script>if (a < b) alert("</p>")</script>x', 'x'],
    ['<!doctype html><html><head><title>t</title></head><body>x</body></html>', 'x'],
    ['a<!-- <p>hidden</p> -->b', 'ab'],
    ['<p title="a > b">x</p>', 'x'],
    ['2 < 3 and 3 > 2', '2 < 3 and 3 > 2'],
  ])('of %j is %j', (html, text) => {
    expect(htmlToText(html)).toBe(text);
  });

  it('is there for anything, and trimmed', () => {
    const pieces = fc.constantFrom(
      '<p>',
      '</p>',
      '<a href="x">',
      '</a>',
      '<',
      '>',
      '"',
      '&',
      ';',
      '#',
      'a',
      '<!--',
      '-->',
      '<style>',
      ' ',
      '\n',
    );
    fc.assert(
      fc.property(fc.string({ unit: pieces }), (html) => {
        const text = htmlToText(html);
        expect(text).toBe(text.trim());
      }),
    );
  });
});
