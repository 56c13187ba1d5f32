import { Composer, Parser, YAMLParseError, type CST, type Document } from 'yaml';

/** As many faults of one file as anybody reads; a text that is no YAML at all has one at each letter. */
const MOST_FAULTS = 100;

/**
 * Reads a text of one document, like `parseDocument`; it gives up a text in which nothing is right. Keys that stand there
 * twice are left to the reader: the library compares each with all others.
 */
export function readDocument(text: string): Document.Parsed {
  const composer = new Composer({ prettyErrors: false, version: '1.2', logLevel: 'error', uniqueKeys: false });
  const [first, second] = firstTwo(composer.compose(uptoMost(new Parser().parse(text)), true, text.length));
  if (second !== undefined) {
    const { range } = second;
    first.errors.push(new YAMLParseError([range[0], range[1]], 'MULTIPLE_DOCS', 'source contains multiple documents'));
  }
  return first;
}

function firstTwo(documents: Generator<Document.Parsed>): [Document.Parsed, Document.Parsed | undefined] {
  const found: Document.Parsed[] = [];
  for (const one of documents) if (found.push(one) === 2) break;
  const [first, second] = found;
  // Its end gives one in any case.
  if (first === undefined) throw new Error('there is no document');
  return [first, second];
}

function* uptoMost(tokens: Iterable<CST.Token>): Generator<CST.Token> {
  let faults = 0;
  for (const token of tokens) {
    yield token;
    if (token.type === 'error') faults += 1;
    if (faults >= MOST_FAULTS) return;
  }
}
