import { compileInlineText } from '../../message/inline-text.js';
import { printInstant } from '../../time/instant.js';
import type { ScalarNode } from '../../yaml/node.js';
import type { TextOrExpression } from '../right-hand-side.js';
import type { Context } from './context.js';
import type { Flow } from './flow.js';

/** A text of a step: what is absent prints nothing in it, and nothing is escaped. */
export function compileText(node: ScalarNode, flow: Flow, { problems }: Context): TextOrExpression {
  const { text } = node;
  if (!text.includes('{{')) return { evaluate: () => text };
  const inline = compileInlineText(text, (offset) => node.spot(offset));
  const found = inline.problems.length > 0 ? inline.problems : inline.check(flow.names);
  for (const { position, message } of found) problems.error(position, message);
  return { evaluate: ({ names, now, clock }) => inline.render({ ...names, now: printInstant(now) }, clock) };
}
