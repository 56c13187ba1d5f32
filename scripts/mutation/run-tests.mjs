/**
 * Runs the tests of compiled spec files in this process, with one mutant in force or with none, and says how it went.
 * Speaks with the process that started it: `{ load }`, then `{ cover }`, `{ kill, names }`, or with the places of the tests.
 */
import { pathToFileURL } from 'node:url';
import { expect } from 'expect';
import fc from 'fast-check';

/** The mutant in force, and the places that were passed through. */
let inForce = Number(process.env.PEYK_MUTANT ?? -1);
let passed = new Set();
globalThis.peykMutant = (number) => {
  passed.add(number);
  return number === inForce;
};
// The same properties are tried with the same values at every run.
fc.configureGlobal({ seed: 1 });

const tests = [];
let around = [];
let hooks = { before: [], after: [] };

globalThis.expect = expect;
globalThis.describe = (name, body) => {
  const [outer, outerHooks] = [around, hooks];
  around = [...around, name];
  hooks = { before: [...hooks.before], after: [...hooks.after] };
  body();
  [around, hooks] = [outer, outerHooks];
};
globalThis.beforeEach = (body) => hooks.before.push(body);
globalThis.afterEach = (body) => hooks.after.push(body);
globalThis.it = (name, body) => tests.push({ name: [...around, name].join(' › '), body, hooks });
const each = (declare) => (rows) => (name, body) => {
  rows.forEach((row, number) => {
    const values = Array.isArray(row) ? row : [row];
    declare(`${name} [${String(number)}]`, () => body(...values));
  });
};
globalThis.it.each = each(globalThis.it);
globalThis.describe.each = each(globalThis.describe);
globalThis.test = globalThis.it;

process.on('message', async (order) => {
  process.send(await answered(order));
});
// Nobody is left to ask.
process.on('disconnect', () => process.exit());
process.on('uncaughtException', (error) => process.send({ failed: String(error).slice(0, 300) }));

async function answered(order) {
  if (order.load !== undefined) return load(order.load);
  if (order.cover !== undefined) return cover();
  return kill(order);
}

async function load(files) {
  const loaded = [];
  try {
    for (const file of files) {
      const from = tests.length;
      passed = new Set();
      await import(pathToFileURL(file).href);
      tests.slice(from).forEach((one, number) => (one.name = `${file} ${String(number)} ${one.name}`));
      loaded.push({ file, passes: [...passed] });
    }
    return { files: loaded };
  } catch (error) {
    return { failed: String(error).slice(0, 300) };
  }
}

/** What each test passes through, and which of them fail as it is. */
async function cover() {
  const found = [];
  for (const { name } of tests) {
    const began = process.cpuUsage();
    passed = new Set();
    const failed = await failure(name);
    found.push({ name, took: milliseconds(process.cpuUsage(began)), failed, passes: [...passed] });
  }
  return { tests: found };
}

function milliseconds({ user, system }) {
  return (user + system) / 1_000;
}

/** The first test that fails with this mutant, and whether it goes well again without it. */
async function kill({ kill: number, names, places }) {
  for (const name of names ?? places.map((place) => tests[place].name)) {
    inForce = number;
    const why = await failure(name);
    inForce = -1;
    if (why !== undefined) return { killedBy: name, why, wellAgain: (await failure(name)) === undefined };
  }
  return {};
}

async function failure(name) {
  const { body, hooks: around } = named().get(name);
  try {
    for (const one of around.before) await one();
    await body();
    for (const one of around.after) await one();
    return undefined;
  } catch (error) {
    return String(error).slice(0, 300);
  }
}

let byName;
function named() {
  byName ??= new Map(tests.map((one) => [one.name, one]));
  return byName;
}
