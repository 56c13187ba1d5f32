import type { Pause } from '../domain/pause.js';
import type { Beaten } from '../pulse/pulse.service.js';
import type { Database } from '../store/connection.js';
import type { Pulse } from '../store/engine/pulse.sql.js';
import { readPauses } from '../store/pausing/read-pauses.sql.js';
import { HeldMessages } from './held-messages.js';
import type { SenderObserver } from './ports.js';
import type { Sender } from './sender.js';

/** Tells a process's sender what is paused: as soon as somebody says so, at the latest within a second. */
export class PauseWatch implements Beaten {
  private readonly held: HeldMessages;
  private reading: Promise<void> | undefined;
  private readAgain = false;

  constructor(
    private readonly database: Database,
    private readonly sender: Pick<Sender, 'heardOfPauses' | 'wake'>,
    private readonly observer: Pick<SenderObserver, 'trouble'>,
  ) {
    this.held = new HeldMessages(database, observer, () => {
      sender.wake();
    });
  }

  beat({ pauses, messages_to_release }: Pulse): void {
    this.sender.heardOfPauses(pauses ?? []);
    this.held.adjust(pauses ?? [], messages_to_release);
  }

  /** Something was paused, or goes on. */
  heard(): void {
    this.readAgain = true;
    this.reading ??= this.read().finally(() => (this.reading = undefined));
  }

  async stop(): Promise<void> {
    await this.reading;
    await this.held.stop();
  }

  /** Whoever is heard during the reading is read after it. */
  private async read(): Promise<void> {
    try {
      while (this.readAgain) {
        this.readAgain = false;
        const pauses: readonly Pause[] = await this.database.run(readPauses);
        this.sender.heardOfPauses(pauses);
        this.held.adjust(pauses, true);
        // A channel that goes on has had its messages in the queue all the time.
        this.sender.wake();
      }
    } catch (error) {
      this.observer.trouble('pauses', error);
    }
  }
}
