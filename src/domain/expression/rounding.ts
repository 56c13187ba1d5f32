/** What calculating with fractions loses: so many times the last digit that a number has. */
const noise = 16 * Number.EPSILON;

/** A number without that noise, where a whole one is as near as that: 10000 × 0.57 is 5700. */
export function withoutNoise(value: number): number {
  const whole = Math.round(value);
  return Math.abs(value - whole) <= Math.abs(value) * noise ? whole : value;
}

/** The nearest multiple of `step` that is not above; no step at all is not a number. */
export function roundDown(value: number, step = 1): number {
  return step > 0 ? Math.floor(withoutNoise(value / step)) * step : NaN;
}
