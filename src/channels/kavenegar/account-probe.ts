import type { Probe } from '../channel.js';
import type { Answer } from './answer.js';
import { integer } from './answer.js';
import type { KavenegarCalls } from './calls.js';

/** Asks for the account (`account/info`): whether the key is right, and whether there is credit. */
export async function accountProbe(calls: KavenegarCalls): Promise<Probe> {
  const answer = await calls.ask((api, done) => {
    api.AccountInfo({}, done);
  });
  return calls.clean(probed(answer));
}

/** What an answer to `account/info` says. */
export function probed(answer: Answer): Probe {
  switch (answer.kind) {
    case 'not_written':
    case 'no_answer':
      return { kind: 'fails', reason: answer.detail };
    case 'unreadable':
      return {
        kind: 'fails',
        reason: `HTTP ${String(answer.httpStatus)} without Kavenegar's JSON: is PEYK_KAVENEGAR_BASE_URL right?`,
      };
    case 'answered':
      return answer.status === 200
        ? byCredit(integer(answer.entries[0]?.['remaincredit']))
        : { kind: 'fails', reason: `Kavenegar ${String(answer.status)}: ${answer.message}` };
  }
}

function byCredit(rials: number | undefined): Probe {
  if (rials === undefined) return { kind: 'works', detail: 'the account answers' };
  if (rials <= 0) return { kind: 'fails', reason: 'there is no credit left in the account' };
  return { kind: 'works', detail: `${rials.toLocaleString('en')} rials of credit` };
}
