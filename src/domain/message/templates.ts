import { createHash } from 'node:crypto';
import type { Field } from '../expression/kind.js';
import type { Scope } from '../expression/scope.js';
import type { Problem } from '../problem.js';
import type { Clock } from '../time/instant.js';
import { Problems } from '../yaml/problems.js';
import { channelNames, type ChannelName, type Content, type TemplateContext, type Templates } from './message.js';
import { readFolders, type TemplateFolder } from './template/folder.js';
import type { Links } from './template/helpers.js';
import { trySample } from './template/sample.js';
import { partsOf, readTemplateFile, type TemplateFile } from './template/template-file.js';
import type { LocatedProblem } from './template/template-text.js';
import { renderContent } from './template/content.js';

export type { Links } from './template/helpers.js';
export type { LocatedProblem as TemplateProblem } from './template/template-text.js';

/** Templates that have been read; each send is checked against the names that are there where it stands. */
export interface CheckedTemplates extends Templates {
  /** Every template's name, in order. */
  names(): readonly string[];
  /**
   * What is wrong with a channel's text where these names are there; `known` lists paths of optional fields that are
   * certainly there (`estimate`, `trigger.note`). Nothing for a template or channel that there is not: ask `channels`.
   */
  check(
    template: string,
    channel: ChannelName,
    names: Readonly<Record<string, Field>>,
    known: ReadonlySet<string>,
  ): readonly LocatedProblem[];
  /** The first 16 hex digits of the SHA-256 over its texts; undefined for a template that there is not. */
  hashOf(template: string): string | undefined;
  /** Whether a text of it uses `link` or `unsubscribe`, which something has to serve. */
  usesServedLinks(template: string): boolean;
  /** Whether a text of it uses `unsubscribe`, which leads nowhere unless something serves it. */
  usesUnsubscribe(template: string): boolean;
  /** The path of its first text, for what is to be said about all of it. */
  pathOf(template: string): string | undefined;
}

/**
 * Reads templates from their files: `templates/<name>/sms.hbs`, `email.hbs`, `sms.en.hbs`, `sample.yaml` and so on. A sample is
 * rendered, on `clock`, and what throws there is a problem. Templates with problems are there, and not to be rendered.
 */
export function loadTemplates(
  files: ReadonlyMap<string, string>,
  clock: Clock = { zone: 'Asia/Tehran', calendar: 'jalali' },
): { templates: CheckedTemplates; problems: readonly Problem[] } {
  const problems = new Problems();
  const loaded = new Map<string, LoadedTemplate>();
  for (const folder of readFolders(files.keys(), problems))
    loaded.set(folder.name, load(folder, files, clock, problems));
  return { templates: new LoadedTemplates(loaded), problems: problems.sorted() };
}

interface LoadedTemplate {
  readonly texts: readonly TemplateFile[];
  readonly channels: readonly ChannelName[];
  readonly hash: string;
}

function load(
  folder: TemplateFolder,
  files: ReadonlyMap<string, string>,
  clock: Clock,
  problems: Problems,
): LoadedTemplate {
  const found = new Problems();
  const texts = folder.texts.map((name) => readTemplateFile(name, files.get(name.path) ?? '', found));
  if (folder.sample !== undefined && !found.failed) {
    trySample(folder, texts, files.get(folder.sample) ?? '', clock, found);
  }
  problems.add(found.sorted());
  const channels = channelNames.filter((channel) => texts.some((text) => text.channel === channel));
  return { texts, channels, hash: hashOf(folder, files) };
}

function hashOf({ texts }: TemplateFolder, files: ReadonlyMap<string, string>): string {
  const contents = texts.map(({ path, channel, language, mjml }) => {
    const text = [channel, language ?? '', files.get(path) ?? ''];
    return mjml ? [...text, 'mjml'] : text;
  });
  return createHash('sha256').update(JSON.stringify(contents)).digest('hex').slice(0, 16);
}

class LoadedTemplates implements CheckedTemplates {
  constructor(private readonly loaded: ReadonlyMap<string, LoadedTemplate>) {}

  names(): readonly string[] {
    return [...this.loaded.keys()];
  }

  has(template: string): boolean {
    return this.loaded.has(template);
  }

  channels(template: string): readonly ChannelName[] {
    return this.loaded.get(template)?.channels ?? [];
  }

  check(
    template: string,
    channel: ChannelName,
    names: Readonly<Record<string, Field>>,
    known: ReadonlySet<string>,
  ): readonly LocatedProblem[] {
    const texts = this.textsOf(template).filter((text) => text.channel === channel);
    return texts.flatMap(partsOf).flatMap((part) => part.check(names, known));
  }

  hashOf(template: string): string | undefined {
    return this.loaded.get(template)?.hash;
  }

  usesServedLinks(template: string): boolean {
    return this.uses(template, 'link') || this.uses(template, 'unsubscribe');
  }

  usesUnsubscribe(template: string): boolean {
    return this.uses(template, 'unsubscribe');
  }

  pathOf(template: string): string | undefined {
    return this.textsOf(template)[0]?.path;
  }

  render(
    template: string,
    channel: ChannelName,
    context: () => TemplateContext,
    scope: Pick<Scope, 'now' | 'clock'>,
    links?: Links,
  ): Content {
    return renderContent(template, channel, this.textsOf(template), context(), scope, links);
  }

  private uses(template: string, helper: string): boolean {
    return this.textsOf(template)
      .flatMap(partsOf)
      .some((part) => part.uses(helper));
  }

  private textsOf(template: string): readonly TemplateFile[] {
    return this.loaded.get(template)?.texts ?? [];
  }
}
