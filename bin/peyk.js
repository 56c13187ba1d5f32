#!/usr/bin/env node
import { existsSync } from 'node:fs';

const entry = new URL('../dist/src/cli/main.js', import.meta.url);
if (!existsSync(entry)) {
  console.error('peyk is not built yet: run `npm ci` (or `npm run build`) in its checkout first');
  process.exit(2);
}
await import(entry.href);
