import type { Audience } from '../../audience/audience.js';
import type { Node } from '../../yaml/node.js';
import { readText, unknownWord } from '../../yaml/read.js';
import type { Context } from './context.js';

/** An audience that `audiences.yaml` declares, or `everyone`. */
export function readAudience(node: Node | undefined, { parts, problems, calls, uses }: Context): Audience | undefined {
  const name = readText(node, 'the name of an audience', problems);
  if (node === undefined || name === undefined) return undefined;
  const audience = parts.audiences.get(name);
  if (audience === undefined) {
    const sentence = `there is no audience "${name}"`;
    return problems.error(
      node.at,
      unknownWord(sentence, name, [...parts.audiences.keys()], 'declare it in audiences.yaml'),
    );
  }
  calls.push(...audience.condition.calls);
  uses.push({ ...audience.condition.uses, audiences: withoutEveryone(name, audience.condition.uses.audiences) });
  return audience;
}

function withoutEveryone(name: string, others: readonly string[]): readonly string[] {
  return name === 'everyone' ? others : [name, ...others];
}
