import Handlebars from 'handlebars';
import { nearest } from '../../did-you-mean.js';
import { helpers } from './helpers.js';
import { endlessNesting, explainSyntax } from './syntax-error.js';
import {
  opensLevel,
  type BlockName,
  type LoopName,
  type Place,
  type PlacedProblem,
  type TemplateNode,
  type Term,
  type TextNode,
} from './nodes.js';

export interface ReadTemplate {
  readonly nodes: readonly TemplateNode[];
  readonly problems: readonly PlacedProblem[];
  /** What looks like a slip of the pen; left out where nobody looked. */
  readonly warnings?: readonly PlacedProblem[];
}

/** Reads Handlebars, and refuses of it what messages must not do: partials, decorators, raw HTML, prototypes, unknown helpers. */
export function readTemplate(source: string): ReadTemplate {
  // The parser's time grows with the square of the depth: it is not even asked.
  const deep = endlessNesting(source);
  if (deep !== undefined) return { nodes: [], problems: [deep] };
  const reader = new Reader();
  try {
    return { nodes: reader.program(Handlebars.parse(source)), problems: reader.problems };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { nodes: [], problems: [explainSyntax(error, source)] };
  }
}

class Reader {
  readonly problems: PlacedProblem[] = [];
  private level = 0;
  private loops = 0;

  program(program: hbs.AST.Program | undefined): readonly TemplateNode[] {
    return program?.body.flatMap((statement) => this.statement(statement) ?? []) ?? [];
  }

  private statement(node: hbs.AST.Statement): TemplateNode | undefined {
    switch (node.type) {
      case 'ContentStatement':
        return textOf(node as hbs.AST.ContentStatement);
      case 'MustacheStatement':
        return this.print(node as hbs.AST.MustacheStatement);
      case 'BlockStatement':
        return this.block(node as hbs.AST.BlockStatement);
      case 'CommentStatement':
        return undefined;
      default:
        return this.refuse(node, refused[node.type] ?? `${node.type} is not part of the language`);
    }
  }

  private print(node: hbs.AST.MustacheStatement): TemplateNode | undefined {
    if (!node.escaped) return this.refuse(node, 'raw HTML ({{{x}}} or {{&x}}) is not printed from data; write {{x}}');
    const isCall = node.params.length > 0 || isHelperName(node.path);
    const value = isCall ? this.call(node) : this.term(node.path);
    return value === undefined ? undefined : { kind: 'print', value };
  }

  private block(node: hbs.AST.BlockStatement): TemplateNode | undefined {
    const name = writtenOf(node.path);
    if (!isBlock(name)) return this.refuse(node, unknownBlock(name));
    const blockParams = [...((node.program as hbs.AST.Program | undefined)?.blockParams ?? [])];
    if (blockParams.length > 0)
      this.refuse(node, 'names for the element (as |x|) are not supported yet; write {{this}} or {{this.name}}');
    this.refuseHash(node.hash);
    if (node.params.length !== blocks[name]) {
      return this.refuse(node, `{{#${name}}} takes ${count(blocks[name])}, and has ${String(node.params.length)}`);
    }
    const terms = node.params.flatMap((param) => this.term(param) ?? []);
    const body = this.inside(name, node.program);
    return { kind: 'block', block: name, terms, body, otherwise: this.program(node.inverse) };
  }

  private inside(block: BlockName, program: hbs.AST.Program): readonly TemplateNode[] {
    const [level, loops] = [this.level, this.loops];
    if (opensLevel(block)) this.level += 1;
    if (block === 'each') this.loops += 1;
    const body = this.program(program);
    [this.level, this.loops] = [level, loops];
    return body;
  }

  private call(node: hbs.AST.MustacheStatement | hbs.AST.SubExpression): Term | undefined {
    const name = writtenOf(node.path);
    const helper = helpers.get(name);
    if (helper === undefined) return this.refuse(node.path, unknownHelper(name));
    this.refuseHash(node.hash);
    const terms = node.params.flatMap((param) => this.term(param) ?? []);
    const [most, least] = [helper.wants.length, helper.wants.length - helper.spare];
    if (node.params.length < least || node.params.length > most) {
      const remedy =
        node.params.length === 0 && this.level > 0 ? `; for a field of that name write {{this.${name}}}` : '';
      return this.refuse(node, `${name} takes ${count(most)}, and has ${String(node.params.length)}${remedy}`);
    }
    return { kind: 'call', helper: name, terms, place: placeOf(node), written: `(${name} …)` };
  }

