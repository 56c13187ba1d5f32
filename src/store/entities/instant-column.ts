import type { ValueTransformer } from 'typeorm';
import type { Instant } from '../../domain/time/instant.js';

/** Our pool reads timestamptz as an Instant already; pg writes a Date. */
export const instantColumn: ValueTransformer = {
  from: (instant: Instant | null) => instant,
  to: (instant: unknown) => (typeof instant === 'number' ? new Date(instant) : instant),
};
