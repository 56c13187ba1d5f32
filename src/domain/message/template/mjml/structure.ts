import { didYouMean } from '../../../did-you-mean.js';
import type { PlacedProblem } from '../nodes.js';
import {
  copiedAttributes,
  dividedElements,
  freeElements,
  knownElements,
  textElements,
  verbatimElements,
} from './elements.js';
import type { Edit } from './edits.js';
import { MarkContexts } from './mark-contexts.js';
import { placeOfMark, writtenOfMark, type Mark, type MarkedText } from './marked-text.js';
import type { Attribute, OpenTag, Token } from './tags.js';

/** What MJML is to be given in place of the text, and what is wrong that MJML itself would pass over in silence. */
export interface Structure {
  readonly edits: readonly Edit[];
  readonly problems: readonly PlacedProblem[];
  /** Marks in comments, which go nowhere. */
  readonly silent: ReadonlySet<Mark>;
}

export function structureOf(marked: MarkedText, tokens: readonly Token[]): Structure {
  const walk = new Walk(marked);
  for (const token of tokens) walk.token(token);
  walk.finish();
  return walk;
}

interface Frame {
  readonly tag: OpenTag;
  /** A block that leaves out or repeats some of what stands directly in it. */
  block: Mark | undefined;
  readonly children: OpenTag[];
}

class Walk implements Structure {
  readonly edits: Edit[] = [];
  readonly problems: PlacedProblem[] = [];
  readonly silent = new Set<Mark>();
  private readonly frames: Frame[] = [];
  private readonly contexts = new MarkContexts();

  constructor(private readonly marked: MarkedText) {}

  token(token: Token): void {
    switch (token.kind) {
      case 'open':
        this.open(token);
        break;
      case 'close':
        this.close(token);
        break;
      case 'comment':
        this.comment(token);
        break;
      case 'verbatim':
        this.verbatim(token);
        break;
      case 'text':
        this.text(token);
    }
  }

  finish(): void {
    for (const { tag } of this.frames.splice(0).reverse())
      this.report(tag.offset, `<${tag.name}> is not closed; write </${tag.name}>`);
    this.problems.push(...this.contexts.problems());
  }

  private open(tag: OpenTag): void {
    this.endOfText(tag.name);
    const [mark] = this.marksIn(tag.name);
    const refusal = mark === undefined ? refusalOf(tag) : undefined;
    if (mark !== undefined) this.refuse(mark, 'cannot stand in the name of an element');
    if (refusal !== undefined) this.report(tag.offset, refusal);
    if (!tag.ended) this.report(tag.offset, `the ">" of this <${tag.name}> is missing; write it behind the attributes`);
    this.frames.at(-1)?.children.push(tag);
    for (const attribute of tag.attributes) this.attribute(tag, attribute);
    this.betweenAttributes(tag);
    if (!tag.closed) this.frames.push({ tag, block: undefined, children: [] });
  }

  private attribute(tag: OpenTag, { name, value, offset }: Attribute): void {
    const marks = this.marksIn(value);
    if (copiedAttributes.has(name)) this.contexts.see(`${String(tag.offset)} ${name}`, name, marks);
    else if (marks[0] !== undefined) this.refuse(marks[0], `cannot stand in ${name}`);
    if (tag.name === 'mj-style' && name === 'inline')
      this.report(offset, 'styles that are put into each element are not served; leave inline out');
  }

  private betweenAttributes({ name, offset, attributes, stray = '' }: OpenTag): void {
    const [mark] = this.marksIn([...attributes.map((each) => each.name), stray].join(' '));
    if (mark !== undefined) this.refuse(mark, `cannot stand between the attributes of <${name}>`);
    else if (stray !== '') this.report(offset, `"${stray}" in <${name}> is no attribute; write name="value"`);
  }

  private close({ name, offset }: Extract<Token, { kind: 'close' }>): void {
    this.endOfText(`/${name}`);
    const frame = this.frames.at(-1);
    if (frame?.tag.name !== name) {
      const remedy = frame === undefined ? 'leave it out' : `close <${frame.tag.name}> first`;
      this.report(offset, `</${name}> closes nothing here; ${remedy}`);
      if (!this.frames.some(({ tag }) => tag.name === name)) return;
      while (this.frames.at(-1)?.tag.name !== name) this.frames.pop();
    }
    this.frames.pop();
    if (frame?.block !== undefined && dividedElements.has(frame.tag.name)) this.divided(frame, frame.block);
  }

