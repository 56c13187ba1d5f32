import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { transformSync } from '@swc/core';

const options = {
  swcrc: false,
  configFile: false,
  jsc: {
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
    target: 'es2023',
    keepClassNames: true,
  },
  module: { type: 'es6' },
};

/** The project's own files as JavaScript, in a tree apart: what is changed there disturbs nobody. */
export function compileTree(root, target) {
  rmSync(target, { recursive: true, force: true });
  for (const folder of ['src', join('test', 'given')]) {
    for (const path of filesUnder(join(root, folder))) {
      const to = join(target, relative(root, path)).replace(/\.ts$/, '.js');
      mkdirSync(dirname(to), { recursive: true });
      if (path.endsWith('.ts'))
        writeFileSync(to, transformSync(readFileSync(path, 'utf8'), { ...options, filename: path }).code);
      else cpSync(path, to);
    }
  }
}

export function filesUnder(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
