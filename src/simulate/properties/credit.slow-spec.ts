import fc from 'fast-check';
import { told, trying, worlds, type World } from '../../../test/given/random-world.js';
import type { Line } from '../../../test/given/simulation.js';

/** What one customer was given, and where it went. */
interface Book {
  granted: number;
  spent: number;
  takenBack: number;
  expired: number;
}

const restOf = ({ granted, spent, takenBack, expired }: Book): number => granted - spent - takenBack - expired;
const fields = { granted: 'granted', taken_back: 'takenBack', credit_expired: 'expired' } as const;

interface Redemption {
  readonly at: number;
  readonly amount: number;
  readonly reference: string;
}

function redemptionsOf({ events }: World, id: string): Redemption[] {
  return events
    .filter(({ type, customer }) => type === 'credit.redeemed' && customer === id)
    .map(({ arrival, data }) => ({
      at: arrival,
      amount: Number(data['amount']),
      reference: JSON.stringify(data['reference']),
    }));
}

/** Keeps the book from the lines and the redemptions alone; gives what does not add up. */
function audit(
  world: World,
  lines: readonly Line[],
  id: string,
): { readonly wrong: readonly unknown[]; readonly book: Book } {
  const book: Book = { granted: 0, spent: 0, takenBack: 0, expired: 0 };
  const [coming, references] = [redemptionsOf(world, id), new Set<string>()];
  const spendUntil = (isPast: (at: number) => boolean): void => {
    for (let [next] = coming; next !== undefined && isPast(next.at); [next] = coming) {
      coming.shift();
      if (!references.has(next.reference)) book.spent += Math.min(next.amount, restOf(book));
      references.add(next.reference);
    }
  };
  const wrong = lines.filter((line) => {
    const at = Date.parse(line.at);
    // What runs out at an instant is gone before anything else of that instant.
    spendUntil((when) => (line.kind === 'credit_expired' ? when < at : when <= at));
    const field = fields[line.kind as keyof typeof fields] as keyof Book | undefined;
    if (field === undefined || line['amount'] === undefined) return false;
    const amount = Number(line['amount']);
    book[field] += amount;
    return !Number.isInteger(amount) || amount <= 0 || restOf(book) < 0 || line['balance'] !== restOf(book);
  });
  return { wrong, book };
}

describe('whatever the journeys, the rules and the events', () => {
  it('credit is never below zero, and what was granted is spent, taken back, expired or left', () => {
    const sum: Book = { granted: 0, spent: 0, takenBack: 0, expired: 0 };
    fc.assert(
      fc.property(worlds, (world) => {
        const { lines } = told(world);
        for (const { id } of world.customers) {
          const { wrong, book } = audit(
            world,
            lines.filter(({ customer }) => customer === id),
            id,
          );
          expect(wrong).toEqual([]);
          expect(restOf(book)).toBeGreaterThanOrEqual(0);
          for (const name of Object.keys(sum) as (keyof Book)[]) sum[name] += book[name];
        }
      }),
      trying(50),
    );
    expect(Math.min(sum.granted, sum.spent, sum.takenBack, sum.expired)).toBeGreaterThan(0);
  }, 300_000);
});
