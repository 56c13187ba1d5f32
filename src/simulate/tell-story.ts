import type { Trace } from '../domain/journey/decision.js';
import type { Clock } from '../domain/time/instant.js';
import { tellLine, tellRials } from './tell-line.js';

/** For people: what happened to each customer, in the order of their first line, and what it comes to. */
export function tellStory(lines: readonly Trace[], clock: Clock): string {
  const stories = new Map<string, string[]>();
  for (const line of lines) {
    const story = stories.get(line.customer) ?? [line.customer];
    if (story.length === 1) stories.set(line.customer, story);
    story.push(tellLine(line, clock).replace(/^/gm, '  '));
  }
  return [...[...stories.values()].map((story) => story.join('\n')), tellTotals(lines)].join('\n\n');
}

/** One row of the closing table: how many, and of what. */
class Row {
  private total = 0;
  private readonly parts = new Map<string, number>();

  constructor(
    readonly name: string,
    private readonly print: (amount: number) => string = String,
  ) {}

  add(part: string, amount = 1): void {
    this.total += amount;
    this.parts.set(part, (this.parts.get(part) ?? 0) + amount);
  }

  get cells(): readonly [string, string, string] | undefined {
    if (this.parts.size === 0) return undefined;
    const most = [...this.parts].sort(([, a], [, b]) => b - a);
    return [
      this.name,
      this.print(this.total),
      most.map(([part, amount]) => `${part} ${this.print(amount)}`).join(', '),
    ];
  }
}

function tellTotals(lines: readonly Trace[]): string {
  const rows = {
    entered: new Row('entered'),
    sent: new Row('sent'),
    parts: new Row('SMS parts'),
    suppressed: new Row('not sent'),
    deferred: new Row('held'),
    failed: new Row('failed'),
    granted: new Row('granted', tellRials),
  };
  for (const line of lines) count(line, rows);
  return table(Object.values(rows).flatMap(({ cells }) => (cells === undefined ? [] : [cells])));
}

type RowName = 'entered' | 'sent' | 'parts' | 'suppressed' | 'deferred' | 'failed' | 'granted';

function count(line: Trace, rows: Readonly<Record<RowName, Row>>): void {
  switch (line.kind) {
    case 'entered':
      rows.entered.add(line.journey);
      return;
    case 'sent':
      rows.sent.add(line.channel);
      if (line.parts !== undefined) rows.parts.add(line.template, line.parts);
      return;
    case 'suppressed':
    case 'deferred':
      rows[line.kind].add(line.reason);
      return;
    case 'failed':
      rows.failed.add(line.channel);
      return;
    case 'granted':
      rows.granted.add(line.journey, line.amount ?? 0);
      return;
    default:
      return;
  }
}

function table(rows: readonly (readonly [string, string, string])[]): string {
  const width = (column: 0 | 1): number => Math.max(0, ...rows.map((row) => row[column].length));
  const [names, totals] = [width(0), width(1)];
  return rows.map(([name, total, parts]) => `${name.padEnd(names)}  ${total.padStart(totals)}  ${parts}`).join('\n');
}
