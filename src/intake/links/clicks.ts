import type { Connection } from '../../store/connection.js';
import { followLink } from '../../store/links/follow-link.sql.js';

/** One code, one minute: what this process has counted already costs nothing more, however often it is asked for. */
const REMEMBERED = 10_000;
const MINUTE = 60_000;

/** Where a link leads; `lost`: why its click could not be kept. */
export interface Followed {
  readonly target: string;
  readonly lost?: unknown;
}

/**
 * Follows links. A click is kept before its answer goes out, in the statement that looks the link up: a process that dies
 * right after loses none, and a person waits for one short statement and never for the engine, which decides it within a
 * second. Where it cannot be kept (a full disk) they are sent on all the same.
 */
export class Clicks {
  #minute = 0;
  #counted = new Set<string>();

  constructor(
    private readonly db: Connection,
    private readonly now: () => number = Date.now,
  ) {}

  /** Undefined for a code that there is not. */
  async follow(code: string, byPerson: boolean): Promise<Followed | undefined> {
    const counts = byPerson && !this.#recently().has(code);
    if (!counts) return this.#ask(code, false);
    try {
      return this.#noted(code, await this.#ask(code, true));
    } catch (lost) {
      const found = await this.#ask(code, false);
      return found && { ...found, lost };
    }
  }

  #noted(code: string, found: Followed | undefined): Followed | undefined {
    if (found !== undefined && this.#counted.size < REMEMBERED) this.#counted.add(code);
    return found;
  }

  async #ask(code: string, counts: boolean): Promise<Followed | undefined> {
    const [found] = await this.db.run(followLink, [code, counts]);
    return found;
  }

  #recently(): ReadonlySet<string> {
    const minute = Math.floor(this.now() / MINUTE);
    if (minute !== this.#minute) this.#counted = new Set();
    this.#minute = minute;
    return this.#counted;
  }
}
