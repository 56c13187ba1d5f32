import { readFileSync } from 'node:fs';

/** What a reader of a guide does, one thing after the other. */
export type GuideStep = Place &
  (
    | { readonly kind: 'writes'; readonly file: string; readonly text: string }
    | { readonly kind: 'runs'; readonly command: readonly string[]; readonly fails: boolean }
    | { readonly kind: 'sees'; readonly lines: readonly string[] }
    | { readonly kind: 'errs'; readonly file: string; readonly lang: string; readonly slips: readonly Slip[] }
  );

interface Place {
  readonly line: number;
}

/** A line as it was meant to be and is not, and what `check` says of it: the message names the line. */
export interface Slip {
  readonly written: string;
  readonly message: string;
}

const marked = /<!-- (example: file|run|prints|wrong): ?(.*?) -->\n\n?```\w*\n([^]*?)```/g;

/** The marked blocks of a guide, in its order. */
export function stepsOf(page: string): readonly GuideStep[] {
  const source = readFileSync(page, 'utf8').replaceAll(/<!-- (example: file) (.*?) -->/g, '<!-- $1: $2 -->');
  const bare = source.replaceAll(/<!-- (run|prints) -->/g, '<!-- $1: -->');
  return [...bare.matchAll(marked)].map(({ 1: kind = '', 2: about = '', 3: text = '', index }) => ({
    line: bare.slice(0, index).split('\n').length,
    ...stepOf(kind, about, text),
  }));
}

type Unplaced = GuideStep extends infer Step ? (Step extends Place ? Omit<Step, 'line'> : never) : never;

function stepOf(kind: string, about: string, text: string): Unplaced {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  switch (kind) {
    case 'example: file':
      return { kind: 'writes', file: about, text };
    case 'run':
      return { kind: 'runs', command: commandOf(lines), fails: about === 'fails' };
    case 'prints':
      return { kind: 'sees', lines };
    default:
      return errsOf(about, lines);
  }
}

/** `journeys/x.yaml`, or `journeys/x.yaml fa` for messages in Persian. */
function errsOf(about: string, lines: readonly string[]): Unplaced {
  const [file = '', lang = 'en'] = about.split(' ');
  return { kind: 'errs', file, lang, slips: slipsOf(lines) };
}

/** `npx peyk check`, alone in its block. */
function commandOf([line = '', ...more]: readonly string[]): readonly string[] {
  const [npx, peyk, ...command] = line.split(' ');
  if (npx !== 'npx' || peyk !== 'peyk' || more.length > 0)
    throw new Error(`expected one line "npx peyk …", got ${line}`);
  return command;
}

function slipsOf(lines: readonly string[]): readonly Slip[] {
  return lines.flatMap((written, index) =>
    index % 2 === 1 ? [] : [{ written: written.trim(), message: lines[index + 1] ?? '' }],
  );
}
