import type { ChannelName } from '../message.js';
import type { Position } from '../../problem.js';
import type { Node, ScalarNode } from '../../yaml/node.js';
import { parseYaml } from '../../yaml/parse.js';
import type { Problems } from '../../yaml/problems.js';
import { readMap, readText, type Fields } from '../../yaml/read.js';
import type { Place } from './nodes.js';
import { TemplateText, type LocatedProblem } from './template-text.js';
import { tokenNames, type TokenName } from './tokens.js';

/** One file of a template: its channel's text, for one language or for everybody. */
export interface TemplateFile {
  readonly path: string;
  readonly channel: ChannelName;
  /** In lower case; undefined for the text that goes to everybody else. */
  readonly language: string | undefined;
  readonly mjml: boolean;
  readonly body: TemplateText;
  /** The HTML that a body in MJML comes to, to be filled in. */
  readonly page: TemplateText | undefined;
  /** E-mail only. */
  readonly subject: TemplateText | undefined;
  /** SMS only: the name under which the provider has it registered. */
  readonly lookup: string | undefined;
  /** What is put into the registered text; with none, the lines of this one. */
  readonly tokens: ReadonlyMap<TokenName, TemplateText>;
}

/** All that is rendered of a file, the first to be read first. */
export function partsOf({ subject, tokens, body }: TemplateFile): readonly TemplateText[] {
  return [...(subject === undefined ? [] : [subject]), ...tokens.values(), body];
}

export type TemplateFileName = Pick<TemplateFile, 'path' | 'channel' | 'language' | 'mjml'>;

/** Reads front matter and text; what is wrong is added to `problems`. */
export function readTemplateFile(name: TemplateFileName, source: string, problems: Problems): TemplateFile {
  const { path, channel } = name;
  const { matter, body, line } = splitFrontMatter(source.replace(/^\ufeff/, ''));
  if (matter === undefined && /^---[ \t]*\r?\n/.test(body))
    problems.error(at(path, 1, 1), 'the front matter is not closed; end it with a line "---"');
  const locate = (place: Place): Position => at(path, place.line + line, place.column);
  const text = new TemplateText(body, { html: channel === 'email', lenient: false }, locate);
  if (text.problems.length === 0 && text.isBlank)
    problems.error(locate({ line: 1, column: 1 }), 'this text is empty; write what the customer is to read');
  const page = name.mjml && text.problems.length === 0 ? text.asMjml(name.language ?? 'fa') : undefined;
  const file = { ...name, body: text, page, ...readMatter(name, matter, problems) };
  const all = [...partsOf(file), ...(page === undefined ? [] : [page])];
  for (const { position, message } of all.flatMap((part) => part.problems)) problems.error(position, message);
  const warnings = [...partsOf(file).flatMap((part) => part.singleBraces), ...warningsOf(file)];
  for (const { position, message } of warnings) problems.warning(position, message);
  return file;
}

/** MJML is looked at as what it comes to. */
function warningsOf({ channel, mjml, body, page }: TemplateFile): readonly LocatedProblem[] {
  if (channel !== 'email' || body.problems.length > 0) return [];
  return (mjml ? page : body)?.warnings ?? [];
}

type Matter = Pick<TemplateFile, 'subject' | 'lookup' | 'tokens'>;

/** The subject of an e-mail, the registered name of an SMS; other channels have nothing to say there. */
function readMatter({ path, channel }: TemplateFileName, matter: string | undefined, problems: Problems): Matter {
  // The blank line stands for the opening "---", so that YAML counts lines as the file does.
  const node = matter === undefined ? undefined : parseYaml(path, `\n${matter}`, problems);
  const fields = node === undefined ? undefined : readMatterFields(node, channel, problems);
  return {
    subject: channel === 'email' ? readSubject(path, fields, problems) : undefined,
    lookup: channel === 'sms' ? readLookup(fields?.get('lookup'), problems) : undefined,
    tokens: channel === 'sms' ? readTokens(fields, problems) : new Map(),
  };
}

function readMatterFields(node: Node, channel: ChannelName, problems: Problems): Fields | undefined {
  if (channel === 'sms')
    return readMap(node, { what: "an SMS's front matter", keys: ['lookup', ...tokenNames] }, problems);
  if (channel === 'email') return readMap(node, { what: "an e-mail's front matter", keys: ['subject'] }, problems);
  return problems.error(node.at, `a text for ${channel} has no front matter; leave it out`);
}

function readSubject(path: string, fields: Fields | undefined, problems: Problems): TemplateText | undefined {
  const subject = fields?.get('subject');
  if (subject === undefined) return problems.error(at(path, 1, 1), missingSubject);
  const text = readText(subject, 'a subject', problems);
  return text === undefined || subject.kind !== 'scalar' ? undefined : matterText(text, subject);
}

function readLookup(node: Node | undefined, problems: Problems): string | undefined {
  const name = readText(node, 'the name of a registered text', problems);
  if (node === undefined || name === undefined || /^[\w.-]+$/.test(name)) return name;
  return problems.error(
    node.at,
    `"${name}" is no name of a registered text; expected letters, digits, "-", "_" and "."`,
  );
}

function readTokens(fields: Fields | undefined, problems: Problems): ReadonlyMap<TokenName, TemplateText> {
  const tokens = new Map<TokenName, TemplateText>();
  for (const name of tokenNames) {
    const node = fields?.get(name);
    const text = readText(node, 'what stands in the registered text', problems);
    if (text === undefined || node?.kind !== 'scalar') continue;
    tokens.set(name, matterText(text, node));
    if (fields?.get('lookup') === undefined)
      problems.error(node.at, `${name} belongs to a registered text; name that text with "lookup: …"`);
    else if (fields.get('token') === undefined)
      problems.error(node.at, `a registered text has "token" before it has ${name}; add "token: …"`);
  }
  return tokens;
}

function matterText(text: string, node: ScalarNode): TemplateText {
  const lines = text.split('\n');
  const locate = ({ line, column }: Place): Position => {
    const before = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
    return node.spot(before + column - 1);
  };
  return new TemplateText(text, { html: false, lenient: false }, locate);
}

interface Split {
  readonly matter: string | undefined;
  readonly body: string;
  /** How many lines stand before the body. */
  readonly line: number;
}

function splitFrontMatter(source: string): Split {
  const found = /^---[ \t]*\r?\n((?:.*\r?\n)*?)---[ \t]*(?:\r?\n|$)/.exec(source);
  if (found === null) return { matter: undefined, body: source, line: 0 };
  return { matter: found[1] ?? '', body: source.slice(found[0].length), line: found[0].split('\n').length - 1 };
}

function at(file: string, line: number, column: number): Position {
  return { file, line, column };
}

const missingSubject =
  'an e-mail needs a subject; begin the file with "---", "subject: …" and "---", each on a line of its own';
