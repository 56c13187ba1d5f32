import { opensLevel, type BlockNode, type TemplateNode, type Term } from './nodes.js';

/** The terms that a compiled template may complain of, by number; and which helpers it uses. */
export class PrintedTerms {
  readonly list: Term[] = [];
  readonly helpers = new Set<string>();

  number(term: Term): number {
    return this.list.push(term) - 1;
  }
}

/**
 * Our nodes as Handlebars' syntax tree, ready for its compiler. `{{x}}` becomes `{{print x n}}`, n being the number of its
 * place; what an `each` or `with` goes over gets a name, `$1`, `$2` …, so that a path means the same at any depth.
 */
export function programSyntax(
  nodes: readonly TemplateNode[],
  terms: PrintedTerms,
  level = 0,
  named = false,
): hbs.AST.Program {
  const body = nodes.map((node) => statement(node, terms, level));
  return { type: 'Program', body, blockParams: named ? [`$${String(level)}`] : [], loc };
}

function statement(node: TemplateNode, terms: PrintedTerms, level: number): hbs.AST.Statement {
  switch (node.kind) {
    case 'text':
      return { type: 'ContentStatement', value: node.value, original: node.value, loc } as hbs.AST.Statement;
    case 'print': {
      terms.helpers.add('print');
      const params = [expression(node.value, terms, level), numberOf(terms.number(node.value))];
      return {
        type: 'MustacheStatement',
        path: name('print'),
        params,
        hash,
        escaped: true,
        strip,
        loc,
      } as hbs.AST.Statement;
    }
    case 'block':
      return block(node, terms, level);
  }
}

function block(node: BlockNode, terms: PrintedTerms, level: number): hbs.AST.BlockStatement {
  // Handlebars' own `unless` asks `if`, which may not be there.
  if (node.block === 'unless') {
    return block({ ...node, block: 'if', body: node.otherwise, otherwise: node.body }, terms, level);
  }
  const opens = opensLevel(node.block);
  terms.helpers.add(node.block);
  return {
    type: 'BlockStatement',
    path: name(node.block),
    params: node.terms.map((term) => expression(term, terms, level)),
    hash,
    program: programSyntax(node.body, terms, opens ? level + 1 : level, opens),
    inverse: programSyntax(node.otherwise, terms, level),
    openStrip: strip,
    inverseStrip: strip,
    closeStrip: strip,
    loc,
  };
}

function expression(term: Term, terms: PrintedTerms, level: number): hbs.AST.Expression {
  switch (term.kind) {
    case 'literal':
      return literal(term.value);
    case 'loop':
      return path([term.name], true);
    case 'path':
      if (term.level > 0) return path([`$${String(term.level)}`, ...term.parts]);
      return level === 0 ? path(term.parts) : path(['root', ...term.parts], true);
    case 'call': {
      terms.helpers.add(term.helper);
      const params = term.terms.map((inner) => expression(inner, terms, level));
      return {
        type: 'SubExpression',
        path: name(term.helper),
        params: [...params, numberOf(terms.number(term))],
        hash,
        loc,
      } as hbs.AST.Expression;
    }
  }
}

function literal(value: string | number | boolean | undefined): hbs.AST.Expression {
  switch (typeof value) {
    case 'string':
      return { type: 'StringLiteral', value, original: value, loc } as hbs.AST.Expression;
    case 'number':
      return numberOf(value);
    case 'boolean':
      return { type: 'BooleanLiteral', value, original: value, loc } as hbs.AST.Expression;
    default:
      return { type: 'UndefinedLiteral', loc };
  }
}

function numberOf(value: number): hbs.AST.Expression {
  return { type: 'NumberLiteral', value, original: value, loc } as hbs.AST.Expression;
}

function name(text: string): hbs.AST.PathExpression {
  return path([text]);
}

function path(parts: readonly string[], data = false): hbs.AST.PathExpression {
  return { type: 'PathExpression', data, depth: 0, parts: [...parts], original: parts.join('.'), loc };
}

// Places are told by number, not by Handlebars, so that one location does for all.
const loc: hbs.AST.SourceLocation = { source: 'template', start: { line: 1, column: 0 }, end: { line: 1, column: 0 } };
const strip: hbs.AST.StripFlags = { open: false, close: false };
const hash: hbs.AST.Hash = { type: 'Hash', pairs: [], loc };
