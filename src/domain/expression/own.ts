/** A record's own property: nothing is ever reached through a prototype. */
export function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

/**
 * Whether a record of JSON can only have this name itself, so that it may be read without asking: what `own` asks costs
 * as much as the reading.
 */
export function isOnlyOwn(name: string): boolean {
  return !(name in Object.prototype);
}
