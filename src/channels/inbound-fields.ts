/** The texts and numbers of an object as texts, under their names in lower case. */
export type Fields = ReadonlyMap<string, string>;

/** Of a name that is written twice the last counts; what is no object has none. */
export function fieldsOf(value: unknown): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return new Map();
  return new Map(
    Object.entries(value).flatMap(([name, given]): [string, string][] => {
      const text = textOf(Array.isArray(given) ? (given as readonly unknown[]).at(-1) : given);
      return text === undefined ? [] : [[name.toLowerCase(), text]];
    }),
  );
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : undefined;
}
