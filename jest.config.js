/** Four projects: unit beside the code, slow (properties, fuzzing, guides walked through), integration on real servers, end to end on real processes. */
const base = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest'] },
  moduleNameMapper: { '^(\\.{1,2}/(?!.*\\.json\\.js$).*)\\.js$': '$1' },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.peyk/', '<rootDir>/.cache/'],
};

/** Loaded by Node itself, each module once a process: no spec mocks a module, and hundreds of them load much the same ones. */
const native = {
  testEnvironment: '<rootDir>/test/native/environment.cjs',
  runtime: '<rootDir>/test/native/runtime.cjs',
};

const withServers = {
  ...base,
  globalSetup: '<rootDir>/test/servers/global-setup.mjs',
  globalTeardown: '<rootDir>/test/servers/global-teardown.mjs',
};

export default {
  testTimeout: 120_000,
  maxWorkers: 2,
  projects: [
    { ...base, ...native, displayName: 'unit', testMatch: ['<rootDir>/{src,test,scripts}/**/*.spec.ts'] },
    { ...base, displayName: 'slow', testMatch: ['<rootDir>/{src,test}/**/*.slow-spec.ts'] },
    { ...withServers, displayName: 'integration', testMatch: ['<rootDir>/test/integration/**/*.int-spec.ts'] },
    { ...withServers, displayName: 'end-to-end', testMatch: ['<rootDir>/test/e2e/**/*.e2e-spec.ts'] },
  ],
};
