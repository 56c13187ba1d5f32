import type { Checking } from '../checking.js';
import { fold } from '../../message/folding.js';
import { boolean } from '../kinds.js';
import { broken, strict, type Run, type Typed } from '../typed.js';
import { checkOperand, type Call, type FunctionDefinition } from './definition.js';
import { find } from './search.js';

/** `says(text, "آدرس", "کجایید")`: whether the text contains one of these, both folded as replies are. */
function checkSays(call: Call): Typed {
  const operands = call.operands.map((node) => checkOperand(call, node, 'text'));
  const [text, ...words] = operands;
  if (text === undefined || operands.includes(broken)) return broken;
  const empty = words.findIndex(({ constant }) => typeof constant?.value === 'string' && fold(constant.value) === '');
  if (empty !== -1)
    return call.checking.error(call.operands[empty + 1] ?? call.node, 'nothing is left of this word to look for');
  return strict(boolean, operands, contained(text.run, words.map(foldedWord), call.checking));
}

function foldedWord({ run, constant }: Typed): Run {
  const word = constant?.value;
  if (typeof word !== 'string') return (scope) => folded(run(scope));
  const known = fold(word);
  return () => known;
}

function folded(value: ReturnType<Run>): string | undefined {
  return typeof value === 'string' ? fold(value) : undefined;
}

function contained(text: Run, words: readonly Run[], { budget }: Checking): Run {
  return (scope) => {
    const value = text(scope);
    if (typeof value !== 'string') return undefined;
    budget.read(value);
    const whole = fold(value);
    let isComplete = true;
    for (const word of words) {
      const part = word(scope);
      if (typeof part !== 'string') isComplete = false;
      else if (part !== '' && find(whole, part) !== -1) return true;
    }
    return isComplete ? false : undefined;
  };
}

export const saysFunctions: readonly FunctionDefinition[] = [
  { name: 'says', usage: 'says(text, "word", …)', form: 'call', least: 2, most: 32, check: checkSays },
];
