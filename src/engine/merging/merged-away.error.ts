/** Customers of a batch are second names by now: it has to be begun anew with the ids that they go by. */
export class MergedAwayError extends Error {
  override readonly name = 'MergedAwayError';

  constructor(readonly ids: readonly string[]) {
    super(`merged into other customers: ${ids.join(', ')}`);
  }
}
