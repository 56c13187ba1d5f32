/** `20000 toman` or `200000 rial`, in rials; undefined for anything else, an amount without its unit too. */
export function parseMoney(text: string): number | undefined {
  const [, digits, unit] = /^(\d+) (toman|rial)s?$/.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const rials = Number(digits) * (unit === 'toman' ? 10 : 1);
  return Number.isSafeInteger(rials) ? rials : undefined;
}
