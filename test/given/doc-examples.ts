import { readFileSync } from 'node:fs';
import { channelNames } from '../../src/domain/message/message.js';

/** A block of a page under a comment such as `<!-- example: file journeys/policy.yaml -->`. */
export interface DocExample {
  /** `file`, `top`, `trigger`, `step`, `condition`, `expression`, `moment`, `text`. */
  readonly kind: string;
  /** What stands after the kind: the name of a file. */
  readonly about: string;
  readonly text: string;
  readonly line: number;
}

const marked = /<!-- example: (\w+) ?(.*?) -->\n\n?```\w*\n([^]*?)```/g;

/** The marked blocks of a page, in its order. */
export function examplesIn(page: string): readonly DocExample[] {
  const source = readFileSync(page, 'utf8');
  return [...source.matchAll(marked)].map(({ 1: kind = '', 2: about = '', 3: text = '', index }) => ({
    ...{ kind, about, text },
    line: source.slice(0, index).split('\n').length,
  }));
}

/** Blocks of YAML or CEL that carry no mark: nobody tries them. */
export function unmarkedIn(page: string): readonly string[] {
  const rest = readFileSync(page, 'utf8').replaceAll(marked, '');
  return [...rest.matchAll(/```(?:yaml|cel)\n(.*)/g)].map(([, first = '']) => first);
}

/** The files that pages show, and a text for every channel of each template that they send and do not show. */
export function filesOf(examples: readonly DocExample[]): Readonly<Record<string, string>> {
  const shown = Object.fromEntries(
    examples.filter(({ kind }) => kind === 'file').map(({ about, text }) => [about, text]),
  );
  const sent = new Set(
    examples.flatMap(({ text }) => [...text.matchAll(/\b(?:send|ask): ([a-z-]+)/g)].map(([, name]) => name ?? '')),
  );
  const texts = [...sent, 'thank-you'].flatMap((name) => channelNames.map((channel) => textFor(name, channel)));
  return { ...Object.fromEntries(texts), ...shown };
}

function textFor(name: string, channel: string): readonly [string, string] {
  const matter = channel === 'email' ? '---\nsubject: سلام\n---\n' : '';
  return [`templates/${name}/${channel}.hbs`, `${matter}سلام\n`];
}

/** The examples of a block that holds one a line; a long one may go on in indented lines. */
export function linesOf({ text }: DocExample): readonly string[] {
  return text
    .trimEnd()
    .split(/\n(?![\s}\]])/)
    .filter((line) => line !== '');
}

/** What a fragment stands in. */
export interface Fragment {
  readonly top?: string;
  readonly trigger?: string;
  readonly steps?: string;
}

const shopTrigger = 'trigger: { event: purchase.completed }\n';

/** A small journey, with the fragment in its place, and the steps above it that keep what it names. */
export function exampleJourney({ top = '', trigger, steps }: Fragment, name = 'example'): string {
  const body = steps ?? '- send: thank-you\n  id: hello-again\n';
  const starts = trigger ?? (/^trigger:/m.test(top) ? '' : shopTrigger);
  const all = indented(`${stepsAbove(top + (trigger ?? '') + body)}${body}`);
  return `journey: ${name}\npurpose: service\n${top}${starts}steps:\n${all}`;
}

/** What keeps each name that fragments of these pages use without keeping it themselves. */
const keeping: Readonly<Record<string, string>> = {
  estimate: '- wait_for: repair.estimated\n  id: estimated-above\n  save_as: estimate\n  at_most: 1 minute\n',
  csat: '- ask: how-was-it\n  id: asked-above\n  answers: 1..5\n  save_as: csat\n  within: 1 minute\n  else: [stop: none]\n',
  gift: '- grant: 5000 toman\n  id: granted-above\n  save_as: gift\n',
};

function stepsAbove(text: string): string {
  return Object.entries(keeping)
    .filter(([name]) => new RegExp(`\\b${name}\\b`).test(text) && !text.includes(`save_as: ${name}`))
    .map(([, step]) => step)
    .join('');
}

function indented(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}
