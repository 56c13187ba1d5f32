// How much the tests would notice: changes the rules one at a time in a copy, and runs the tests that pass through there.
//   node scripts/mutate.mjs [--sample 150] [--seed 1] [--only src/domain/policy] [--workers 2] [--list]
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { compileTree, filesUnder } from './mutation/compile.mjs';
import { isEquivalent } from './mutation/equivalent.mjs';
import { instrumented } from './mutation/instrument.mjs';
import { mutantsOf } from './mutation/mutants.mjs';
import { Worker } from './mutation/worker.mjs';

const { values } = parseArgs({
  options: {
    sample: { type: 'string', default: 'all' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', multiple: true, default: ['src/domain'] },
    workers: { type: 'string', default: '2' },
    near: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
  },
});
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const work = join(root, '.cache', 'mutation', String(process.pid));
const tree = join(work, 'tree');
const runner = join(root, 'scripts', 'mutation', 'run-tests.mjs');
setPriority(19);

/** Tests of the rules: those named after the sections of the semantics, and those beside the code. */
const specFolders = ['src/simulate/semantics', 'src/domain'];
/** Milliseconds of the processor: a mutant that nothing has noticed by then survives. */
const longest = 6_000;
/** What these have worked out in an earlier test is not worked out again: only a process of its own tells. */
const remembers = /\/(?:time|occasions|schedule)\/|\/chance\.js$/;

try {
  await main();
} finally {
  rmSync(work, { recursive: true, force: true });
}

async function main() {
  compileTree(root, tree);
  const specs = specFolders.flatMap((folder) => filesUnder(join(tree, folder))).filter(isSpec);
  const sources = values.only.flatMap((path) => sourcesAt(join(tree, path))).filter(isRule);
  const made = sources.flatMap((path) => mutantsOf(path, readFileSync(path, 'utf8')));
  const all = made.filter((mutant) => !isEquivalent(mutant));
  const chosen = putIn(
    sampleOf(all, values.sample === 'all' ? all.length : Number(values.sample), Number(values.seed)),
  );
  console.log(
    `${String(made.length)} mutants in ${String(sources.length)} files, ${String(made.length - all.length)} without effect; ${String(chosen.length)} of the others tried`,
  );
  const workers = Array.from({ length: Number(values.workers) }, () => new Worker(runner, specs));
  const found = [];
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => stopAll(workers, found));
  try {
    const tests = await testsOf(workers[0]);
    await judge(workers, chosen, tests, found);
    report(found);
  } finally {
    for (const worker of workers) worker.stop();
  }
}

/** A mutant that goes round for ever would outlive us; what was found till then is told. */
function stopAll(workers, found) {
  for (const worker of workers) worker.stop();
  report(found);
  rmSync(work, { recursive: true, force: true });
  process.exit(1);
}

function sourcesAt(path) {
  return path.endsWith('.ts') ? [path.replace(/\.ts$/, '.js')] : filesUnder(path);
}

/** What is told to somebody who asks why decides nothing, and has its specs elsewhere. */
function isRule(path) {
  return path.endsWith('.js') && !/spec\.js$|\/(?:witness|watched-scope|message-seen)\.js$/.test(path);
}

function isSpec(path) {
  return path.endsWith('.spec.js') && (!values.near || path.includes('/semantics/') || isBeside(path));
}

/** Below what is asked for; of a single file, below its folder. */
function isBeside(path) {
  const folders = values.only.map((one) => (one.endsWith('.ts') ? dirname(one) : one.replace(/\/+$/, '')));
  return folders.some((folder) => relative(tree, path).startsWith(`${folder}/`));
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
    .map(({ mutant }, number) => ({ ...mutant, number }));
}

/** Each file once, with all of its mutants inside; without those that would be no code. */
function putIn(mutants) {
  const left = new Set();
  for (const [file, inFile] of Map.groupBy?.(mutants, ({ file }) => file) ?? grouped(mutants)) {
    const made = instrumented(readFileSync(file, 'utf8'), inFile);
    writeFileSync(file, made.text);
    for (const { number } of made.left) left.add(number);
  }
  return mutants.filter(({ number }) => !left.has(number));
}

function grouped(mutants) {
  const groups = new Map();
  for (const mutant of mutants) groups.set(mutant.file, [...(groups.get(mutant.file) ?? []), mutant]);
  return groups;
}

/** Which tests pass through each mutant's place, the quick ones first; those that fail as it is are left out, and told. */
async function testsOf(worker) {
  const answer = await worker.ask({ cover: true }, 1_200_000);
  if (answer?.tests === undefined) throw new Error('the tests do not run at all');
  for (const { name, failed } of answer.tests)
    if (failed !== undefined) console.log(`fails unchanged: ${relative(tree, name)}: ${failed}`);
  const all = answer.tests.map((test, place) => ({ ...test, place }));
  const tests = all.filter(({ failed }) => failed === undefined).sort((a, b) => a.took - b.took);
  const through = new Map();
  for (const test of tests)
    for (const number of test.passes) through.set(number, [...(through.get(number) ?? []), test]);
  const atLoad = new Map();
  for (const { file, passes } of worker.loaded.files)
    for (const number of passes) atLoad.set(number, [...(atLoad.get(number) ?? []), file]);
  return { tests, through, atLoad };
}

