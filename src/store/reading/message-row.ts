export interface MessageRow {
  readonly id: number;
  readonly customer_id: string;
  readonly journey: string;
  readonly key: string | null;
  readonly step: string;
  readonly template: string;
  readonly purpose: string;
  readonly channel: string;
  readonly address: string;
  /** Null for e-mail, whose text is made when it leaves. */
  readonly text: string | null;
  readonly state: string;
  readonly attempts: number;
  readonly created_at: number;
  readonly settled_at: number | null;
  readonly provider: string | null;
  readonly provider_id: string | null;
  readonly reason: string | null;
  /** What the provider told later: delivered, failed. */
  readonly receipt: string | null;
  readonly receipt_at: number | null;
}

export const messageColumns = `id, customer_id, journey, key, step, template, purpose, channel, address,
  content ->> 'text' as text, state, attempts, created_at, settled_at, provider, provider_id, reason, receipt, receipt_at`;
