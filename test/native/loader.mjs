/** Node's own module loader, for TypeScript: `./x.js` is `./x.ts` where there is one. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { codeOf } from './compiled.cjs';

let folder;

export function initialize(data) {
  folder = data.folder;
}

export function resolve(specifier, context, next) {
  if (!/^\.{1,2}\/.*\.js$/.test(specifier)) return next(specifier, context);
  const url = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
  return existsSync(url) ? { url: url.href, format: 'module', shortCircuit: true } : next(specifier, context);
}

export function load(url, context, next) {
  if (!/\.ts(\?|$)/.test(url)) return next(url, context);
  return { format: 'module', source: codeOf(folder, fileURLToPath(url)), shortCircuit: true };
}
