/** TypeScript compiled file by file, kept by content: another spec, process or day that loads the same file reads it. */
const { createHash } = require('node:crypto');
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const path = require('node:path');
const swc = require('@swc/core');

const root = path.resolve(__dirname, '../..');
const settings = readFileSync(path.join(root, '.swcrc'), 'utf8');

/** Where the code of a file is kept, and its source map with `.map` after it. */
function placeOf(folder, file, source) {
  const key = createHash('sha1').update([swc.version, settings, file, source].join('\0')).digest('hex');
  return path.join(folder, `${key}.mjs`);
}

/** Two processes may write the same file: each makes its own and moves it there. */
function keep(place, text) {
  const mine = `${place}.${process.pid}`;
  writeFileSync(mine, text);
  renameSync(mine, place);
}

function codeOf(folder, file) {
  const source = readFileSync(file, 'utf8');
  const place = placeOf(folder, file, source);
  try {
    return readFileSync(place, 'utf8');
  } catch {
    const { code, map } = swc.transformSync(source, { filename: file, cwd: root, sourceMaps: true });
    mkdirSync(folder, { recursive: true });
    keep(`${place}.map`, map);
    keep(place, code);
    return code;
  }
}

function mapOf(folder, file) {
  return `${placeOf(folder, file, readFileSync(file, 'utf8'))}.map`;
}

module.exports = { codeOf, mapOf };
