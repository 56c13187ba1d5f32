import type { Logger } from '../ops/log.js';

/** The last line of a process that was asked to end: that it has, and whether anything has to be asked about. */
export function tellEnd(inDoubt: number, log: Logger): void {
  log.info({ in_doubt: inDoubt }, sentence(inDoubt));
}

function sentence(inDoubt: number): string {
  if (inDoubt === 0) return 'stopped, with nothing in hand';
  const messages = inDoubt === 1 ? '1 message is' : `${String(inDoubt)} messages are`;
  return `stopped; ${messages} left in doubt, and whoever sends next asks what became of them`;
}
