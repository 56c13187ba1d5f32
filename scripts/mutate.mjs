// How much the tests would notice: changes the rules one at a time in a copy, and runs the tests that pass through there.
//   node scripts/mutate.mjs [--sample 150] [--seed 1] [--only src/domain/policy] [--list]
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { compileTree, filesUnder } from './mutation/compile.mjs';
import { applied, mutantsOf } from './mutation/mutants.mjs';

const { values } = parseArgs({
  options: {
    sample: { type: 'string', default: '150' },
    seed: { type: 'string', default: '1' },
    only: {
      type: 'string',
      multiple: true,
      default: ['src/domain/journey', 'src/domain/policy', 'src/domain/credit', 'src/domain/time'],
    },
    list: { type: 'boolean', default: false },
  },
});
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const work = join(root, '.cache', 'mutation', String(process.pid));
const tree = join(work, 'tree');
const runner = join(root, 'scripts', 'mutation', 'run-tests.mjs');

/** Tests of the rules: those named after the sections of the semantics, and those beside the code that is changed. */
const specFolders = [
  'src/simulate/semantics',
  'src/domain/journey',
  'src/domain/policy',
  'src/domain/credit',
  'src/domain/time',
];

try {
  main();
} finally {
  rmSync(work, { recursive: true, force: true });
}

function main() {
  compileTree(root, tree);
  const files = specFolders
    .flatMap((folder) => filesUnder(join(tree, folder)))
    .filter((path) => path.endsWith('.spec.js'));
  const sources = values.only.flatMap((folder) => filesUnder(join(tree, folder))).filter(isRule);
  const all = sources
    .flatMap((path) => mutantsOf(path, readFileSync(path, 'utf8')))
    .map((mutant, number) => ({ ...mutant, number }));
  const chosen = sampleOf(all, Number(values.sample), Number(values.seed));
  console.log(
    `${String(all.length)} mutants in ${String(sources.length)} files, ${String(chosen.length)} of them tried`,
  );
  const covered = coverage(files, chosen);
  report(chosen.map((mutant, place) => judged(mutant, covered, place + 1)));
}

/** Readers of files and what is told to somebody who asks why have their own specs; here it is about what decides. */
function isRule(path) {
  return (
    path.endsWith('.js') &&
    !path.endsWith('.spec.js') &&
    !path.includes('/load/') &&
    !/\/(read-|load|mentions|witness|watched-scope|hold-seen)/.test(path)
  );
}

/** The same for the same seed. */
function sampleOf(all, size, seed) {
  let state = (seed * 48_271 + 11) % 2_147_483_647;
  const drawn = all.map((mutant) => {
    state = (state * 48_271) % 2_147_483_647;
    return { mutant, order: state };
  });
  return drawn
    .sort((a, b) => a.order - b.order)
    .slice(0, size)
    .map(({ mutant }) => mutant);
}

/** Which tests pass through each mutant's place; those that fail as it is are left out, and told. */
function coverage(files, mutants) {
  const places = {};
  for (const { file, at, name, number } of mutants)
    (places[pathToFileURL(file).href] ??= []).push({ number, at: name === 'swap branches' ? at - 1 : at });
  const { tests } = run('cover', { files, places }, 1_200_000);
  if (tests === undefined) throw new Error('the tests do not run at all');
  for (const { name, failed } of tests)
    if (failed !== undefined) console.log(`fails unchanged: ${shown(name)}: ${failed}`);
  return tests.filter(({ failed }) => failed === undefined).map((one) => ({ ...one, passes: new Set(one.passes) }));
}

/** Read by all when it is loaded, or in no test at all: then every test may notice, or none does. */
function judged(mutant, tests, place) {
  const text = readFileSync(mutant.file, 'utf8');
  const through = tests.filter(({ passes }) => passes.has(mutant.number));
  const found = through.length === 0 ? { result: 'not covered' } : tried(mutant, text, through);
  const mark = found.result === 'killed' ? '.' : '!';
  if (values.list || mark === '!')
    console.log(
      `${mark} ${String(place)} ${found.result} ${relative(tree, mutant.file)} [${mutant.name}] ${mutant.line}`,
    );
  return { ...mutant, ...found };
}

function tried(mutant, text, through) {
  // The quick ones first: most mutants are noticed by any.
  const ordered = [...through].sort((a, b) => a.took - b.took);
  const allowed = Math.ceil(20_000 + 4 * ordered.reduce((sum, { took }) => sum + took, 0));
  const files = [...new Set(ordered.map(({ name }) => name.split(' ')[0]))];
  writeFileSync(mutant.file, applied(text, mutant));
  const found = run('kill', { files, tests: ordered.map(({ name }) => name) }, allowed);
  writeFileSync(mutant.file, text);
  // One that does not come to an end, or cannot be loaded, is noticed as well.
  return found.killedBy !== undefined || found.crashed
    ? { result: 'killed', ...found }
    : { result: 'survived', through: through.length };
}

function run(mode, order, timeout) {
  mkdirSync(work, { recursive: true });
  const [orderPath, answerPath] = [join(work, 'order.json'), join(work, 'answer.json')];
  writeFileSync(orderPath, JSON.stringify(order));
  writeFileSync(answerPath, '{"crashed":true}');
  spawnSync('nice', ['-n', '19', process.execPath, '--no-warnings', runner, mode, orderPath, answerPath], {
    timeout,
    stdio: 'ignore',
  });
  return JSON.parse(readFileSync(answerPath, 'utf8'));
}

function report(results) {
  const groups = new Map();
  for (const { file, result } of results) {
    const name = dirname(relative(tree, file)).split('/').slice(0, 3).join('/');
    const { killed, passed, all } = groups.get(name) ?? { killed: 0, passed: 0, all: 0 };
    const [noticed, covered] = [Number(result === 'killed'), Number(result !== 'not covered')];
    groups.set(name, { killed: killed + noticed, passed: passed + covered, all: all + 1 });
  }
  for (const [name, { killed, passed, all }] of [...groups].sort()) {
    const share = (of) => `${((100 * killed) / of).toFixed(1)}%`;
    console.log(
      `${name}: ${String(killed)} of ${String(all)} killed, ${share(all)}; ${share(passed)} of the ${String(passed)} that a test passes through`,
    );
  }
}

function shown(name) {
  return relative(tree, name);
}
