import type { ChannelName } from '../message.js';
import type { Position } from '../../problem.js';
import type { ScalarNode } from '../../yaml/node.js';
import { parseYaml } from '../../yaml/parse.js';
import type { Problems } from '../../yaml/problems.js';
import { readMap, readText } from '../../yaml/read.js';
import type { Place } from './nodes.js';
import { TemplateText } from './template-text.js';

/** One file of a template: its channel's text, for one language or for everybody. */
export interface TemplateFile {
  readonly path: string;
  readonly channel: ChannelName;
  /** Undefined for the text that goes to everybody else. */
  readonly language: string | undefined;
  readonly body: TemplateText;
  /** E-mail only. */
  readonly subject: TemplateText | undefined;
}

export interface TemplateFileName {
  readonly path: string;
  readonly channel: ChannelName;
  readonly language: string | undefined;
}

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
  const file = { ...name, body: text, subject: readMatter(name, matter, problems) };
  for (const { position, message } of [...text.problems, ...(file.subject?.problems ?? [])])
    problems.error(position, message);
  return file;
}

/** The subject of an e-mail; an SMS has nothing to say there yet. */
function readMatter(
  { path, channel }: TemplateFileName,
  matter: string | undefined,
  problems: Problems,
): TemplateText | undefined {
  const shape = shapes[channel];
  // The blank line stands for the opening "---", so that YAML counts lines as the file does.
  const node = matter === undefined ? undefined : parseYaml(path, `\n${matter}`, problems);
  const fields = node === undefined ? undefined : readMap(node, shape, problems);
  const subject = fields?.get('subject');
  if (channel !== 'email') return undefined;
  if (subject === undefined) {
    problems.error(at(path, 1, 1), missingSubject);
    return undefined;
  }
  const text = readText(subject, 'a subject', problems);
  return text === undefined || subject.kind !== 'scalar' ? undefined : subjectText(text, subject);
}

function subjectText(text: string, node: ScalarNode): TemplateText {
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
const shapes = {
  sms: { what: "an SMS's front matter", keys: [], later: ['lookup'] },
  email: { what: "an e-mail's front matter", keys: ['subject'] },
};
