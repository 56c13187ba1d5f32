import type { Verdict } from './verdict.js';

/** One round in one line, and below it what to look into where it failed. */
export function printLine(round: number, seed: number, verdict: Verdict): string {
  const { nuisance, did, customers, messages, lost, twice, again, recalled, known, seconds, report } = verdict;
  const counts = `${String(customers)} customers, ${String(messages)} messages: ${String(lost)} lost, ${String(twice)} twice, ${String(again)} in doubt and sent again, ${String(recalled)} calls made again, ${String(known)} known to the provider`;
  const line = `${report === undefined ? 'ok  ' : 'FAIL'} ${String(round)} ${nuisance} (seed ${String(seed)}, ${seconds.toFixed(0)} s): ${counts}; ${did}`;
  return report === undefined ? line : `${line}\n${report}`;
}

/** All rounds, by nuisance, as a table of Markdown. */
export function printTable(verdicts: readonly Verdict[]): string {
  const names = [...new Set(verdicts.map(({ nuisance }) => nuisance))];
  const rows = names.map((name) =>
    rowOf(
      name,
      verdicts.filter(({ nuisance }) => nuisance === name),
    ),
  );
  return [
    '',
    '| nuisance | rounds | failed | customers | messages | lost | twice | in doubt, sent again (e-mail) | web hooks called again, same id | repeats that the provider knew (SMS) |',
    '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |',
    ...rows,
    rowOf('all', verdicts),
  ].join('\n');
}

function rowOf(name: string, verdicts: readonly Verdict[]): string {
  const sum = (of: (verdict: Verdict) => number): string =>
    verdicts.reduce((total, verdict) => total + of(verdict), 0).toLocaleString('en');
  const failed = verdicts.filter(({ report }) => report !== undefined).length;
  const cells = [
    name,
    String(verdicts.length),
    String(failed),
    ...[
      sum(({ customers }) => customers),
      sum(({ messages }) => messages),
      sum(({ lost }) => lost),
      sum(({ twice }) => twice),
      sum(({ again }) => again),
      sum(({ recalled }) => recalled),
      sum(({ known }) => known),
    ],
  ];
  return `| ${cells.join(' | ')} |`;
}
