import type { Fault } from '../../servers/kavenegar/faults.js';
import type { Fault as HookFault } from '../../servers/webhook/server.js';
import type { Nuisance } from '../nuisance.js';
import { times } from '../times.js';

/**
 * Late, never, twice, 5xx, half an answer or none, mostly after the message was taken. Never so late that its provider, asked
 * (`askAfterMs`), did not know it yet: six times the limit of a call for a business, two and a half here.
 */
const faults: readonly Fault[] = [
  { kind: 'slow', ms: times.callTimeoutMs / 2 },
  { kind: 'slow', ms: times.callTimeoutMs * 1.2 },
  { kind: 'slow', ms: times.callTimeoutMs * 3, accept: 'at_once' },
  { kind: 'silence', accept: true },
  { kind: 'silence', accept: false },
  { kind: 'twice' },
  { kind: 'html', http: 502, accept: true },
  { kind: 'html', http: 503, accept: false },
  { kind: 'status', status: 500 },
  { kind: 'reset', accept: true },
  { kind: 'reset', accept: true, when: 'mid_answer' },
  { kind: 'reset', accept: false },
  { kind: 'cut', accept: true },
  { kind: 'empty', accept: true },
];

const hookFaults: readonly HookFault[] = [
  { kind: 'slow', ms: times.callTimeoutMs * 2 },
  { kind: 'silence', accept: true },
  { kind: 'silence', accept: false },
  { kind: 'answer', status: 503, accept: true },
  { kind: 'answer', status: 429 },
  { kind: 'reset', accept: true },
  { kind: 'reset', accept: true, when: 'mid_answer' },
  { kind: 'reset', accept: false },
];

/** Of the calls that send, so many meet one; of those that ask, fewer, so that doubts end. */
const SENDS = 0.4;
const QUESTIONS = 0.3;
const MESSAGES = 400;

export const providerFaults: Nuisance = {
  name: 'provider-faults',
  processes: 1,
  inflict: async ({ sms, mail, hook, untilMore, random }) => {
    let met = 0;
    const called = new Set<string>();
    hook.choose = ({ body }) => {
      // What fails again and again is for the journey's else.
      if (called.has(body) || random.share() >= SENDS) return undefined;
      called.add(body);
      met += 1;
      return random.one(hookFaults);
    };
    sms.faults.choose((method) => {
      if (random.share() >= (method === 'sms/send' ? SENDS : QUESTIONS)) return undefined;
      met += 1;
      return random.one(faults);
    });
    for (let time = 1; time <= 5; time += 1) {
      mail.faults.next({ kind: 'drop', at: 'body', accept: true });
      mail.faults.next({ kind: 'silence', at: 'body', accept: true });
      await untilMore(MESSAGES / 5);
    }
    sms.faults.clear();
    mail.faults.clear();
    hook.choose = undefined;
    return `${String(met)} faults of providers and receivers`;
  },
};
