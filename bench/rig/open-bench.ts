import type { OpenBench } from '../bench.js';
import type { Run } from '../measure.js';
import { profileFolder } from './profiled.js';

interface Comparison {
  /** Where a folder is given, its processes leave their profiles there. */
  readonly ours: (profileInto?: string) => Promise<Run>;
  readonly bare: () => Promise<Run>;
  readonly close: () => Promise<void>;
}

/** Two sides that are ready to run, and ours under the profiler. */
export function openBench({ ours, bare, close }: Comparison): OpenBench {
  return {
    ours: () => ours(),
    bare,
    profile: async () => {
      const folder = await profileFolder();
      await ours(folder);
      return folder;
    },
    close,
  };
}
