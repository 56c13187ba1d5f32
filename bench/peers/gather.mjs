import { setImmediate } from 'node:timers';

/** Writes one by one become writes of many: what comes while one is under way goes with the next. */
export function gather(write, most = 500) {
  let waiting = [];
  let busy = false;
  const flush = async () => {
    const batch = waiting.splice(0, most);
    try {
      await write(batch.map(({ item }) => item));
      for (const { resolve } of batch) resolve();
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  };
  const work = async () => {
    while (waiting.length > 0) await flush();
    busy = false;
  };
  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (busy) return;
      busy = true;
      setImmediate(work);
    });
}