  /** Nothing of MJML stands in a text: its end is missing, and what comes is beside it. */
  private endOfText(next: string): void {
    const tag = this.frames.at(-1)?.tag;
    if (tag === undefined || !verbatimElements.has(tag.name) || next === `/${tag.name}`) return;
    this.report(tag.offset, `<${tag.name}> is not closed before <${next}>; write </${tag.name}>`);
    this.frames.pop();
  }

  private divided({ tag, children }: Frame, block: Mark): void {
    const columns = children.filter(({ name }) => name !== 'mj-raw');
    if (columns.every(({ attributes }) => attributes.some(({ name }) => name === 'width'))) return;
    const changes = `what ${writtenOfMark(block)} leaves out or repeats changes how wide the others in <${tag.name}> are`;
    this.add({ ...placeOfMark(block), message: `${changes}; give each of its columns a width` });
  }

  private comment({ offset, end }: Token): void {
    const text = this.marked.text.slice(offset, end);
    const marks = this.marksIn(text);
    this.contexts.see(`comment ${String(offset)}`, 'a comment', marks);
    for (const mark of marks) this.silent.add(mark);
    this.edits.push({ offset, end, text: text.replace(/[^\n]+/g, '') });
  }

  private verbatim({ offset, end }: Token): void {
    const tag = this.frames.at(-1)?.tag;
    if (tag === undefined) return;
    const marks = this.marksIn(this.marked.text.slice(offset, end));
    if (textElements.has(tag.name)) this.contexts.see(String(tag.offset), `<${tag.name}>`, marks);
    else if (marks[0] !== undefined) this.refuse(marks[0], `cannot stand in <${tag.name}>`);
  }

  /** Between elements: only blocks around whole elements belong there. */
  private text({ offset, end }: Token): void {
    const frame = this.frames.at(-1);
    const text = this.marked.text.slice(offset, end);
    for (const match of text.matchAll(this.marked.pattern)) {
      const mark = this.marked.marks[Number(match[1])];
      if (mark !== undefined) this.between(frame, mark, { offset: offset + match.index, text: match[0] });
    }
    const plain = text.replace(this.marked.pattern, (mark) => ' '.repeat(mark.length));
    if (plain.trim() === '') return;
    const at = offset + plain.length - plain.trimStart().length;
    const where = frame === undefined ? 'outside <mjml>' : `directly in <${frame.tag.name}>`;
    this.report(at, `a text ${where} is not shown; put it into <mj-text>`);
  }

  private between(frame: Frame | undefined, mark: Mark, { offset, text }: Omit<Edit, 'end'>): void {
    const name = frame?.tag.name;
    if (frame === undefined || name === undefined || mark.part === 'print' || !freeElements.has(name)) {
      if (mark.part === 'print' || mark.part === 'open')
        this.refuse(mark, name === undefined ? 'cannot stand outside <mjml>' : `cannot stand directly in <${name}>`);
      return;
    }
    frame.block ??= mark;
    this.contexts.see(String(frame.tag.offset), `<${name}>`, [mark]);
    this.edits.push({ offset, end: offset + text.length, text: `<mj-raw><!--${text}--></mj-raw>` });
  }

  private marksIn(text: string): readonly Mark[] {
    return [...text.matchAll(this.marked.pattern)].flatMap(([, index]) => this.marked.marks[Number(index)] ?? []);
  }

  private refuse(mark: Mark, where: string): void {
    const remedy =
      mark.part === 'print'
        ? `print it in <mj-text>, or in ${[...copiedAttributes].join(', ')}`
        : 'put it around whole elements, or inside <mj-text>';
    this.add({ ...placeOfMark(mark), message: `${writtenOfMark(mark)} ${where}; ${remedy}` });
  }

  private report(offset: number, message: string): void {
    this.add({ ...this.marked.placeOf(offset), message });
  }

  /** What stands in an element that there is not is right, or wrong, with it. */
  private add(problem: PlacedProblem): void {
    if (this.frames.every(({ tag }) => knownElements.has(tag.name))) this.problems.push(problem);
  }
}

function refusalOf({ name }: OpenTag): string | undefined {
  if (name === 'mj-include') return 'an e-mail includes no other file; write its content out in place of <mj-include>';
  if (knownElements.has(name)) return undefined;
  const near = didYouMean(name, knownElements);
  return `there is no <${name}>${near === '' ? '; HTML stands inside <mj-text>, <mj-table> or <mj-raw>' : near}`;
}
