import { Environment, ParseError, type ASTNode } from '@marcbachmann/cel-js';
import { remembering } from '../remembering.js';
import type { ExpressionProblem } from './environment.js';
import type { Node, Place } from './node.js';
import { explainSyntaxError, sayMeant } from './syntax-error.js';
import { toCelSpelling } from './spelling.js';

const longestSource = 10_000;
const deepest = 100;
const limits = { maxAstNodes: 5_000, maxDepth: deepest, maxListElements: 1_000, maxMapEntries: 200 };
const cel = new Environment({ unlistedVariablesAreDyn: true, limits });

export type Parsed = { readonly node: Node } | { readonly problem: ExpressionProblem };

/** Journeys ask the same again and again. */
export const parse = remembering(parseAnew);

function parseAnew(source: string): Parsed {
  if (source.trim() === '') return refuse({ start: 0, end: source.length }, 'the expression is empty');
  if (source.length > longestSource) return refuse({ start: 0, end: source.length }, tooLong);
  try {
    return { node: convert(cel.parse(toCelSpelling(source)).ast, source, 0) };
  } catch (error) {
    return explain(error, source);
  }
}

const tooLong = `the expression is longer than ${String(longestSource)} characters`;
const tooDeep = `the expression is nested more than ${String(deepest)} levels deep; split it up`;

class Refusal extends Error {
  constructor(
    readonly place: Place,
    message: string,
  ) {
    super(message);
  }
}

function refuse({ start, end }: Place, message: string): Parsed {
  return { problem: { severity: 'error', start, end, message } };
}

function explain(error: unknown, source: string): Parsed {
  const whole = { start: 0, end: source.length };
  if (error instanceof Refusal) return refuse(error.place, error.message);
  if (!(error instanceof ParseError)) return refuse(whole, tooDeep);
  const { start, end } = error.range ?? whole;
  if (error.summary.includes('maxDepth')) return refuse({ start, end }, tooDeep);
  const said = sayMeant(source, start) ?? explainSyntaxError(error.summary, source.slice(start, end));
  return refuse({ start, end }, said);
}

function convert(ast: ASTNode, source: string, depth: number): Node {
  const { start, end } = ast;
  if (depth > deepest) throw new Refusal({ start, end }, tooDeep);
  const inner = (child: ASTNode): Node => convert(child, source, depth + 1);
  switch (ast.op) {
    case 'value':
      return { op: 'value', start, end, value: literal(ast.args, { start, end }) };
    case 'id':
      return { op: 'name', start, end, name: ast.args };
    case 'list':
      return { op: 'list', start, end, items: ast.args.map(inner) };
    case 'map':
      return { op: 'map', start, end, entries: ast.args.map(([key, value]) => [inner(key), inner(value)] as const) };
    case '||':
    case '&&':
      return { op: ast.op === '&&' ? 'and' : 'or', start, end, sides: chain(ast, ast.op).map(inner) };
    case '!_':
    case '-_':
      return { op: ast.op === '!_' ? 'not' : 'negative', start, end, of: inner(ast.args) };
    default:
      return convertJoined(ast, inner, source);
  }
}

type Joined = Exclude<ASTNode, { op: 'value' | 'id' | 'list' | 'map' | '||' | '&&' | '!_' | '-_' }>;

function convertJoined(ast: Joined, inner: (child: ASTNode) => Node, source: string): Node {
  const { start, end } = ast;
  switch (ast.op) {
    case '.':
      return { op: 'field', start, end, of: inner(ast.args[0]), name: ast.args[1], namePlace: { start: ast.pos, end } };
    case '[]':
      return { op: 'index', start, end, of: inner(ast.args[0]), at: inner(ast.args[1]) };
    case '?:': {
      const [condition, then, otherwise] = ast.args;
      return { op: 'choice', start, end, condition: inner(condition), then: inner(then), otherwise: inner(otherwise) };
    }
    case 'call': {
      const [name, args] = ast.args;
      return { op: 'call', start, end, name, namePlace: at(start, name), receiver: undefined, args: args.map(inner) };
    }
    case 'rcall': {
      const [name, receiver, args] = ast.args;
      const namePlace = at(Math.max(source.indexOf(name, receiver.end), start), name);
      return { op: 'call', start, end, name, namePlace, receiver: inner(receiver), args: args.map(inner) };
    }
    case '.?':
    case '[?]':
      throw new Refusal({ start, end }, 'optional access is not part of the language; use known(x) or default(x, y)');
    default:
      return { op: 'binary', start, end, operator: ast.op, left: inner(ast.args[0]), right: inner(ast.args[1]) };
  }
}

function at(start: number, name: string): Place {
  return { start, end: start + name.length };
}

/** The sides of `a && b && c`: a long row of them is not deep. */
function chain(ast: ASTNode, op: '&&' | '||'): ASTNode[] {
  const sides: ASTNode[] = [];
  let rest = ast;
  while (rest.op === op) {
    sides.push(rest.args[1]);
    rest = rest.args[0];
  }
  return [...sides, rest].reverse();
}

function literal(value: unknown, place: Place): null | boolean | number | string {
  if (value === null || typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string') {
    return value;
  }
  if (typeof value !== 'bigint') throw new Refusal(place, 'bytes and unsigned numbers are not part of the language');
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new Refusal(place, 'this number is too large to be exact');
  return Number(value);
}
