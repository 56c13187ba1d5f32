import { parseArgs } from 'node:util';

/** What a bench is told on the command line. */
export interface Options {
  /** Interleaved pairs: ours, bare, ours, bare …; as many as a bench has by itself where none are given. */
  readonly pairs: number | undefined;
  /** Of the full work; 1 is what the figures are about. */
  readonly scale: number;
  /** Ours once, under the profiler, instead of the pairs. */
  readonly profile: boolean;
}

export interface Command extends Options {
  /** The benches to run; none for all. */
  readonly names: readonly string[];
  /** Where to write the results as JSON. */
  readonly json: string | undefined;
  /** Print the table of docs/benchmarks.md instead of plain text. */
  readonly markdown: boolean;
}

export const usage = `npm run bench -- [name …] [--pairs N] [--scale F] [--json FILE] [--markdown] [--profile]`;

/** Throws where the arguments cannot be understood. */
export function readCommand(args: readonly string[]): Command {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      pairs: { type: 'string' },
      scale: { type: 'string', default: '1' },
      json: { type: 'string' },
      markdown: { type: 'boolean', default: false },
      profile: { type: 'boolean', default: false },
    },
  });
  const { json, markdown, profile } = values;
  return { names: positionals, pairs: whole(values.pairs), scale: share(values.scale), json, markdown, profile };
}

function whole(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw new Error(`--pairs is ${text}; expected a whole number from 1`);
}

function share(text: string): number {
  const number = Number(text);
  if (number > 0 && number <= 10) return number;
  throw new Error(`--scale is ${text}; expected a number such as 0.1, at most 10`);
}
