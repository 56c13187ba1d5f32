import type { Position } from '../problem.js';
import type { Node } from '../yaml/node.js';
import type { Problems } from '../yaml/problems.js';
import { oneOrMore, readText, unknownWord } from '../yaml/read.js';
import type { Policy } from './policy.js';

/** A name that another file has to declare, and where the policy says it. */
export interface Mention {
  readonly what: 'occasion' | 'audience';
  readonly name: string;
  readonly at: Position;
}

/** Names of occasions or audiences, a list or one; each is noted in `mentions`. */
export function readMentions(
  node: Node | undefined,
  what: Mention['what'],
  mentions: Mention[],
  problems: Problems,
): readonly string[] {
  const found = oneOrMore(node).flatMap((item): Mention[] => {
    const name = readText(item, `the name of an ${what}`, problems);
    return name === undefined ? [] : [{ what, name, at: item.at }];
  });
  mentions.push(...found);
  return [...new Set(found.map(({ name }) => name))];
}

/** Holds the names in the policy against those that `occasions.yaml` and `audiences.yaml` declare. */
export function checkPolicyNames(
  { mentions }: Pick<Policy, 'mentions'>,
  declared: { readonly occasions: Iterable<string>; readonly audiences: Iterable<string> },
  problems: Problems,
): void {
  const known = { occasion: [...declared.occasions], audience: ['everyone', ...declared.audiences] };
  for (const { what, name, at } of mentions) {
    if (known[what].includes(name)) continue;
    const declare = `declare it in ${what}s.yaml`;
    problems.error(at, unknownWord(`there is no ${what} "${name}"`, name, known[what], declare));
  }
}
