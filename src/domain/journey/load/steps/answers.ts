import { text } from '../../../expression/kinds.js';
import type { Kind } from '../../../expression/kind.js';
import { fold } from '../../../message/folding.js';
import type { Position } from '../../../problem.js';
import type { Policy } from '../../../policy/policy.js';
import { printNode, type MapNode, type Node, type ScalarNode } from '../../../yaml/node.js';
import type { Problems } from '../../../yaml/problems.js';
import { oneOrMore, readText } from '../../../yaml/read.js';
import type { Answers } from '../../step.js';
import type { StepContext } from '../context.js';
import { isRange } from '../saving.js';

const expected = 'expected 1..5, a list such as [red, blue], a mapping such as { yes: [1, بله], no: [2, نه] }, or text';

/** Which replies are answers. */
export function readAnswers(node: Node, { parts: { policy }, problems }: StepContext): Answers | undefined {
  const answers = readKind(node, problems);
  if (answers !== undefined) refuseReserved(answers, policy, problems);
  return answers?.answers;
}

/** What `value` holds. */
export function valueKind(answers: Answers): Kind {
  switch (answers.kind) {
    case 'text':
      return text;
    case 'range':
      return { kind: 'integer', among: { from: answers.from, to: answers.to } };
    case 'words':
      return { kind: 'text', among: answers.options.map(({ value }) => String(value)) };
  }
}

interface ReadAnswers {
  readonly answers: Answers;
  /** Where each folded word stands. */
  readonly places: ReadonlyMap<string, Position>;
  readonly at: Position;
}

function readKind(node: Node, problems: Problems): ReadAnswers | undefined {
  const { at } = node;
  if (node.kind === 'list')
    return readWords(
      node.items.map((item) => [item, [item]]),
      node,
      problems,
    );
  if (node.kind === 'map') return readMapping(node, problems);
  if (node.text === 'text') return { answers: { kind: 'text' }, places: new Map(), at };
  const answers = isRange(node)
    ? readRange(node, problems)
    : problems.error<Answers>(at, `${expected}, got ${printNode(node)}`);
  return answers && { answers, places: new Map(), at };
}

function readRange(node: ScalarNode, problems: Problems): Answers | undefined {
  const [from = NaN, to = NaN] = node.text.split('..').map(Number);
  if (from < to && Number.isSafeInteger(from) && Number.isSafeInteger(to)) return { kind: 'range', from, to };
  return problems.error(node.at, `"${node.text}" is no range; the smaller number stands first, as in 1..5`);
}

function readMapping(node: MapNode, problems: Problems): ReadAnswers | undefined {
  return readWords(
    node.entries.map(({ key, at, value }) => [{ ...emptyScalar, at, text: key, value: key }, oneOrMore(value)]),
    node,
    problems,
  );
}

const emptyScalar = {
  kind: 'scalar',
  plain: true,
  cutAt: undefined,
  spot: () => ({ file: '', line: 1, column: 1 }),
} as const;

/** A list's item is its own word; a mapping's key stands for its words. */
function readWords(
  given: readonly (readonly [Node, readonly Node[]])[],
  node: Node,
  problems: Problems,
): ReadAnswers | undefined {
  if (given.length === 0) return problems.error(node.at, `there is no answer here; ${expected}`);
  const places = new Map<string, Position>();
  const options = given.flatMap(([name, items]) => {
    const value = readText(name, 'an answer', problems);
    if (items.length === 0) problems.error(name.at, 'this answer has no words');
    const words = items.flatMap((item) => readWord(item, places, problems) ?? []);
    return value === undefined ? [] : [{ value, words }];
  });
  return { answers: { kind: 'words', options }, places, at: node.at };
}

function readWord(node: Node, places: Map<string, Position>, problems: Problems): string | undefined {
  const text = readText(node, 'a word of an answer', problems);
  if (text === undefined) return undefined;
  const word = fold(text);
  if (word === '')
    return problems.error(node.at, `nothing is left of "${text}" to compare a reply with; write letters or digits`);
  if (places.has(word))
    return problems.error(node.at, `"${text}" stands for an answer already; a reply fits one of them`);
  places.set(word, node.at);
  return word;
}

/** What opts a customer out or in is taken before any question. */
function refuseReserved({ answers, places, at }: ReadAnswers, policy: Policy | undefined, problems: Problems): void {
  for (const [key, reserved] of [
    ['opt_out', policy?.optOut],
    ['opt_in', policy?.optIn],
  ] as const) {
    for (const word of reserved?.words ?? []) {
      const place = isInRange(answers, word) ? at : places.get(word);
      if (place !== undefined)
        problems.error(
          place,
          `"${word}" is a word of ${key} in policy.yaml, which is taken before any answer; take another`,
        );
    }
  }
}

function isInRange(answers: Answers, word: string): boolean {
  if (answers.kind !== 'range' || !/^-?\d+$/.test(word)) return false;
  return Number(word) >= answers.from && Number(word) <= answers.to;
}