  private term(node: hbs.AST.Expression): Term | undefined {
    const [place, written] = [placeOf(node), writtenOf(node)];
    switch (node.type) {
      case 'PathExpression':
        return this.path(node as hbs.AST.PathExpression);
      case 'SubExpression':
        return this.call(node as hbs.AST.SubExpression);
      case 'StringLiteral':
      case 'NumberLiteral':
      case 'BooleanLiteral':
        return { kind: 'literal', value: (node as hbs.AST.StringLiteral).value, place, written };
      default:
        return { kind: 'literal', value: undefined, place, written };
    }
  }

  private path(node: hbs.AST.PathExpression): Term | undefined {
    const [place, written] = [placeOf(node), node.original];
    const forbidden = node.parts.find((part) => part === 'prototype' || part in Object.prototype);
    if (forbidden !== undefined) return this.refuse(node, `"${forbidden}" is no data; a template sees data only`);
    if (node.data && node.parts[0] === 'root')
      return { kind: 'path', level: 0, parts: node.parts.slice(1), place, written };
    if (node.data) return this.loop(node);
    if (node.depth > this.level) return this.refuse(node, `"${written}" leads above the template's own names`);
    return { kind: 'path', level: this.level - node.depth, parts: node.parts, place, written };
  }

  private loop(node: hbs.AST.PathExpression): Term | undefined {
    const name = loopNames.find((candidate) => candidate === node.parts.join('.'));
    if (name === undefined || node.depth > 0) {
      return this.refuse(
        node,
        `"${node.original}" is not known; there are ${loopNames.map((known) => `@${known}`).join(', ')} and @root`,
      );
    }
    if (this.loops === 0) return this.refuse(node, `"${node.original}" is known inside {{#each}} only`);
    return { kind: 'loop', name, place: placeOf(node), written: node.original };
  }

  private refuseHash(hash: hbs.AST.Hash | undefined): void {
    const [pair] = hash?.pairs ?? [];
    if (pair !== undefined) this.refuse(pair, `"${pair.key}=" is not known; arguments go without names`);
  }

  /** Stands where there would have been a node or a term. */
  private refuse<Missing>(node: hbs.AST.Node, message: string): Missing | undefined {
    this.problems.push({ ...placeOf(node), message });
    return undefined;
  }
}

/** Of a path or a literal; `{{5 x}}` makes it a number. */
function writtenOf(node: hbs.AST.Node): string {
  return String((node as { readonly original?: unknown }).original);
}

/** Handlebars may have taken spaces away where a text begins; its place is that of what is left. */
function textOf(node: hbs.AST.ContentStatement): TextNode {
  const { value } = node;
  // Handlebars' types call it something else.
  const original = node.original as unknown as string;
  const gone = Math.max(0, original.length - original.trimStart().length - (value.length - value.trimStart().length));
  const lines = original.slice(0, gone).split('\n');
  const start = placeOf(node);
  const column = lines.length > 1 ? 1 : start.column;
  const place = { line: start.line + lines.length - 1, column: column + (lines.at(-1)?.length ?? 0) };
  return { kind: 'text', value, place };
}

function placeOf({ loc: { start } }: hbs.AST.Node): Place {
  return { line: start.line, column: start.column + 1 };
}

function isHelperName(path: hbs.AST.PathExpression | hbs.AST.Literal): boolean {
  return (
    path.type === 'PathExpression' &&
    (helpers.has((path as hbs.AST.PathExpression).original) || isBlock((path as hbs.AST.PathExpression).original))
  );
}

function isBlock(name: string): name is BlockName {
  return Object.hasOwn(blocks, name);
}

function unknownBlock(name: string): string {
  if (helpers.has(name)) return `${name} is no block; write {{${name} …}}`;
  const near = nearest(name, Object.keys(blocks));
  if (near !== undefined) return `there is no block "${name}"; did you mean "${near}"?`;
  return `there is no block "${name}"; write {{#if ${name}}}, {{#each ${name}}} or {{#with ${name}}}`;
}

function unknownHelper(name: string): string {
  if (isBlock(name)) return `${name} opens a block; write {{#${name} …}} … {{/${name}}}`;
  const near = nearest(name, [...helpers.keys()]);
  const remedy = near === undefined ? `there are ${[...helpers.keys()].join(', ')}` : `did you mean "${near}"?`;
  return `there is no helper "${name}"; ${remedy}`;
}

function count(values: number): string {
  return values === 0 ? 'no values' : values === 1 ? 'one value' : `${String(values)} values`;
}

const blocks: Readonly<Record<BlockName, number>> = { if: 1, unless: 1, each: 1, with: 1, if_eq: 2 };
const loopNames: readonly LoopName[] = ['index', 'key', 'first', 'last'];
const partial = 'partials ({{> x}}) are not part of the language; write the text out';
const decorator = 'decorators ({{* x}}) are not part of the language';
const refused: Readonly<Record<string, string | undefined>> = {
  PartialStatement: partial,
  PartialBlockStatement: partial,
  Decorator: decorator,
  DecoratorBlock: decorator,
};
