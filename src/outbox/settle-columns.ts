import type { Settled } from './ports.js';
import type { Settlement } from './settlement.js';

/** An outcome on its way to the database; `lease` is the token of the attempt that it belongs to. */
export interface Settling {
  readonly message: Settled;
  readonly lease: string;
  readonly settlement: Settlement;
}

/** The columns of `settleSent`. */
export function sentColumns(batch: readonly Settling[]): readonly unknown[] {
  return [
    batch.map(({ message }) => message.id),
    batch.map(({ lease }) => lease),
    batch.map(({ settlement }) => (settlement.kind === 'sent' ? plain(settlement.providerId) : null)),
    batch.map(({ settlement }) => (settlement.kind === 'sent' ? wholeRials(settlement.cost) : null)),
  ];
}

/** The columns of `settleUnsent`. */
export function unsentColumns(batch: readonly Settling[]): readonly unknown[] {
  const changes = batch.map(({ settlement }) => changeOf(settlement));
  return [
    batch.map(({ message }) => message.id),
    batch.map(({ lease }) => lease),
    changes.map(({ state }) => state),
    changes.map(({ nextAt }) => nextAt ?? null),
    changes.map(({ reason }) => plain(reason)),
    changes.map(({ uncounted }) => uncounted === true),
    changes.map(({ fallsBack }) => fallsBack === true),
    batch.map(({ message, settlement: { kind } }) =>
      kind === 'fallback' || kind === 'failed' ? message.channel : null,
    ),
  ];
}

interface Change {
  readonly state: 'queued' | 'bound' | 'retrying' | 'in_doubt' | 'failed' | 'sent';
  readonly nextAt?: number;
  readonly reason?: string;
  readonly uncounted?: boolean;
  readonly fallsBack?: boolean;
}

function changeOf(settlement: Settlement): Change {
  switch (settlement.kind) {
    case 'sent':
      return { state: 'sent' };
    case 'untouched':
      return { state: 'queued', uncounted: true };
    case 'again':
      return { state: settlement.bound === true ? 'bound' : 'queued' };
    case 'fallback':
      return { state: 'queued', fallsBack: true, reason: settlement.reason };
    case 'retrying':
      return { state: 'retrying', nextAt: settlement.at, reason: settlement.reason };
    case 'in_doubt':
      return { state: 'in_doubt', nextAt: settlement.askAt, reason: settlement.reason };
    case 'failed':
      return { state: 'failed', reason: settlement.reason };
  }
}

const LONGEST = 500;

/** What a provider says may hold anything; Postgres refuses NUL in text. */
function plain(text: string | undefined): string | null {
  return text === undefined ? null : text.replaceAll('\0', '').slice(0, LONGEST);
}

function wholeRials(cost: number | undefined): number | null {
  if (cost === undefined || !Number.isFinite(cost)) return null;
  return Math.min(Math.max(Math.round(cost), 0), 2_147_483_647);
}
