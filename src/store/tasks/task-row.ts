export interface TaskRow {
  readonly id: string;
  readonly customer_id: string;
  readonly journey: string;
  readonly key: string | null;
  readonly step: string;
  readonly title: string;
  readonly assign_to: string | null;
  /** What may come of it; empty: anything. */
  readonly results: readonly string[];
  readonly due: number | null;
  readonly opened_at: number;
  readonly taken_by: string | null;
  readonly taken_at: number | null;
  readonly done_at: number | null;
  readonly result: string | null;
  /** When nobody needed to do it any more. */
  readonly closed_at: number | null;
}

export const taskColumns = `id, customer_id, journey, key, step, title, assign_to, results, due, opened_at, taken_by, taken_at,
  done_at, result, closed_at`;
