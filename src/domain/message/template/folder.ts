import { nearest } from '../../did-you-mean.js';
import { channelNames, type ChannelName } from '../message.js';
import type { Problems } from '../../yaml/problems.js';
import type { TemplateFileName } from './template-file.js';

/** The files of one template, by what they are. */
export interface TemplateFolder {
  readonly name: string;
  readonly texts: readonly TemplateFileName[];
  /** The path of its `sample.yaml`. */
  readonly sample: string | undefined;
}

/** Sorts `templates/<name>/<file>` by template; files that are none of a template's are problems. */
export function readFolders(paths: Iterable<string>, problems: Problems): readonly TemplateFolder[] {
  const folders = new Map<string, { name: string; texts: TemplateFileName[]; sample: string | undefined }>();
  for (const path of [...paths].sort()) {
    if (/(?:^|\/)\./.test(path)) continue;
    const [, name, file] = /([^/]+)\/([^/]+)$/.exec(path.replace(/^templates\//, '')) ?? [];
    if (name === undefined || file === undefined || !isTemplateName(name)) {
      report(path, placeOfFile(name), problems);
      continue;
    }
    const folder = folders.get(name) ?? { name, texts: [], sample: undefined };
    folders.set(name, folder);
    if (file === 'sample.yaml') folder.sample = path;
    else folder.texts.push(...readFileName(path, file, problems));
  }
  for (const folder of folders.values()) checkFolder(folder, problems);
  return [...folders.values()];
}

function isTemplateName(name: string): boolean {
  return /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name);
}

function placeOfFile(name: string | undefined): string {
  if (name === undefined) return 'a template is a folder; its texts are templates/<name>/sms.hbs or email.hbs';
  return `"${name}" is no name for a template; expected lower-case letters and digits with hyphens, such as repair-ready`;
}

function readFileName(path: string, file: string, problems: Problems): readonly TemplateFileName[] {
  const [, base = '', locale, suffix = ''] =
    /^([a-z]+)(?:\.([a-z]{2,3}(?:-[a-z0-9]{2,8})*))?\.(hbs|mjml)$/i.exec(file) ?? [];
  const channel = channelNames.find((name) => name === base);
  const mjml = suffix === 'mjml';
  if (channel !== undefined && (mjml ? channel === 'email' : suffix === 'hbs'))
    return [{ path, channel, language: locale?.toLowerCase(), mjml }];
  report(
    path,
    mjml && channel !== undefined ? `only an e-mail is written in MJML; write ${base}.hbs` : unknownFile(file),
    problems,
  );
  return [];
}

function unknownFile(file: string): string {
  const near = nearest(file, known);
  const remedy = near === undefined ? `expected ${known.join(', ')}` : `did you mean "${near}"?`;
  return `"${file}" is no file of a template; ${remedy}`;
}

function checkFolder({ texts, sample }: TemplateFolder, problems: Problems): void {
  if (texts.length === 0 && sample !== undefined)
    report(sample, 'this template has no text; add sms.hbs or email.hbs', problems);
  for (const text of texts) {
    const { path, channel, language } = text;
    const twin = texts.find((other) => other.channel === channel && other.language === language);
    if (twin !== undefined && twin !== text)
      report(path, `${nameOf(twin.path)} is the same text in another form; keep one of them`, problems);
    if (language === undefined || isForEverybody(channel, texts)) continue;
    report(
      path,
      `${channel}.hbs is missing; a text for one language stands beside the one for everybody else`,
      problems,
    );
  }
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function isForEverybody(channel: ChannelName, texts: readonly TemplateFileName[]): boolean {
  return texts.some((text) => text.channel === channel && text.language === undefined);
}

function report(file: string, message: string, problems: Problems): void {
  problems.error({ file, line: 1, column: 1 }, message);
}

const known = [...channelNames.map((channel) => `${channel}.hbs`), 'email.mjml', 'sms.en.hbs', 'sample.yaml'];
