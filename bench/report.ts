import type { Result } from './bench.js';
import { machine } from './machine.js';
import type { Spread } from './measure.js';
import type { Options } from './options.js';

/** The results as plain lines. */
export function printResult(result: Result): string {
  if ('skipped' in result) return `${result.name}: SKIPPED, ${result.skipped}`;
  const { bench, ours, bare, ratio, ratios, good, notes } = result;
  const lines = [
    `${bench.name}: ${bench.work}`,
    `  ours  ${printSpread(ours)} ${bench.unit}/s`,
    `  ${bench.beside ?? 'bare'}  ${printSpread(bare)} ${bench.unit}/s`,
    ...Object.entries(notes).map(([note, value]) => `  ${note} ${value.toFixed(0)}${limitOf(result, note)}`),
    `  ratio ${ratio.toFixed(3)} (pairs ${fixed(ratios.least)} to ${fixed(ratios.most)}), at least ${limit(bench.atLeast)}: ${good ? 'ok' : 'BELOW'}`,
  ];
  return lines.join('\n');
}

/** The table of docs/benchmarks.md. */
export async function printMarkdown(results: readonly Result[], options: Options): Promise<string> {
  const head = [
    '| bench | command | ours, median (spread) | bare, median (spread) | ratio (pairs) | at least | |',
    '| --- | --- | --- | --- | --- | --- | --- |',
  ];
  const rows = results.map((result) => row(result, options));
  const notes = results.flatMap((result) => noteLines(result));
  return [await machine(), '', ...head, ...rows, ...(notes.length > 0 ? ['', ...notes] : [])].join('\n');
}

function row(result: Result, options: Options): string {
  const command = `\`npm run bench -- ${result.name}${flags(options)}\``;
  if ('skipped' in result) return `| \`${result.name}\` | ${command} | skipped: ${result.skipped} | | | | |`;
  const { bench, ours, bare, ratio, ratios, good } = result;
  const cells = [
    `\`${bench.name}\``,
    command,
    `${printSpread(ours)} ${bench.unit}/s`,
    printSpread(bare),
    `${ratio.toFixed(2)} (${ratios.least.toFixed(2)} to ${ratios.most.toFixed(2)})`,
    limit(bench.atLeast),
    good ? 'ok' : 'BELOW',
  ];
  return `| ${cells.join(' | ')} |`;
}

function noteLines(result: Result): string[] {
  if ('skipped' in result) return [];
  return Object.entries(result.notes).map(
    ([note, value]) => `- \`${result.name}\`: ${note} ${value.toFixed(0)}${limitOf(result, note)}`,
  );
}

function limitOf({ bench: { ceilings = [] } }: Exclude<Result, { skipped: string }>, note: string): string {
  const ceiling = ceilings.find((one) => one.note === note);
  return ceiling === undefined ? '' : ` (at most ${String(ceiling.atMost)})`;
}

function flags({ pairs, scale }: Options): string {
  return `${pairs === undefined ? '' : ` --pairs ${String(pairs)}`}${scale === 1 ? '' : ` --scale ${String(scale)}`}`;
}

function printSpread({ median, least, most }: Spread): string {
  return `${whole(median)} (${whole(least)} to ${whole(most)})`;
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

function fixed(value: number): string {
  return value.toFixed(3);
}

/** A third is no short number. */
function limit(value: number): string {
  return String(Number(value.toFixed(3)));
}
