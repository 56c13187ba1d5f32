import { isJsonObject } from '../../json.js';
import type { Position } from '../../problem.js';
import type { Clock } from '../../time/instant.js';
import {
  RenderError,
  type ChannelName,
  type Content,
  type EmailContent,
  type SmsContent,
  type TemplateContext,
} from '../message.js';
import { plainLinks } from '../short-links.js';
import { smsParts } from '../sms-parts.js';
import { PrintError } from './compiler.js';
import type { HelperScope, Links } from './helpers.js';
import { htmlPage, titled } from './html-page.js';
import { htmlToText } from './html-text.js';
import type { TemplateFile } from './template-file.js';
import type { TemplateText } from './template-text.js';
import { tokensOfLines, type Tokens } from './tokens.js';

/** What a text cannot be rendered for, and where. */
export class ContentError extends Error {
  constructor(
    readonly position: Position,
    message: string,
  ) {
    super(message);
    this.name = 'ContentError';
  }
}

/** Renders the text that a customer's language asks for. Throws RenderError. */
export function renderContent(
  template: string,
  channel: ChannelName,
  texts: readonly TemplateFile[],
  context: TemplateContext,
  { clock }: { readonly clock: Clock },
  links: Links = plainLinks,
): Content {
  const file = choose(texts, channel, languagesOf(context));
  if (file === undefined) throw new RenderError(template, channel, 'there is no such text');
  try {
    return renderFile(file, context, { clock, links });
  } catch (error) {
    if (!(error instanceof ContentError)) throw error;
    const { file: path, line, column } = error.position;
    throw new RenderError(template, channel, `${path}:${String(line)}:${String(column)}: ${error.message}`);
  }
}

/** Throws ContentError. */
export function renderFile(file: TemplateFile, context: TemplateContext, scope: HelperScope): Content {
  switch (file.channel) {
    case 'sms':
      return renderSms(file, context, scope);
    case 'email':
      return renderEmail(file, context, scope);
    default:
      return { channel: file.channel, text: renderText(file.body, context, scope) };
  }
}

function renderSms({ body, lookup, tokens }: TemplateFile, context: TemplateContext, scope: HelperScope): SmsContent {
  const text = renderText(body, context, scope);
  const content: SmsContent = { channel: 'sms', text, parts: smsParts(text) };
  if (lookup === undefined) return content;
  const named = [...tokens].map(([name, token]) => [name, renderText(token, context, scope)] as const);
  const filled: Tokens | undefined = named.length > 0 ? Object.fromEntries(named) : tokensOfLines(text);
  return filled === undefined ? { ...content, lookup } : { ...content, lookup, tokens: filled };
}

function renderEmail(
  { path, body, page, subject: line, language, mjml }: TemplateFile,
  context: TemplateContext,
  scope: HelperScope,
): EmailContent {
  if (line === undefined) throw new ContentError({ file: path, line: 1, column: 1 }, 'there is no subject');
  const subject = renderText(line, context, scope).replace(/\s*[\r\n\u2028\u2029]+\s*/g, ' ');
  const source = renderText(body, context, scope);
  const html = mjml
    ? titled(renderPage(body, page, context, scope), subject)
    : htmlPage(source, subject, language ?? 'fa');
  return { channel: 'email', subject, text: htmlToText(mjml ? source : html), html };
}

/** Its MJML was whole when it was checked; a later version of Peyk may find fault with a set of files that still goes out. */
function renderPage(
  body: TemplateText,
  page: TemplateText | undefined,
  context: TemplateContext,
  scope: HelperScope,
): string {
  const [problem] = page?.problems ?? body.problems;
  if (problem !== undefined) throw new ContentError(problem.position, problem.message);
  return renderText(page ?? body, context, scope);
}

/** Nothing is sent that says nothing. */
function renderText(text: TemplateText, context: TemplateContext, scope: HelperScope): string {
  const rendered = attempt(text, context, scope);
  if (rendered === '') throw new ContentError(text.locate({ line: 1, column: 1 }), 'it renders to nothing');
  return rendered;
}

function attempt(text: TemplateText, context: TemplateContext, scope: HelperScope): string {
  try {
    return text.render(context, scope);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const place = error instanceof PrintError ? error.place : { line: 1, column: 1 };
    throw new ContentError(text.locate(place), error.message);
  }
}

function choose(
  texts: readonly TemplateFile[],
  channel: ChannelName,
  languages: readonly string[],
): TemplateFile | undefined {
  for (const language of languages) {
    const found = find(texts, channel, language);
    if (found !== undefined) return found;
  }
  return find(texts, channel, undefined);
}

function find(
  texts: readonly TemplateFile[],
  channel: ChannelName,
  language: string | undefined,
): TemplateFile | undefined {
  return texts.find((text) => text.channel === channel && text.language === language);
}

/** `en-us`, then `en`, of `en-US`. */
function languagesOf({ customer }: TemplateContext): readonly string[] {
  const locale = isJsonObject(customer) ? customer['locale'] : undefined;
  if (typeof locale !== 'string') return none;
  const parts = locale.toLowerCase().split(/[-_]/);
  return parts.map((_, at) => parts.slice(0, parts.length - at).join('-'));
}

const none: readonly string[] = [];
