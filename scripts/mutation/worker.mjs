import { fork } from 'node:child_process';

/** A process with the tests loaded; started anew when one does not come to an end, or when a mutant left it unwell. */
export class Worker {
  #runner;
  #files;
  #child;
  #spoiled = 0;

  constructor(runner, files) {
    this.#runner = runner;
    this.#files = files;
  }

  /** The answer to an order; undefined where it does not come in time, or the process ends. */
  async ask(order, allowed) {
    this.#child ??= await this.#started();
    return this.#answer(this.#child, order, allowed);
  }

  /** In a process of its own, with a mutant in force from the first line on and only these files loaded. */
  async askAfresh(mutant, files, order, allowed) {
    const child = this.#fork(mutant);
    try {
      const loaded = await this.#answer(child, { load: files }, 300_000);
      return loaded === undefined || loaded.failed !== undefined ? loaded : await this.#answer(child, order, allowed);
    } finally {
      child.kill('SIGKILL');
    }
  }

  /** What a mutant has left behind is noticed each time; a new start takes longer than a few of these. */
  spoiled() {
    this.#spoiled += 1;
    if (this.#spoiled > 10) this.stop();
  }

  stop() {
    this.#spoiled = 0;
    this.#child?.kill('SIGKILL');
    this.#child = undefined;
  }

  async #started() {
    const child = this.#fork(-1);
    this.#child = child;
    this.loaded = await this.#answer(child, { load: this.#files }, 300_000);
    if (this.loaded?.failed !== undefined || this.loaded === undefined)
      throw new Error(`the tests do not load: ${this.loaded?.failed ?? 'no answer'}`);
    return child;
  }

  #fork(mutant) {
    const env = { ...process.env, PEYK_MUTANT: String(mutant) };
    return fork(this.#runner, { env, execArgv: ['--no-warnings'], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  }

  #answer(child, order, allowed) {
    return new Promise((resolve) => {
      const done = (answer) => {
        clearTimeout(timer);
        child.removeAllListeners('message').removeAllListeners('exit');
        if (answer === undefined && child === this.#child) this.stop();
        resolve(answer);
      };
      const timer = setTimeout(() => done(undefined), allowed);
      child.once('message', done).once('exit', () => done(undefined));
      child.send(order);
    });
  }
}
