import type { Trace } from '../domain/journey/decision.js';
import type { Clock } from '../domain/time/instant.js';
import type { Language } from '../language/language.js';
import { tellHappened, tellPlace, tellRials } from './tell-line.js';
import { padded, padding, widthOf } from './text-width.js';
import { storyWords, type StoryWord } from './story-words.js';

/** Whom it is told: by whose clock, in which language, and how that says what happened. */
export interface Telling {
  readonly clock: Clock;
  readonly language: Language;
  happened(line: Trace): string;
}

export function inEnglish(clock: Clock): Telling {
  return { clock, language: 'en', happened: (line) => tellHappened(line, clock) };
}

/** For people: what happened to each customer, in the order of their first line, and what it comes to. */
export function tellStory(lines: readonly Trace[], telling: Telling): string {
  const stories = new Map<string, string[]>();
  for (const line of lines) {
    const story = stories.get(line.customer) ?? [line.customer];
    if (story.length === 1) stories.set(line.customer, story);
    const told = `${tellPlace(line, telling.clock)}  ${telling.happened(line)}`;
    story.push(told.replace(/^/gm, '  '));
  }
  return [...[...stories.values()].map((story) => story.join('\n')), tellTotals(lines, telling)].join('\n\n');
}

/** One row of the closing table: how many, and of what. */
class Row {
  private total = 0;
  private readonly parts = new Map<string, number>();

  constructor(
    readonly name: string,
    private readonly print: (amount: number) => string,
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

function tellTotals(lines: readonly Trace[], { language }: Telling): string {
  const word = (name: StoryWord): string => storyWords[language][name];
  const number = (amount: number): string => (language === 'fa' ? amount.toLocaleString('fa') : String(amount));
  const row = (name: RowName): Row => new Row(word(name), number);
  const rials = (amount: number): string =>
    language === 'fa' ? `${number(amount)} ${word('rial')}` : tellRials(amount);
  const rows = {
    ...{ entered: row('entered'), sent: row('sent'), parts: row('parts') },
    ...{ suppressed: row('suppressed'), deferred: row('deferred'), failed: row('failed') },
    granted: new Row(word('granted'), rials),
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
  const width = (column: 0 | 1): number => Math.max(0, ...rows.map((row) => widthOf(row[column])));
  const [names, totals] = [width(0), width(1)];
  return rows
    .map(([name, total, parts]) => `${padded(name, names)}  ${padding(total, totals)}${total}  ${parts}`)
    .join('\n');
}
