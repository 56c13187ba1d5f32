import { startPeyk, type RunningPeyk, type StartOptions } from '../assembly/start-peyk.js';
import { demoAllowed, type Config } from '../config/config.js';
import { readEnvironment } from '../config/read-environment.js';
import { playDemo } from '../demo/demo.js';
import { PrintingMailbox } from '../demo/printing-mailbox.js';
import { lastWords } from '../main.js';

export interface ServeOptions extends Pick<StartOptions, 'times'> {
  readonly demo: boolean;
}

/** `peyk serve` and `npm start`: until a signal says stop. 1 where it cannot start, with the reason and the remedy. */
export async function serve({ demo, times }: ServeOptions): Promise<number> {
  const config = readEnvironment(demo ? { PEYK_LOG_LEVEL: 'warn' } : {});
  const stop = stopSignal();
  let peyk: RunningPeyk;
  try {
    peyk = await start(config, demo, times, stop);
  } catch (error) {
    console.error(lastWords(error));
    return 1;
  }
  await stop;
  await peyk.stop();
  return 0;
}

/** The mailbox stands in for the channels where it is asked for, and on a fresh checkout that has nothing real. */
async function start(
  config: Config,
  demo: boolean,
  times: StartOptions['times'],
  stop: Promise<void>,
): Promise<RunningPeyk> {
  const playground = demo && demoAllowed(config);
  const mailbox = playground || config.mailbox ? new PrintingMailbox() : undefined;
  const peyk = await startPeyk(config, { mailbox, times, playground });
  if (mailbox !== undefined && playground) await playUntil(stop, peyk, config, mailbox);
  else if (demo) console.log(`Peyk serves on ${peyk.url}; something real is configured, so there is no sample day.`);
  return peyk;
}

/** A signal in the middle of the day ends it. */
async function playUntil(
  stop: Promise<void>,
  peyk: RunningPeyk,
  config: Config,
  mailbox: PrintingMailbox,
): Promise<void> {
  try {
    const stopped = new AbortController();
    void stop.then(() => {
      stopped.abort();
    });
    await Promise.race([stop, playDemo(peyk, config, mailbox, stopped.signal)]);
  } catch (error) {
    await peyk.stop();
    throw error;
  }
}

/** Ctrl-C, a supervisor, the terminal that is closed. A second one (npm passes on what the terminal has sent) changes nothing. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        resolve();
      });
    }
  });
}
