/**
 * Runs the tests of compiled spec files in this process and says how it went. `cover`: all of them, and which of the
 * places asked about each one passes through. `kill`: those given, until one fails.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { Session } from 'node:inspector';
import { pathToFileURL } from 'node:url';
import { expect } from 'expect';

const [, , mode, orderPath, answerPath] = process.argv;
const order = JSON.parse(readFileSync(orderPath, 'utf8'));
const tests = [];
let around = [];
let hooks = { before: [] };

globalThis.expect = expect;
globalThis.describe = (name, body) => {
  const [outer, outerHooks] = [around, hooks];
  around = [...around, name];
  hooks = { before: [...hooks.before] };
  body();
  [around, hooks] = [outer, outerHooks];
};
globalThis.beforeEach = (body) => hooks.before.push(body);
globalThis.it = (name, body) => tests.push({ name: [...around, name].join(' › '), body, before: hooks.before });
globalThis.it.each = (rows) => (name, body) => {
  rows.forEach((row, number) => {
    const values = Array.isArray(row) ? row : [row];
    globalThis.it(`${name} [${String(number)}]`, () => body(...values));
  });
};
globalThis.test = globalThis.it;

if (mode === 'cover') await cover();
else await kill();

async function load(files) {
  for (const file of files) {
    const from = tests.length;
    await import(pathToFileURL(file).href);
    for (const one of tests.slice(from)) one.name = `${file} ${one.name}`;
  }
}

async function run({ before, body }) {
  for (const one of before) await one();
  await body();
}

async function kill() {
  await load(order.files);
  const wanted = order.tests === undefined ? undefined : new Set(order.tests);
  for (const one of tests) {
    if (wanted !== undefined && !wanted.has(one.name)) continue;
    try {
      await run(one);
    } catch (error) {
      answer({ killedBy: one.name, why: String(error).slice(0, 300) });
    }
  }
  answer({});
}

/** Nothing is left to wait for. */
function answer(found) {
  writeFileSync(answerPath, JSON.stringify(found));
  process.exit(0);
}

async function cover() {
  const session = new Session();
  session.connect();
  const post = (method, params) =>
    new Promise((resolve, reject) =>
      session.post(method, params, (error, result) => (error ? reject(error) : resolve(result))),
    );
  await post('Profiler.enable');
  await post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  await load(order.files);
  await post('Profiler.takePreciseCoverage');
  const found = [];
  for (const one of tests) {
    const began = performance.now();
    let failed;
    await run(one).catch((error) => (failed = String(error).slice(0, 500)));
    const { result } = await post('Profiler.takePreciseCoverage');
    found.push({ name: one.name, took: performance.now() - began, failed, passes: passed(result, order.places) });
  }
  answer({ tests: found });
}

/** Numbers of the places that were run through; the innermost range that holds a place decides. */
function passed(scripts, places) {
  const passes = [];
  for (const { url, functions } of scripts) {
    const inFile = places[url];
    if (inFile === undefined) continue;
    for (const { number, at } of inFile) {
      let [size, count] = [Infinity, 0];
      for (const { ranges } of functions) {
        for (const range of ranges) {
          const length = range.endOffset - range.startOffset;
          if (range.startOffset <= at && at < range.endOffset && length <= size) [size, count] = [length, range.count];
        }
      }
      if (count > 0) passes.push(number);
    }
  }
  return passes;
}
