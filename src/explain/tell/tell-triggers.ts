import type { Journey } from '../../domain/journey/journey.js';
import type { Trigger } from '../../domain/journey/trigger.js';
import { printDuration } from '../../domain/time/duration.js';
import type { TimeOfDay } from '../../domain/time/zone.js';
import type { Speech } from './values.js';

/** A journey that nothing that happened concerned, and what it listens to; or what keeps it from starting anybody. */
export function tellUntouched({ name, triggers }: Journey, missing: readonly string[], speech: Speech): string {
  if (missing.length > 0) return speech.say('untouched_not_served', { journey: name, missing: speech.list(missing) });
  const told = triggers.map((trigger) => tellTrigger(trigger, speech)).join(speech.say('or'));
  return speech.say('untouched', { journey: name, triggers: told });
}

function tellTrigger(trigger: Trigger, speech: Speech): string {
  switch (trigger.kind) {
    case 'event':
      return trigger.event;
    case 'every':
      return speech.say('t_every', { every: trigger.every, at: printTime(trigger.at) });
    case 'cron':
      return speech.say('t_cron');
    case 'occasion':
      return speech.say('t_occasion', { name: trigger.occasion });
    case 'anniversary':
      return speech.say('t_anniversary', { name: trigger.field.join('.') });
    case 'absence':
      return speech.say('t_absence', { events: speech.list(trigger.of), duration: printDuration(trigger.for) });
    case 'credit_expiring':
      return speech.say('t_credit_expiring', { duration: printDuration(trigger.lead) });
    case 'manual':
      return speech.say('t_manual');
  }
}

function printTime({ hour, minute }: TimeOfDay): string {
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}
