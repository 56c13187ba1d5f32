/**
 * Jest's runtime for unit specs: they are loaded by Node itself, into the process, as in production. A module is loaded once a
 * process instead of once a spec file: what a module remembers, the next spec file meets. Mocks of modules, `jest.*` and
 * coverage are not served.
 */
const { register } = require('node:module');
const path = require('node:path');
const { fileURLToPath, pathToFileURL } = require('node:url');
const { mapOf } = require('./compiled.cjs');

let folder;
let loaded = 0;

function registerOnce(cacheDirectory) {
  if (folder !== undefined) return;
  folder = path.join(cacheDirectory, 'native');
  register(pathToFileURL(path.join(__dirname, 'loader.mjs')), { data: { folder } });
}

/** Source maps by the URLs that Node puts into stacks, asked for when one is printed. */
class SourceMaps extends Map {
  get(name) {
    if (!/^file:.*\.ts(\?|$)/.test(name)) return undefined;
    if (!this.has(name)) this.set(name, mapOf(folder, fileURLToPath(name)));
    return super.get(name);
  }
}
const sourceMaps = new SourceMaps();

/**
 * Jest's `describe`, `it` and hooks are loaded once too, which spares every spec file what compiling them costs; what they
 * have gathered (their state and who listens to it, both on `globalThis`) is put back to how it was when they were loaded.
 */
const listeners = Symbol.for('EVENT_HANDLERS');
let stateSymbol;
let first;

const emptied = (value) => {
  if (value instanceof Map) return new Map();
  if (value instanceof WeakMap) return new WeakMap();
  return Array.isArray(value) ? [] : value;
};
const emptiedEach = (object) => Object.fromEntries(Object.entries(object).map(([key, value]) => [key, emptied(value)]));

function remember() {
  stateSymbol = Object.getOwnPropertySymbols(globalThis).find(({ description }) => description === 'JEST_STATE_SYMBOL');
  const state = globalThis[stateSymbol];
  first = { state: { ...state }, root: { ...state.rootDescribeBlock }, listening: globalThis[listeners].length };
}

function beginAnew() {
  const root = emptiedEach(first.root);
  globalThis[stateSymbol] = { ...emptiedEach(first.state), currentDescribeBlock: root, rootDescribeBlock: root };
  globalThis[listeners].length = first.listening;
}

function requireCircus(name) {
  const circus = require(name);
  if (first === undefined) remember();
  else beginAnew();
  return circus;
}

class NativeRuntime {
  constructor(config) {
    registerOnce(config.cacheDirectory);
  }

  requireInternalModule(name) {
    return requireCircus(name);
  }

  requireModule(name) {
    return require(name);
  }

  /** Numbered, so that the same file may run again in one process. */
  unstable_importModule(file) {
    const url = pathToFileURL(file);
    url.search = String((loaded += 1));
    return import(url.href);
  }

  unstable_shouldLoadAsEsm() {
    return true;
  }

  getSourceMaps() {
    return sourceMaps;
  }

  setGlobalsForRuntime() {}
  enterTestCode() {}
  leaveTestCode() {}
  getAllCoverageInfoCopy() {}
  teardown() {}
}

module.exports = { __esModule: true, default: NativeRuntime };
