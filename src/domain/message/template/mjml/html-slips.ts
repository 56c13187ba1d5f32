import type { PlacedProblem } from '../nodes.js';
import { addressFault } from './image-addresses.js';
import type { Mark, MarkedText } from './marked-text.js';

/** Elements of HTML that have no inside. */
const voids = new Set('area base basefont br col embed frame hr img input link meta param source track wbr'.split(' '));

/** Elements that HTML ends by itself where their end is not written. */
const endedByThemselves = new Set(
  'html head body p li dt dd tr td th thead tbody tfoot colgroup caption option optgroup'.split(' '),
);

/** What looks like a slip of the pen in HTML, which stands between two places of a text: no mail program complains of it. */
export function htmlSlips(marked: MarkedText, from = 0, to = marked.text.length): readonly PlacedProblem[] {
  const walk = new Walk(marked);
  const piece = new RegExp(`${comment}|${tag}|${marked.pattern.source}`, 'gi');
  for (const found of marked.text.slice(from, to).matchAll(piece)) {
    const [, slash, name, inside = '', mark] = found;
    const offset = from + found.index;
    if (mark !== undefined) walk.mark(marked.marks[Number(mark)]);
    else if (name !== undefined) walk.tag({ name: name.toLowerCase(), offset }, slash === '/', inside);
  }
  return walk.problems();
}

const comment = '<!--[^]*?-->';
const tag = `<(/?)([a-z][\\w:-]*)((?:"[^"]*"|'[^']*'|[^'"<>])*)>`;

interface OpenElement {
  readonly name: string;
  readonly offset: number;
}

class Walk {
  private readonly open: OpenElement[] = [];
  /** How many elements were open where each block of Handlebars began that has not ended yet. */
  private readonly blocks: number[] = [];
  private readonly unclosed: PlacedProblem[] = [];
  private readonly images: PlacedProblem[] = [];
  /** A block opens what another closes: what is open then depends on what is filled in. */
  private tangled = false;

  constructor(private readonly marked: MarkedText) {}

  tag(element: OpenElement, closes: boolean, inside: string): void {
    if (closes) this.close(element);
    else {
      this.image(element, inside);
      if (!voids.has(element.name) && !inside.endsWith('/')) this.open.push(element);
    }
  }

  mark(mark: Mark | undefined): void {
    if (mark === undefined || mark.part === 'print') return;
    if (mark.part === 'open') this.blocks.push(this.open.length);
    else this.tangled ||= this.open.length !== this.blocks.at(-1);
    if (mark.part === 'close') this.blocks.pop();
  }

  problems(): readonly PlacedProblem[] {
    if (this.tangled) return this.images;
    const left = this.open.filter(({ name }) => !endedByThemselves.has(name));
    const atEnd = left.map((each) => this.at(each.offset, `<${each.name}> is not closed; write </${each.name}>`));
    return [...this.images, ...this.unclosed, ...atEnd];
  }

  private close({ name, offset }: OpenElement): void {
    if (voids.has(name)) return;
    const index = this.open.findLastIndex((each) => each.name === name);
    this.tangled ||= index < (this.blocks.at(-1) ?? 0) && index >= 0;
    if (index < 0) {
      this.unclosed.push(this.at(offset, `</${name}> closes nothing here; leave it out`));
      return;
    }
    for (const { name: inner, offset: at } of this.open.splice(index).slice(1))
      if (!endedByThemselves.has(inner))
        this.unclosed.push(this.at(at, `<${inner}> is not closed before </${name}>; write </${inner}>`));
  }

  private image({ name, offset }: OpenElement, inside: string): void {
    const [, double, single] = /(?:^|\s)src\s*=\s*(?:"([^"]*)"|'([^']*)')/i.exec(inside) ?? [];
    const fault = name === 'img' ? addressFault(double ?? single, this.marked) : undefined;
    if (fault !== undefined) this.images.push(this.at(offset, fault));
  }

  private at(offset: number, message: string): PlacedProblem {
    return { ...this.marked.placeOf(offset), message };
  }
}
