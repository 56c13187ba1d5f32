import { absence } from './absence.js';
import { anniversary } from './anniversary.js';
import { creditExpiring } from './credit-expiring.js';
import { cron } from './cron.js';
import { event } from './event.js';
import { every } from './every.js';
import { manual } from './manual.js';
import { occasion } from './occasion.js';
import type { TriggerReader } from './trigger.js';

/** The kinds of triggers by their main keys. */
export const triggerReaders: ReadonlyMap<string, TriggerReader> = new Map([
  ['event', event],
  ['every', every],
  ['cron', cron],
  ['occasion', occasion],
  ['anniversary', anniversary],
  ['absence', absence],
  ['credit_expiring', creditExpiring],
  ['manual', manual],
]);

export const triggerKeys: readonly string[] = [...triggerReaders.keys()];
