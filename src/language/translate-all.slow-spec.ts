import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { translate } from './translate.js';

/** Every `file:1:1: message` that a spec of the checker expects. */
function messagesOfSpecs(): readonly string[] {
  const specs = ['src/domain', 'src/simulate/cases', 'src/workspace', 'src/cli'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => path.join(folder, file)),
  );
  const found = specs.filter((file) => file.endsWith('.spec.ts')).flatMap((file) => messagesIn(file));
  return [...new Set(found)];
}

function messagesIn(file: string): readonly string[] {
  const messages: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) {
      const message = /^(?:[\w./-]*:)?\d+:\d+: (?:warning: )?([^]+)$/.exec(node.text)?.[1];
      if (message !== undefined) messages.push(message);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest));
  return messages;
}

/** What the sources hand to `error` and `warning` as it is written there, a word in place of each value. */
function messagesOfSources(): readonly string[] {
  const folders = ['src/domain', 'src/simulate/cases'];
  const sources = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => path.join(folder, file)),
  );
  const files = sources.filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'));
  return [...new Set(files.flatMap((file) => messagesHandedOver(file)))];
}

function messagesHandedOver(file: string): readonly string[] {
  const messages: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && /\b(error|warning|unknownWord|readText)$/.test(node.expression.getText(source)))
      messages.push(...node.arguments.flatMap((argument) => textOf(argument)));
    ts.forEachChild(node, visit);
  };
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  visit(source);
  // What begins with a value is begun elsewhere.
  return messages.filter((message) => /[a-z] [a-z]/.test(message) && !/^word(?:[;,]| word$)/.test(message));
}

function textOf(node: ts.Node): readonly string[] {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return [node.text];
  if (!ts.isTemplateExpression(node)) return [];
  const whole = node.templateSpans.reduce((text, { literal }) => filledUp(text, literal.text), node.head.text);
  return [whole];
}

/** What ends a sentence without a space before it is a remedy, which may be missing. */
function filledUp(text: string, behind: string): string {
  return behind !== '' || /(^|[\s(])$/.test(text) ? `${text}word${behind}` : text;
}

/** English left in a Persian message, outside quotes, brackets and names of keys: three plain words on end. */
function leftOver(persian: string): string | undefined {
  const outside = persian.replaceAll(/"[^"]*"|«[^»]*»|\{[^}]*\}|\([^)]*\)|\[[^\]]*\]|[\w.-]+\/[\w./-]+/g, '…');
  return /(?:\b[a-z]+ ){2,}[a-z]+\b/i.exec(outside)?.[0];
}

function isMissing(message: string): boolean {
  const persian = translate(message, 'fa');
  return persian === message || leftOver(persian) !== undefined;
}

describe('messages in Persian', () => {
  it('are there for everything that the specs of the checker expect it to say', () => {
    const messages = messagesOfSpecs();
    expect(messages.length).toBeGreaterThan(150);
    expect(messages.filter(isMissing)).toEqual([]);
  });

  it('are there for everything that the sources of the checker say outright', () => {
    const messages = messagesOfSources();
    expect(messages.length).toBeGreaterThan(150);
    expect(messages.filter(isMissing)).toEqual([]);
  });
});