async function judge(workers, mutants, tests, found) {
  const waiting = [...mutants];
  const work = async (worker) => {
    for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
      const judged = { ...mutant, ...(await tried(worker, mutant, tests)) };
      found.push(judged);
      tell(judged, found.length);
    }
  };
  await Promise.all(workers.map(work));
}

/** What is done once when files are loaded, or left its process unwell, needs a process of its own. */
async function tried(worker, { number, file }, { tests, through, atLoad }) {
  const own = affordable(through.get(number) ?? [], file);
  const quick =
    own.length === 0 ? {} : await worker.ask({ kill: number, places: own.map(({ place }) => place) }, allowedFor(own));
  if (quick === undefined || quick.failed !== undefined) {
    worker.stop();
    return { result: 'killed', why: 'no end' };
  }
  if (quick.wellAgain) return { result: 'killed', ...quick };
  if (quick.killedBy !== undefined) {
    worker.spoiled();
    return triedAfresh(
      worker,
      number,
      own.filter(({ name }) => name === quick.killedBy),
    );
  }
  if (atLoad.has(number)) return triedAfresh(worker, number, loadedAnew(number, file, tests, atLoad));
  if (own.length > 0 && remembers.test(file)) return triedAfresh(worker, number, ofFewFiles(own));
  return own.length === 0 ? { result: 'not covered' } : { result: 'survived', through: own.length };
}

/** Those near it and the quick ones first; all of them, for a place that everything passes through, would take minutes. */
function affordable(own, file) {
  const beside = relative(tree, file).replace(/\.js$/, '.spec.js');
  const nearness = ({ name }) => (relative(tree, name).startsWith(beside) ? 0 : isNear(file, name) ? 1 : 2);
  let spent = 0;
  return [...own]
    .sort((a, b) => nearness(a) - nearness(b) || a.took - b.took)
    .filter(({ took }) => (spent += took) < longest);
}

/** The tests of files that pass it when they are loaded; of many, the nearest. */
function loadedAnew(number, file, tests, atLoad) {
  const files = atLoad.get(number).sort((a, b) => Number(isNear(file, b)) - Number(isNear(file, a)));
  const few = new Set(files.slice(0, 6));
  const near = tests.filter(({ name }) => isNear(file, name));
  return affordable([...new Set([...tests.filter(({ name }) => few.has(fileOf(name))), ...near])], file);
}

function ofFewFiles(own) {
  const files = new Set([...new Set(own.map(({ name }) => fileOf(name)))].slice(0, 6));
  return own.filter(({ name }) => files.has(fileOf(name)));
}

async function triedAfresh(worker, number, asked) {
  const files = [...new Set(asked.map(({ name }) => fileOf(name)))];
  const answer = await worker.askAfresh(
    number,
    files,
    { kill: number, names: asked.map(({ name }) => name) },
    allowedFor(asked),
  );
  return answer === undefined || answer.killedBy !== undefined || answer.failed !== undefined
    ? { result: 'killed', why: 'afresh', ...answer }
    : { result: 'survived', through: asked.length };
}

function fileOf(name) {
  return name.split(' ')[0];
}

/** Named after a section of the semantics, or below the same folder of the domain. */
function isNear(file, name) {
  const path = relative(tree, name);
  return path.includes('/semantics/') || path.startsWith(`${folderOf(relative(tree, file))}/`);
}

function allowedFor(asked) {
  return 60_000 + 10 * asked.reduce((sum, { took }) => sum + took, 0);
}

function tell({ result, file, name, line, why, killedBy }, place) {
  const mark = result === 'killed' ? '.' : '!';
  if (!values.list && mark === '.') return;
  const by = values.list && killedBy !== undefined ? ` <- ${relative(tree, killedBy)}` : '';
  console.log(
    `${mark} ${String(place)} ${result} ${relative(tree, file)} [${name}] ${line}${by}${why === 'no end' ? ' (no end)' : ''}`,
  );
}

function report(results) {
  const groups = new Map();
  for (const { file, result } of results) {
    for (const name of [folderOf(relative(tree, file)), 'all']) {
      const { killed, passed, all } = groups.get(name) ?? { killed: 0, passed: 0, all: 0 };
      const [noticed, covered] = [Number(result === 'killed'), Number(result !== 'not covered')];
      groups.set(name, { killed: killed + noticed, passed: passed + covered, all: all + 1 });
    }
  }
  for (const [name, { killed, passed, all }] of [...groups].sort()) {
    const share = (of) => `${((100 * killed) / of).toFixed(1)}%`;
    console.log(
      `${name}: ${String(killed)} of ${String(all)} killed, ${share(all)}; ${share(passed)} of the ${String(passed)} that a test passes through`,
    );
  }
}

function folderOf(path) {
  if (path.startsWith('src/domain/journey/load/')) return 'src/domain/journey/load';
  return dirname(path).split('/').slice(0, 3).join('/');
}
