import type { Config } from './config.js';
import { loadConfig } from './load-config.js';

/** The process's environment, over defaults that a command may give. Throws ConfigError. */
export function readEnvironment(defaults: NodeJS.ProcessEnv = {}): Config {
  return loadConfig({ ...defaults, ...process.env });
}
