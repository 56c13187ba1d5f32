/** The plain form of an HTML page, as mail programs without HTML show it; links keep their address behind their text. */
export function htmlToText(html: string): string {
  const writer = new Writer();
  let at = 0;
  for (const match of html.matchAll(markup)) {
    writer.text(html.slice(at, match.index));
    at = match.index + match[0].length;
    writer.tag((match[1] ?? '').toLowerCase(), match[0]);
  }
  writer.text(html.slice(at));
  return writer.finish();
}

class Writer {
  private out = '';
  private hidden: string | undefined;
  private readonly links: { readonly href: string; readonly from: number }[] = [];

  text(html: string): void {
    if (this.hidden !== undefined) return;
    // Only spaces that HTML itself folds: a ZWNJ or a no-break space stays.
    this.out += decodeEntities(html.replace(/[ \t\r\n\f]+/g, ' '));
  }

  tag(name: string, tag: string): void {
    const closes = tag.startsWith('</');
    if (this.hidden !== undefined) {
      if (closes && name === this.hidden) this.hidden = undefined;
      return;
    }
    if (!closes && unseen.has(name)) this.hidden = name;
    else if (linked.has(name)) this.laidOutLink(name, closes, tag);
    else if (name === 'img') this.out += attribute(tag, 'alt');
    else if (pictures.has(name)) this.out += `\n${attribute(tag, 'alt')}\n`;
    else this.layOut(name, closes);
  }

  finish(): string {
    return this.out
      .replace(/ *\n */g, '\n')
      .replace(/ {2,}/g, ' ')
      .replace(/\n{3,}/g, '\n\n')
      .trim();
  }

  private laidOutLink(name: string, closes: boolean, tag: string): void {
    if (!closes) this.layOut(name, closes);
    this.link(closes, tag);
    if (closes) this.layOut(name, closes);
  }

  private link(closes: boolean, tag: string): void {
    if (!closes) {
      this.links.push({ href: attribute(tag, 'href'), from: this.out.length });
      return;
    }
    const link = this.links.pop();
    if (link === undefined || link.href === '' || link.href.startsWith('#')) return;
    const [shown, address] = [this.out.slice(link.from).trim(), link.href.replace(/^(?:mailto|tel):/i, '')];
    if (shown === '') this.out += address;
    else if (shown !== address) this.out += ` (${address})`;
  }

  private layOut(name: string, closes: boolean): void {
    if (name === 'br') this.out += '\n';
    else if (name === 'hr' || name === 'mj-divider') this.out += '\n\n';
    else if (name === 'li') this.out += closes ? '' : '\n- ';
    else if (name === 'td' || name === 'th') this.out += ' ';
    else if (paragraphs.has(name)) this.out += '\n\n';
    else if (lines.has(name)) this.out += '\n';
  }
}

function attribute(tag: string, name: string): string {
  const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s>]+))`, 'i').exec(tag);
  return decodeEntities(found?.[1] ?? found?.[2] ?? found?.[3] ?? '').trim();
}

function decodeEntities(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+\d?));/gi,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return entities[name] ?? whole;
      const code = decimal === undefined ? parseInt(hex ?? '', 16) : Number(decimal);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}

const markup = /<!--[\s\S]*?-->|<![^>]*>|<\/?([a-z][a-z0-9-]*)(?:"[^"]*"|'[^']*'|[^'">])*>/gi;
const unseen = new Set([
  'head',
  'style',
  'script',
  'title',
  'template',
  'mj-head',
  'mj-style',
  'mj-title',
  'mj-preview',
]);
const paragraphs = new Set([
  'p',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'ul',
  'ol',
  'table',
  'blockquote',
  'pre',
  'mj-text',
  'mj-button',
  'mj-table',
  'mj-accordion-title',
  'mj-accordion-text',
]);
const lines = new Set([
  'div',
  'tr',
  'section',
  'article',
  'header',
  'footer',
  'address',
  'center',
  'dt',
  'dd',
  'mj-wrapper',
  'mj-hero',
  'mj-section',
  'mj-column',
  'mj-navbar-link',
  'mj-social-element',
]);
const linked = new Set(['a', 'mj-button', 'mj-navbar-link', 'mj-social-element']);
const pictures = new Set(['mj-image', 'mj-carousel-image']);
const entities: Readonly<Record<string, string | undefined>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  zwnj: '\u200c',
  zwj: '\u200d',
  lrm: '\u200e',
  rlm: '\u200f',
  laquo: '«',
  raquo: '»',
  hellip: '…',
  ndash: '–',
  mdash: '—',
  middot: '·',
  bull: '•',
  copy: '©',
  reg: '®',
  trade: '™',
  times: '×',
};
