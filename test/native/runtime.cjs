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
 * The state of Jest's `describe`, `it` and hooks is the module's own: a spec file begins with a new one. The old one's
 * storages are put away, since Node asks each there is at every promise.
 */
const hooks = require('node:async_hooks');
const storages = new Set();

class CountedStorage extends hooks.AsyncLocalStorage {
  constructor(...given) {
    super(...given);
    storages.add(this);
  }
}

function requireAnew(name) {
  const { AsyncLocalStorage } = hooks;
  delete require.cache[name];
  delete globalThis[Symbol.for('EVENT_HANDLERS')];
  hooks.AsyncLocalStorage = CountedStorage;
  try {
    return require(name);
  } finally {
    hooks.AsyncLocalStorage = AsyncLocalStorage;
  }
}

function putStoragesAway() {
  for (const storage of storages) storage.disable();
  storages.clear();
}

class NativeRuntime {
  constructor(config) {
    registerOnce(config.cacheDirectory);
  }

  requireInternalModule(name) {
    return requireAnew(name);
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
  teardown() {
    putStoragesAway();
  }
}

module.exports = { __esModule: true, default: NativeRuntime };
