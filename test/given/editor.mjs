import { createRequire } from 'node:module';
import { text } from 'node:stream/consumers';

// A process of its own: inside Jest's realm the language server swallows what it finds.
const require = createRequire(import.meta.url);
const { getLanguageService } = require('yaml-language-server');
const { TextDocument } = require('vscode-languageserver-textdocument');

/** Asks yaml-language-server about documents: `{schema, documents: [{text, at?}]}` in, problems, offers and hovers out. */
const { schema, documents } = JSON.parse(await text(process.stdin));
const service = getLanguageService({
  schemaRequestService: () => Promise.reject(new Error('an editor needs nothing from elsewhere')),
  workspaceContext: { resolveRelativePath: (path) => path },
});
service.configure({
  validate: true,
  completion: true,
  hover: true,
  yamlVersion: '1.2',
  schemas: [{ uri: 'file:///schema.json', fileMatch: ['*.yaml'], schema }],
});

const answers = [];
for (const [number, { text: source, at }] of documents.entries()) {
  const document = TextDocument.create(`file:///journeys/${number}.yaml`, 'yaml', 1, source);
  const problems = await service.doValidation(document, false);
  const offers = at === undefined ? [] : (await service.doComplete(document, at, false)).items;
  const hover = at === undefined ? null : await service.doHover(document, at);
  answers.push({
    problems: problems.map(({ range, message }) => `${range.start.line + 1}: ${message}`),
    offers: offers.map(({ label }) => label),
    hover: JSON.stringify(hover?.contents ?? ''),
  });
}
process.stdout.write(JSON.stringify(answers));
