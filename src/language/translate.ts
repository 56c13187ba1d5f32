import { frames } from './fa/frames.js';
import { casesTexts } from './fa/cases.js';
import { catalogueTexts } from './fa/catalogue.js';
import { expressionTexts } from './fa/expressions.js';
import { historyTexts } from './fa/histories.js';
import { journeyTexts } from './fa/journeys.js';
import { mjmlTexts } from './fa/mjml.js';
import { policyTexts } from './fa/policy.js';
import { slipTexts } from './fa/slips.js';
import { stepTexts } from './fa/steps.js';
import { templateTexts } from './fa/templates.js';
import { timeTexts } from './fa/times.js';
import { words } from './fa/words.js';
import { yamlTexts } from './fa/yaml.js';
import type { Language } from './language.js';

/**
 * An English text with `{slots}`, and the Persian one with the same slots. What fills one may be known itself, except where
 * it is a name that somebody has given: in quotes (`"{a}"`), or in a list of names (`{A}`).
 */
export type Translation = readonly [english: string, persian: string];

/** The message in that language; one that is not known stays English. */
export function translate(message: string, language: Language): string {
  return language === 'en' ? message : (inPersian(message) ?? message);
}

interface Pattern {
  /** What must stand in a text that fits: far quicker to look for. */
  readonly holds: string;
  readonly shape: RegExp;
  readonly slots: readonly string[];
  /** Those that hold names. */
  readonly names: ReadonlySet<string>;
  readonly persian: string;
}

const texts: readonly (readonly Translation[])[] = [
  ...[words, yamlTexts, slipTexts, catalogueTexts, expressionTexts, journeyTexts, stepTexts],
  ...[templateTexts, mjmlTexts, policyTexts, timeTexts, casesTexts, historyTexts, frames],
];
let patterns: readonly [strong: readonly Pattern[], weak: readonly Pattern[]] | undefined;

/** Of several that fit, the one that says most itself. */
function compiled(): NonNullable<typeof patterns> {
  patterns ??= compileAll();
  return patterns;
}

function compileAll(): NonNullable<typeof patterns> {
  const inOrder = texts.flat().sort(([a], [b]) => saidBy(b) - saidBy(a));
  const strong = inOrder.filter(([english]) => isStrong(english));
  const weak = inOrder.filter(([english]) => !isStrong(english));
  return [strong.map(compile), weak.map(compile)];
}

function isStrong(english: string): boolean {
  return !english.includes('{') || saidBy(english) >= 10;
}

function saidBy(english: string): number {
  return english.replaceAll(slot, '').length;
}

const slot = /\{([a-zA-Z])\}/g;

function compile([english, persian]: Translation): Pattern {
  const slots = [...english.matchAll(slot)].map(([, name]) => name ?? '');
  const source = english
    .split(slot)
    .map((part, index) => (index % 2 === 1 ? '([^]+?)' : part.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&')))
    .join('');
  const parts = english.split(/\{[a-zA-Z]\}/);
  const holds = parts.reduce((longest, part) => (part.length > longest.length ? part : longest), '');
  const names = new Set(slots.filter((name) => name < 'a' || english.includes(`"{${name}}"`)));
  return { holds, shape: new RegExp(`^${source}$`), slots, names, persian };
}

/** Longer ones quote something that nobody wants to read in any language. */
const longest = 1_000;

/** Part by part, as the first can be said. Undefined where nothing of it is known. */
export function inPersian(text: string): string | undefined {
  if (text.length > longest) return undefined;
  const [first = '', ...others] = partsOf(text, '; ');
  const persian = inOnePiece(first);
  if (persian === undefined) return undefined;
  return [persian, ...others.map((part) => inOnePiece(part) ?? part)].join('؛ ');
}

/** Whole, or what stands before a colon and behind it; only then patterns that would fit nearly everything. */
function inOnePiece(text: string): string | undefined {
  const [strong, weak] = compiled();
  return byPattern(text, strong) ?? byColon(text) ?? byPattern(text, weak);
}

/** What fills a slot may be known itself. */
function byPattern(text: string, patterns: readonly Pattern[]): string | undefined {
  for (const { holds, shape, slots, names, persian } of patterns) {
    const found = text.includes(holds) ? shape.exec(text) : null;
    if (found === null) continue;
    const values = new Map(slots.map((name, index) => [name, found[index + 1] ?? '']));
    if (![...values.values()].every(isWhole)) continue;
    const fill = (name: string, value: string): string => (names.has(name) ? value : filled(value));
    return persian.replaceAll(slot, (_, name: string) => fill(name, values.get(name) ?? ''));
  }
  return undefined;
}

function byColon(text: string): string | undefined {
  const [first = '', ...others] = partsOf(text, ': ');
  if (others.length === 0) return undefined;
  const rest = inOnePiece(others.join(': '));
  return rest === undefined ? undefined : `${inOnePiece(first) ?? first}: ${rest}`;
}

function filled(value: string): string {
  return isCode(value) ? value : (inPersian(value) ?? value);
}

/** What stands in quotes or brackets is somebody's own, be it a word that we know. */
function isCode(value: string): boolean {
  return /^(["{[=]|\d+$)/.test(value);
}

/** Cut where no quote or bracket is open. */
function partsOf(text: string, between: string): readonly string[] {
  const parts: string[] = [];
  let part = '';
  for (const piece of text.split(between)) {
    part = part === '' ? piece : `${part}${between}${piece}`;
    if (!isWhole(part)) continue;
    parts.push(part);
    part = '';
  }
  return part === '' ? parts : [...parts, part];
}

/** Whether no quote or bracket is open at the end. */
function isWhole(text: string): boolean {
  const outside = text.replaceAll(/"[^"]*"/g, '');
  const count = (pattern: RegExp): number => (outside.match(pattern) ?? []).length;
  return !outside.includes('"') && count(/[([{]/g) === count(/[)\]}]/g);
}
