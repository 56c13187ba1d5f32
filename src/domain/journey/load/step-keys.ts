import { mainKeys, type MainKey } from './main-keys.js';
import { ask } from './steps/ask.js';
import { choose } from './steps/choose.js';
import { emit } from './steps/emit.js';
import { grant } from './steps/grant.js';
import { send } from './steps/send.js';
import { set } from './steps/set.js';
import { split } from './steps/split.js';
import type { StepReader } from './steps/step.js';
import { stop } from './steps/stop.js';
import { takeBack } from './steps/take-back.js';
import { task } from './steps/task.js';
import { waitFor } from './steps/wait-for.js';
import { waitUntil } from './steps/wait-until.js';
import { wait } from './steps/wait.js';
import { webhook } from './steps/webhook.js';

const readers: Readonly<Record<MainKey, StepReader>> = {
  ...{ send, ask, wait, choose, split, grant, set, emit, webhook, task, stop },
  ...{ wait_until: waitUntil, wait_for: waitFor, take_back: takeBack },
};

/** The kinds of steps by their main keys. */
export const stepReaders: ReadonlyMap<string, StepReader> = new Map(mainKeys.map((key) => [key, readers[key]]));
