import { readFileSync, readdirSync } from 'node:fs';
import { languageFiles } from '../given/language-files.js';

type Files = ReadonlyMap<string, string>;

/** Files that all journeys are read with. */
const common = /^journeys\/(?:policy|occasions|audiences|scores|events|customers)\.yaml$/;

/** A file that is spoiled, among those that it is read with: no more of them than it needs. */
export interface Target {
  readonly file: string;
  readonly files: Files;
}

const shippedFiles: Files = new Map(
  ['journeys', 'templates'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.\w+$/.test(name))
      .map((name) => [`${folder}/${name}`, readFileSync(`${folder}/${name}`, 'utf8')] as const),
  ),
);

/** Every shipped file, and those in which all of the language stands. */
export const targets: readonly Target[] = [shippedFiles, languageFiles].flatMap((files) =>
  [...files.keys()].map((file) => ({ file, files: beside(file, files) })),
);

function beside(file: string, files: Files): Files {
  const journeys = journeysAround(file, files);
  const texts = journeys.map((journey) => textOf(journey, files)).join('\n');
  const folder = /^templates\/[^/]+\//.exec(file)?.[0];
  const needed = [...files].filter(
    ([name]) => name.startsWith(folder ?? file) || (belongs(name, journeys, texts) && !name.endsWith('.cases.yaml')),
  );
  return new Map(needed.map(([name, text]) => [name, name === file ? text : shortened(name, text, file)]));
}

/** Templates are there to be named: what stands in them takes its time, and matters to no other file. */
function shortened(name: string, text: string, file: string): string {
  if (!name.endsWith('.hbs') || file.startsWith('templates/')) return text;
  return name.includes('/email') ? '---\nsubject: سلام\n---\nسلام\n' : 'سلام\n';
}

/** A journey's own files and those that its cases name; those that send a template; for a file that all read, one of them. */
function journeysAround(file: string, files: Files): readonly string[] {
  const named = [...files.keys()].flatMap((name) => /^journeys\/(.+)\.cases\.yaml$/.exec(name)?.[1] ?? []);
  const [, own] = /^journeys\/([^.]+)(?:\.cases)?\.yaml$/.exec(file) ?? [];
  const template = /^templates\/([^/]+)/.exec(file)?.[1];
  const journeys =
    own !== undefined && !common.test(file) ? [own] : named.filter((name) => sends(textOf(name, files), template));
  const first = journeys[0] ?? named[0] ?? '';
  return [first, ...besides(first, files)];
}

function textOf(journey: string, files: Files): string {
  return files.get(`journeys/${journey}.yaml`) ?? '';
}

function besides(journey: string, files: Files): readonly string[] {
  const lists = (files.get(`journeys/${journey}.cases.yaml`) ?? '').matchAll(/journeys: \[(.*?)\]/g);
  return [...lists].flatMap(([, names = '']) => names.split(', '));
}

function belongs(name: string, journeys: readonly string[], texts: string): boolean {
  const template = /^templates\/([^/]+)/.exec(name)?.[1];
  if (template !== undefined) return sends(texts, template) && !name.endsWith('sample.yaml');
  return common.test(name) || journeys.some((journey) => name.startsWith(`journeys/${journey}.`));
}

function sends(text: string, template: string | undefined): boolean {
  return template !== undefined && new RegExp(`\\b(?:send|ask): ${template}(?![\\w-])`).test(text);
}
