/**
 * A column of values as PostgreSQL reads arrays: `{1,2}`, `{"a","b",NULL}`. The driver's own way escapes each value by two
 * regular expressions, which costs more than deciding; undefined where the driver has to do it (bytes, dates, lists).
 */
export function arrayLiteral(values: readonly unknown[]): string | undefined {
  let literal = '';
  for (const value of values) {
    const element = elementOf(value);
    if (element === undefined) return undefined;
    literal += literal === '' ? element : `,${element}`;
  }
  return `{${literal}}`;
}

function elementOf(value: unknown): string | undefined {
  switch (typeof value) {
    case 'string':
      return `"${SPECIAL.test(value) ? value.replaceAll('\\', '\\\\').replaceAll('"', '\\"') : value}"`;
    case 'number':
    case 'boolean':
    case 'bigint':
      return String(value);
    case 'undefined':
      return 'NULL';
    default:
      return value === null ? 'NULL' : undefined;
  }
}

const SPECIAL = /["\\]/;
