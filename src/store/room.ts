import { types } from 'node:util';

/** Work that meets a full disk is tried again within seconds: after so long without a failure there is room again. */
const LASTS_MS = 15_000;
const NO_ROOM = new Set([
  '53100', // disk full
  '58030', // input or output error
]);

/** Whether the database has room to write, by what it last refused. */
export class Room {
  private reason: string | undefined;
  private failedAt = 0;

  constructor(private readonly now: () => number = () => performance.now()) {}

  failed(error: unknown): void {
    if (!types.isNativeError(error) || !('code' in error) || !NO_ROOM.has(String(error.code))) return;
    this.reason = error.message;
    this.failedAt = this.now();
  }

  /** Why it has none; undefined where it has. */
  lack(): string | undefined {
    return this.now() - this.failedAt < LASTS_MS ? this.reason : undefined;
  }
}
