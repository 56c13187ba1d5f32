import type { Refusal } from '../intake.js';

/** An answer that is not what was asked for: each error with its place and the remedy. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly errors: readonly Refusal[],
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(errors.map(({ place, message }) => `${place}: ${message}`).join('; '));
    this.name = 'ApiError';
  }
}

export function apiError(status: number, place: string, message: string, headers?: Record<string, string>): ApiError {
  return new ApiError(status, [{ place, message }], headers);
}
