import type { BlockNode, Place, PrintNode, TemplateNode, TextNode } from '../nodes.js';

/** What stands in a text for a piece of Handlebars: what prints, or where a block begins, turns to its other side, and ends. */
export type Mark =
  | { readonly part: 'print'; readonly node: PrintNode }
  | { readonly part: 'open' | 'else' | 'close'; readonly node: BlockNode };

/** MJML with marks where Handlebars stood: each is a word that occurs nowhere else in it. */
export interface MarkedText {
  readonly text: string;
  readonly marks: readonly Mark[];
  /** Finds marks; its first group is the number of one. Global: for `matchAll`. */
  readonly pattern: RegExp;
  /** Where a character of `text` stands in the file. */
  placeOf(offset: number): Place;
}

export function markText(nodes: readonly TemplateNode[]): MarkedText {
  const writer = new Writer(wordMissingIn(nodes));
  writer.nodes(nodes);
  const { text, marks, pieces } = writer;
  return { text, marks, pattern: writer.pattern, placeOf: (offset) => placeIn(text, pieces, offset) };
}

/** Where a mark's Handlebars stands; every block has a term. */
export function placeOfMark(mark: Mark): Place {
  const term = mark.part === 'print' ? mark.node.value : mark.node.terms[0];
  return term?.place ?? { line: 1, column: 1 };
}

/** As its author wrote it, for sentences. */
export function writtenOfMark(mark: Mark): string {
  if (mark.part === 'print') return `{{${mark.node.value.written}}}`;
  return `{{#${mark.node.block} ${mark.node.terms.map(({ written }) => written).join(' ')}}}`;
}

interface Piece {
  readonly offset: number;
  readonly place: Place;
}

class Writer {
  text = '';
  readonly marks: Mark[] = [];
  readonly pieces: Piece[] = [];
  readonly pattern: RegExp;

  constructor(private readonly word: string) {
    this.pattern = new RegExp(`${word}(\\d+)z`, 'g');
  }

  nodes(nodes: readonly TemplateNode[]): void {
    for (const node of nodes) this.node(node);
  }

  private node(node: TemplateNode): void {
    switch (node.kind) {
      case 'text':
        this.plain(node);
        break;
      case 'print':
        this.mark({ part: 'print', node });
        break;
      case 'block':
        this.mark({ part: 'open', node });
        this.nodes(node.body);
        this.mark({ part: 'else', node });
        this.nodes(node.otherwise);
        this.mark({ part: 'close', node });
    }
  }

  private plain({ value, place }: TextNode): void {
    this.pieces.push({ offset: this.text.length, place: place ?? { line: 1, column: 1 } });
    this.text += value;
  }

  private mark(mark: Mark): void {
    const place = mark.part === 'print' || mark.part === 'open' ? placeOfMark(mark) : undefined;
    if (place !== undefined) this.pieces.push({ offset: this.text.length, place });
    this.text += `${this.word}${String(this.marks.push(mark) - 1)}z`;
  }
}

function placeIn(text: string, pieces: readonly Piece[], offset: number): Place {
  const piece = pieces.findLast((each) => each.offset <= offset);
  if (piece === undefined) return { line: 1, column: 1 };
  const lines = text.slice(piece.offset, offset).split('\n');
  const last = lines.at(-1)?.length ?? 0;
  const { line, column } = piece.place;
  return { line: line + lines.length - 1, column: lines.length > 1 ? last + 1 : column + last };
}

/** Letters only, as they may stand in an address, an attribute or a text and come out unchanged. */
function wordMissingIn(nodes: readonly TemplateNode[]): string {
  const all = textsOf(nodes).join('\n');
  let word = 'peykmark';
  while (all.includes(word)) word += 'q';
  return word;
}

function textsOf(nodes: readonly TemplateNode[]): readonly string[] {
  return nodes.flatMap((node) => {
    if (node.kind === 'text') return [node.value];
    return node.kind === 'block' ? [...textsOf(node.body), ...textsOf(node.otherwise)] : [];
  });
}
