/** `npm run migration:new add-consent`: the next number's three files, and its line in `migrations/index.ts`. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = 'migrations';
const [what] = process.argv.slice(2);

if (what === undefined || !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(what)) {
  console.error('usage: npm run migration:new what-it-does (small letters, digits and hyphens)');
  process.exit(2);
}
if (!existsSync(join(folder, 'index.ts'))) {
  console.error(`there is no ${folder}/index.ts here: run it from the root of the checkout`);
  process.exit(2);
}

const numbers = readdirSync(folder).map((name) => Number(/^(\d{4})-.*\.ts$/.exec(name)?.[1] ?? 0));
const number = String(Math.max(0, ...numbers) + 1).padStart(4, '0');
const file = `${number}-${what}`;
const words = what.split('-').map((word) => word[0].toUpperCase() + word.slice(1));
const name = `${words.join('')}${number}`;

const code = `import { SqlMigration } from '../src/store/sql-migration.js';

/** Why: one line. */
export class ${name} extends SqlMigration {
  protected readonly file = '${file}';
}
`;
const up = `-- ${what}: why. Expand only: what the running release reads and writes stays; contract a release later.
-- An index on a table in use: \`create index concurrently\`, alone in its migration, with \`transaction = false\`.
`;
const down = `-- Undoes ${file}.sql.
`;

const index = readFileSync(join(folder, 'index.ts'), 'utf8');
const imported = index.replace(/((?:^import .*\n)+)/m, `$1import { ${name} } from './${file}.js';\n`);
const listed = imported.replace(/= \[\s*([^\]]*?),?\s*\];/, (_, list) => {
  const names = [...list.split(',').map((item) => item.trim()), name].filter(Boolean);
  return `= [${names.join(', ')}];`;
});

for (const [path, text] of [
  [`${file}.ts`, code],
  [`${file}.sql`, up],
  [`${file}.down.sql`, down],
  ['index.ts', listed],
]) {
  writeFileSync(join(folder, path), text);
  console.log(`wrote ${folder}/${path}`);
}
console.log('then: npm run db:dump, and the entities');
