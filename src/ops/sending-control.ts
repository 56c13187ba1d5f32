import { didYouMean } from '../domain/did-you-mean.js';
import { servedChannels } from '../domain/message/message.js';
import type { Pause, PauseKind } from '../domain/pause.js';
import type { Database } from '../store/connection.js';
import { findCustomer } from '../store/customers/find-customer.sql.js';
import { neighbours } from '../store/explain/neighbours.sql.js';
import { rootOf } from '../store/merging/root-of.js';
import { addPauses } from '../store/pausing/add-pauses.sql.js';
import { cancelMessages } from '../store/pausing/cancel-messages.sql.js';
import { knownJourneys } from '../store/pausing/known-journeys.sql.js';
import { messageState } from '../store/pausing/message-state.sql.js';
import type { PauseRow } from '../store/pausing/pause-row.js';
import { readPauses } from '../store/pausing/read-pauses.sql.js';
import { removePauses } from '../store/pausing/remove-pauses.sql.js';

/** On which notifications senders ask what is paused. */
export const PAUSED = 'peyk_paused';

/** What the loaded files know; undefined where they cannot be read: then any purpose may be one. */
export interface KnownNames {
  readonly journeys: Iterable<{ readonly name: string }>;
  readonly policy: { readonly purposes: ReadonlyMap<string, unknown> };
  readonly templates?: { names(): readonly string[] };
}

/** Names that nobody knows: nothing was done. */
export interface UnknownNames {
  readonly kind: 'unknown';
  readonly problems: readonly { readonly place: string; readonly message: string }[];
}

/** `changed`: of those asked for, what was not so before; `paused`: all that is paused now. */
export interface Changed {
  readonly kind: 'done';
  readonly changed: readonly Pause[];
  readonly paused: readonly PauseRow[];
}

/** Which messages: those that fit all that is given. */
export interface Selection {
  readonly message?: number | undefined;
  readonly journey?: string | undefined;
  readonly customer?: string | undefined;
  readonly channel?: string | undefined;
  readonly purpose?: string | undefined;
  readonly template?: string | undefined;
}

export type Cancelled =
  | UnknownNames
  /** `underWay`: with a provider just now; they may arrive, and are not tried again. */
  | { readonly kind: 'done'; readonly withdrawn: number; readonly underWay: number }
  /** The one message asked for is settled, or there is none. */
  | { readonly kind: 'closed'; readonly state: string }
  | { readonly kind: 'not_found' }
  /** There is no such customer; the message says so, with the one that may have been meant. */
  | { readonly kind: 'nobody'; readonly message: string }
  /** The one message asked for is still to leave, but does not fit all that is given. */
  | { readonly kind: 'other' };

const CANCELLED_AT_ONCE = 2_000;
const waiting: ReadonlySet<string> = new Set(['queued', 'deferred', 'sending', 'retrying', 'in_doubt']);

/** What an operator can do to stop what is sent: the command line and the API alike. */
export class SendingControl {
  constructor(
    private readonly database: Database,
    private readonly names: KnownNames | undefined,
  ) {}

  paused(): Promise<PauseRow[]> {
    return this.database.run(readPauses);
  }

  /** In force in every process within a second. `reason`: who wants it. */
  async pause(wanted: readonly Pause[], reason: string): Promise<Changed | UnknownNames> {
    const problems = await this.unknownOf(wanted, []);
    if (problems.length > 0) return { kind: 'unknown', problems };
    return this.told(await this.database.run(addPauses, [...columns(wanted), reason]));
  }

  /** What is asked for goes on; other pauses that concern the same messages stay. */
  async resume(wanted: readonly Pause[]): Promise<Changed | UnknownNames> {
    const problems = await this.unknownOf(wanted, await this.paused());
    if (problems.length > 0) return { kind: 'unknown', problems };
    return this.told(await this.database.run(removePauses, columns(wanted)));
  }

  /** Withdraws what is queued, some thousand messages in a transaction. */
  async cancel(selection: Selection): Promise<Cancelled> {
    const problems = await this.unknownOf(pausesOf(selection), []);
    if (problems.length > 0) return { kind: 'unknown', problems };
    const { withdrawn, underWay } = await this.cancelAll(selection);
    if (withdrawn + underWay > 0) return { kind: 'done', withdrawn, underWay };
    const unused = this.unknownTemplate(selection.template);
    if (unused !== undefined) return unused;
    const nobody = selection.customer === undefined ? undefined : await this.whyNobody(selection.customer);
    if (nobody !== undefined) return nobody;
    return selection.message === undefined ? { kind: 'done', withdrawn, underWay } : this.whyNot(selection.message);
  }

