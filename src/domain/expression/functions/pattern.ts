import { RE2JS } from 're2js';
import type { Budget } from '../budget.js';
import type { Value } from '../expression.js';
import { boolean } from '../kinds.js';
import { broken, strict, type Typed } from '../typed.js';
import { checkOperands, type Call, type FunctionDefinition } from './definition.js';

const longestPattern = 500;
/** Instructions that a pattern may come to: time is text × program. */
const longestProgram = 1_000;

type Pattern = Pick<RE2JS, 'test'>;

/** A pattern in RE2's syntax, which takes linear time on any text; a text says what is wrong with it. */
function compile(source: string): Pattern | string {
  if (source.length > longestPattern) return `it is longer than ${String(longestPattern)} characters`;
  try {
    const pattern = RE2JS.compile(source);
    return pattern.programSize() > longestProgram ? 'it is too large' : pattern;
  } catch (error) {
    return error instanceof Error ? error.message : 'it cannot be read';
  }
}

function checkMatches(call: Call): Typed {
  const operands = checkOperands(call, ['text', 'text']);
  const [text, pattern] = operands ?? [];
  if (operands === undefined || text === undefined || pattern === undefined) return broken;
  const source = pattern.constant?.value;
  const { budget } = call.checking;
  if (typeof source !== 'string') {
    const compiled = rememberingLast(compile);
    return strict(boolean, operands, (scope) => tested(text.run(scope), compiled(pattern.run(scope)), budget));
  }
  const compiled = compile(source);
  if (typeof compiled !== 'string')
    return strict(boolean, operands, (scope) => tested(text.run(scope), compiled, budget));
  return call.checking.error(call.operands[1] ?? call.node, `this pattern does not work: ${compiled}`);
}

function tested(text: Value, pattern: Pattern | string, budget: Budget): boolean | undefined {
  if (typeof text !== 'string' || typeof pattern === 'string') return undefined;
  budget.read(text);
  budget.read(text);
  return pattern.test(text);
}

/** Mostly the same pattern comes again. */
function rememberingLast(make: (source: string) => Pattern | string): (source: Value) => Pattern | string {
  let last: string | undefined;
  let made: Pattern | string = 'it is unknown';
  return (source) => {
    if (typeof source !== 'string') return 'it is unknown';
    if (source !== last) made = make(source);
    last = source;
    return made;
  };
}

export const patternFunctions: readonly FunctionDefinition[] = [
  { name: 'matches', usage: 'text.matches("pattern")', form: 'either', least: 2, most: 2, check: checkMatches },
];
