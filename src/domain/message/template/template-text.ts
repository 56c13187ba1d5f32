import type { Field } from '../../expression/kind.js';
import type { Position } from '../../problem.js';
import { checkTemplate } from './checker.js';
import { compileTemplate, type CompileOptions, type Renderer } from './compiler.js';
import type { HelperScope } from './helpers.js';
import type { Known } from './names.js';
import { termsOf, type Place, type PlacedProblem } from './nodes.js';
import { htmlSlips } from './mjml/html-slips.js';
import { markText } from './mjml/marked-text.js';
import { mjmlPage } from './mjml/mjml-page.js';
import { readTemplate, type ReadTemplate } from './reader.js';
import { singleBraces } from './single-braces.js';

/** Where a place of the text stands in its file. */
export type Locate = (place: Place) => Position;

export interface LocatedProblem {
  readonly position: Position;
  readonly message: string;
}

/** One piece of Handlebars: a body, a subject. Read at once, compiled when it is first rendered. */
export class TemplateText {
  private readonly read: ReadTemplate;
  private renderer: Renderer | undefined;

  /** `source` may have been read already, or made of what was. */
  constructor(
    source: string | ReadTemplate,
    private readonly options: CompileOptions,
    readonly locate: Locate,
  ) {
    this.read = typeof source === 'string' ? readTemplate(source) : source;
  }

  /** The HTML that it comes to as MJML. */
  asMjml(language: string): TemplateText {
    return new TemplateText(mjmlPage(this.read.nodes, language), this.options, this.locate);
  }

  /** What is wrong with it whatever the names are. */
  get problems(): readonly LocatedProblem[] {
    return this.read.problems.map((problem) => this.located(problem));
  }

  /** What in its HTML looks like a slip of the pen: nothing keeps it from being sent. */
  get warnings(): readonly LocatedProblem[] {
    const { warnings = this.options.html ? htmlSlips(markText(this.read.nodes)) : [] } = this.read;
    return warnings.map((problem) => this.located(problem));
  }

  /** Names that were meant to be filled in. */
  get singleBraces(): readonly LocatedProblem[] {
    return singleBraces(this.read.nodes).map((problem) => this.located(problem));
  }

  check(names: Readonly<Record<string, Field>>, known: Known): readonly LocatedProblem[] {
    return checkTemplate(this.read.nodes, names, known).map((problem) => this.located(problem));
  }

  /** Whether nothing would come of it, whatever the names hold. */
  get isBlank(): boolean {
    return this.read.nodes.every((node) => node.kind === 'text' && node.value.trim() === '');
  }

  uses(helper: string): boolean {
    return [...termsOf(this.read.nodes)].some((term) => term.kind === 'call' && term.helper === helper);
  }

  /** Trimmed. Throws PrintError. */
  render(names: object, scope: HelperScope): string {
    this.renderer ??= compileTemplate(this.read.nodes, this.options);
    return this.renderer(names, scope).trim();
  }

  private located({ message, ...place }: PlacedProblem): LocatedProblem {
    return { position: this.locate(place), message };
  }
}
