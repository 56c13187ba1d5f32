import type { FakeSmtp } from '../servers/smtp/server.js';
import { countOf, either, surplus, tally, type Tally } from './count.js';
import type { Load } from './load.js';
import { Outcomes } from './outcome-business.js';
import type { Stage } from './stage.js';

/** What a round came to, counted at the providers by receiver and text. */
export interface Verdict {
  readonly nuisance: string;
  /** What the nuisance did, in words. */
  readonly did: string;
  readonly customers: number;
  readonly messages: number;
  readonly lost: number;
  /** SMS too many: their provider can be asked, so that there may be none. */
  readonly twice: number;
  /** E-mails too many: theirs cannot be asked, and the purpose says `in_doubt: again`. */
  readonly again: number;
  /** Calls of a web hook that were made again, with the id of the first. */
  readonly recalled: number;
  /** SMS that came a second time with the same id, which their provider knows and does not send. */
  readonly known: number;
  readonly seconds: number;
  /** What to look into, where something is wrong. */
  readonly report: string | undefined;
}

export interface Played {
  readonly did: string;
  /** Why the nuisance, the load or the round came to no end. */
  readonly errors: readonly unknown[];
}

type Counted = Omit<Verdict, 'nuisance' | 'did' | 'seconds' | 'report'>;

export async function judge(
  { victims, state }: Stage,
  load: Load,
  { errors }: Played,
): Promise<Counted & Pick<Verdict, 'report'>> {
  const { customers } = load;
  const outcomes = customers.map((one) => Outcomes.of(one));
  const sms = tally(
    [...customers, ...outcomes].flatMap((one) => one.messages()),
    either(
      victims.sms.countsByReceiverAndText(),
      outcomes.flatMap((one) => one.alternatives()),
    ),
  );
  const mail = tally(
    [...customers, ...outcomes].flatMap((one) => one.mails()),
    mailsOf(victims.mail),
  );
  const hook = tally(
    outcomes.flatMap((one) => one.calls()),
    countOf([...victims.hook.taken.values()].map(({ body }) => body)),
  );
  const counted: Counted = {
    customers: customers.length,
    messages: victims.sms.sent().length + victims.mail.mails().length,
    lost: sms.missing.length + mail.missing.length + hook.missing.length,
    twice: surplus(sms) + surplus(hook),
    again: surplus(mail),
    recalled: victims.hook.requests.length - victims.hook.taken.size,
    known: victims.sms.ledger.repeats,
  };
  const isGood = errors.length === 0 && counted.lost === 0 && counted.twice === 0 && mail.strange.length === 0;
  if (isGood) return { ...counted, report: undefined };
  const wrong = [...sms.missing, ...sms.repeated.keys(), ...mail.missing];
  const about = customers.filter((one) =>
    [one, Outcomes.of(one)].some((due) =>
      [...due.messages(), ...due.mails()].some((message) => wrong.includes(message)),
    ),
  );
  const told = await state.tell(about.slice(0, 3).map(({ id }) => id)).catch(String);
  const words = victims.processes.map((peyk) => `${peyk.name}, life ${String(peyk.lives)}:\n${peyk.lastWords()}`);
  return {
    ...counted,
    report: [...errors.map(String), print(sms), print(mail), print(hook), told, ...words].join('\n'),
  };
}

function mailsOf(mail: FakeSmtp): ReadonlyMap<string, number> {
  return countOf(mail.mails().flatMap(({ to, text }) => to.map((receiver) => `${receiver}\n${text.trim()}`)));
}

function print({ missing, repeated, strange }: Tally): string {
  const some = (what: string, all: readonly string[]): string =>
    `${String(all.length)} ${what}: ${JSON.stringify(all.slice(0, 5))}`;
  return [some('missing', missing), some('repeated', [...repeated.keys()]), some('strange', strange)].join('\n');
}