  private async cancelAll(selection: Selection): Promise<{ withdrawn: number; underWay: number }> {
    const { message, journey, customer, channel, purpose, template } = selection;
    const whose = customer === undefined ? undefined : await rootOf(this.database, customer);
    const asked = [message, journey, whose, channel, purpose, template].map((value) => value ?? null);
    const sum = { withdrawn: 0, underWay: 0 };
    let place: readonly [string, number] = ['', 0];
    for (;;) {
      const [row] = await this.database.run(cancelMessages, [...asked, ...place, CANCELLED_AT_ONCE]);
      if (row === undefined || row.customer_id === null || row.id === null) return sum;
      sum.withdrawn += row.withdrawn;
      sum.underWay += row.under_way;
      place = [row.customer_id, row.id];
    }
  }

  /** One whose files are gone may still have messages in the queue. */
  private unknownTemplate(template: string | undefined): UnknownNames | undefined {
    const known = this.names?.templates?.names();
    if (template === undefined || known === undefined || known.includes(template)) return undefined;
    const message = `there is no template "${template}"${didYouMean(template, known) || `; ${list(known)}`}`;
    return { kind: 'unknown', problems: [{ place: 'template', message }] };
  }

  private async whyNobody(customer: string): Promise<Cancelled | undefined> {
    if ((await this.database.run(findCustomer, [customer])).length > 0) return undefined;
    const near = (await this.database.run(neighbours, [customer])).map(({ id }) => id);
    return { kind: 'nobody', message: `there is no customer "${customer}"${didYouMean(customer, near)}` };
  }

  private async whyNot(message: number): Promise<Cancelled> {
    const [row] = await this.database.run(messageState, [message]);
    if (row === undefined) return { kind: 'not_found' };
    return waiting.has(row.state) ? { kind: 'other' } : { kind: 'closed', state: row.state };
  }

  private async told(changed: readonly Pause[]): Promise<Changed> {
    await this.database.notify(PAUSED);
    return { kind: 'done', changed, paused: await this.paused() };
  }

  /** What is paused is known, whatever the files say by now. */
  private async unknownOf(
    wanted: readonly Pause[],
    also: readonly Pause[],
  ): Promise<UnknownNames['problems'][number][]> {
    const named = wanted.filter(({ kind, name }) => !also.some((one) => one.kind === kind && one.name === name));
    const journeys = named.some(({ kind }) => kind === 'journey') ? await this.database.run(knownJourneys) : [];
    return named.flatMap(({ kind, name }) => {
      const known = this.known(kind, journeys);
      if (known === undefined || known.includes(name)) return [];
      return [
        { place: kind, message: `there is no ${kind} "${name}"${didYouMean(name, known) || `; ${list(known)}`}` },
      ];
    });
  }

  private known(kind: PauseKind, journeys: readonly { readonly journey: string }[]): readonly string[] | undefined {
    switch (kind) {
      case 'all':
        return undefined;
      case 'journey':
        return [...new Set([...(this.names?.journeys ?? [])].map(({ name }) => name).concat(journeys.map(nameOf)))];
      case 'channel':
        return servedChannels;
      case 'purpose':
        return this.names && [...this.names.policy.purposes.keys()];
    }
  }
}

/** What was asked for, as one pause each. */
export function pausesOf(
  asked: Readonly<Partial<Record<'journey' | 'channel' | 'purpose', string | undefined>>>,
): Pause[] {
  return (['journey', 'channel', 'purpose'] as const).flatMap((kind) => {
    const name = asked[kind];
    return name === undefined ? [] : [{ kind, name }];
  });
}

function nameOf({ journey }: { readonly journey: string }): string {
  return journey;
}

function list(known: readonly string[]): string {
  return known.length === 0 ? 'none is known' : `there is: ${known.join(', ')}`;
}

function columns(pauses: readonly Pause[]): readonly unknown[] {
  return [pauses.map(({ kind }) => kind), pauses.map(({ name }) => name)];
}
