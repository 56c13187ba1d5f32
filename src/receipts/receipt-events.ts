import type { Heard } from '../channels/inbound.js';
import { messagesSource } from '../domain/journey/message-outcome.js';
import type { IncomingEvent } from '../intake/intake.js';
import type { Connection } from '../store/connection.js';
import { placeReceipts, type PlacedReceipt } from '../store/receipts/place-receipts.sql.js';
import { isName } from './names.js';

export type Receipt = Extract<Heard, { kind: 'receipt' | 'own_receipt' }>;

/** A receipt and who told it. */
export interface Told {
  readonly provider: string;
  readonly receipt: Receipt;
}

/** What is known of a receipt. `early`: kept to be tried again, as the outcome of some send is not written yet; unknown: not ours. */
export type Found =
  | { readonly kind: 'event'; readonly event: IncomingEvent }
  | { readonly kind: 'early' }
  | { readonly kind: 'unknown' };

/** What receipts are, in their order, in one statement. */
export async function findReceipts(connection: Connection, told: readonly Told[]): Promise<readonly Found[]> {
  if (told.length === 0) return [];
  const rows = await connection.run(placeReceipts, [
    told.map(({ provider }) => provider),
    told.map(({ receipt }) => (receipt.kind === 'receipt' ? receipt.providerId : null)),
    told.map(({ receipt }) => receipt.status),
    told.map(({ receipt }) => reasonOf(receipt)),
    told.map(({ receipt }) => (receipt.kind === 'own_receipt' ? receipt.messageId : null)),
  ]);
  return told.map((one, place) => foundAs(one, rows[place]));
}

/** Whether its ids can be kept, and looked for. */
export function isReceipt(receipt: Receipt): boolean {
  return receipt.kind === 'receipt' ? isName(receipt.providerId) : /^\d{1,16}$/.test(receipt.messageId);
}

/** The rows are in the order of what was told. */
function foundAs({ receipt, provider }: Told, row: PlacedReceipt | undefined): Found {
  if (row === undefined || row.message_id === null || row.customer_id === null)
    return { kind: row?.early === true ? 'early' : 'unknown' };
  const { message_id, customer_id: customer, journey, template, channel } = row;
  const reason = receipt.status === 'failed' ? reasonOf(receipt) : null;
  const event = {
    id: `${provider}/${idOf(receipt)}/${receipt.status}`,
    source: messagesSource,
    type: `message.${receipt.status}`,
    customer,
    time: undefined,
    data: { message_id, journey, template, channel, ...(reason !== null && { reason }) },
  };
  return { kind: 'event', event };
}

/** By our own id it is another event than by the provider's: that the two are one message's is not known here. */
function idOf(receipt: Receipt): string {
  return receipt.kind === 'receipt' ? receipt.providerId : `message/${receipt.messageId}`;
}

const longestReason = 200;

function reasonOf({ reason }: Receipt): string | null {
  return reason === undefined ? null : reason.replace(/[\0\p{Surrogate}]/gu, '\uFFFD').slice(0, longestReason);
}
