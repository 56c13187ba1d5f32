import type { TemplateNode } from '../nodes.js';
import type { Mark } from './marked-text.js';

/** The HTML as Handlebars again; undefined where its marks came out in an order that makes no sense. */
export function unmark(html: string, pattern: RegExp, marks: readonly Mark[]): readonly TemplateNode[] | undefined {
  const builder = new Builder();
  let at = 0;
  // At the level of elements a mark is a comment, which belongs to it.
  for (const match of html.matchAll(new RegExp(`<!--${pattern.source}-->|${pattern.source}`, 'g'))) {
    builder.text(html.slice(at, match.index));
    at = match.index + match[0].length;
    const mark = marks[Number(match[1] ?? match[2])];
    if (mark === undefined || !builder.mark(mark)) return undefined;
  }
  builder.text(html.slice(at));
  return builder.finished();
}

interface Level {
  readonly mark: Extract<Mark, { part: 'open' | 'else' | 'close' }> | undefined;
  body: TemplateNode[];
  otherwise: TemplateNode[];
  turned: boolean;
}

class Builder {
  private readonly levels: Level[] = [];
  private level: Level = { mark: undefined, body: [], otherwise: [], turned: false };

  text(value: string): void {
    if (value !== '') this.add({ kind: 'text', value });
  }

  /** False: it does not belong here. */
  mark(mark: Mark): boolean {
    switch (mark.part) {
      case 'print':
        this.add(mark.node);
        return true;
      case 'open':
        this.levels.push(this.level);
        this.level = { mark, body: [], otherwise: [], turned: false };
        return true;
      case 'else':
        if (this.level.mark?.node !== mark.node || this.level.turned) return false;
        this.level.turned = true;
        return true;
      case 'close':
        return this.close(mark);
    }
  }

  finished(): readonly TemplateNode[] | undefined {
    return this.levels.length === 0 ? this.level.body : undefined;
  }

  private close({ node }: Extract<Mark, { part: 'open' | 'else' | 'close' }>): boolean {
    const { level } = this;
    const outer = this.levels.pop();
    if (outer === undefined || level.mark?.node !== node || !level.turned) return false;
    this.level = outer;
    this.add({ ...node, body: level.body, otherwise: level.otherwise });
    return true;
  }

  private add(node: TemplateNode): void {
    (this.level.turned ? this.level.otherwise : this.level.body).push(node);
  }
}
