#!/usr/bin/env -S node --max-semi-space-size=64
import { existsSync } from 'node:fs';
import v8 from 'node:v8';

// What a batch leaves behind is mostly gone at once: with room for it (the first line, `npm start`, the Dockerfile) V8 collects it seldom.
// And V8 lets its heap grow to four times what is in use before it collects all of it; twice is as fast here, and half as large.
v8.setFlagsFromString('--heap-growing-percent=100');

const entry = new URL('../dist/src/cli/main.js', import.meta.url);
if (!existsSync(entry)) {
  console.error('peyk is not built yet: run `npm ci` (or `npm run build`) in its checkout first');
  process.exit(2);
}
await import(entry.href);
