/** One of the five fields: what it is called, its numbers, and names for them. */
export interface CronField {
  readonly what: string;
  readonly least: number;
  readonly most: number;
  readonly names?: readonly string[];
}

/** The numbers that a field such as `1,15`, `mon-fri` or `0-59/15` stands for, or what is wrong with it. */
export function parseCronField(text: string, field: CronField): ReadonlySet<number> | string {
  const numbers = new Set<number>();
  for (const item of text.split(',')) {
    const found = parseItem(item, field);
    if (typeof found === 'string') return found;
    for (const number of found) numbers.add(number);
  }
  return numbers;
}

function parseItem(item: string, field: CronField): readonly number[] | string {
  const [range = '', step, ...others] = item.split('/');
  const bounds = parseRange(range, field);
  if (typeof bounds === 'string') return bounds;
  const size = step === undefined ? 1 : Number(step);
  if (others.length > 0 || (step !== undefined && !/^[1-9]\d*$/.test(step)))
    return `"${item}" is no step of the ${field.what}; expected one such as */5`;
  if (step !== undefined && range !== '*' && !range.includes('-'))
    return `"${item}" steps from one number; write ${range}-${String(field.most)}/${step}`;
  const [from, to] = bounds;
  return Array.from({ length: Math.floor((to - from) / size) + 1 }, (_, place) => from + place * size);
}

function parseRange(range: string, field: CronField): readonly [number, number] | string {
  if (range === '*') return [field.least, field.most];
  const [first = '', last = first, ...others] = range.split('-');
  const [from, to] = [parseNumber(first, field), parseNumber(last, field)];
  if (from === undefined || to === undefined || others.length > 0)
    return `"${range}" is no ${field.what}; expected ${expectedOf(field)}`;
  // A week may end with its Sunday.
  const end = field.what === dayOfWeek && to === 0 && from > 0 ? 7 : to;
  if (from <= end) return [from, end];
  return `"${range}" goes back; a range begins with the lower: write ${first}-${String(field.most)},${String(field.least)}-${last}`;
}

function parseNumber(text: string, { least, most, names = [] }: CronField): number | undefined {
  const name = names.indexOf(text.toLowerCase());
  if (name !== -1) return least + name;
  const number = /^\d{1,2}$/.test(text) ? Number(text) : NaN;
  return number >= least && number <= most ? number : undefined;
}

function expectedOf({ least, most, names = [] }: CronField): string {
  const numbers = `a number from ${String(least)} to ${String(most)}, a list 1,2, a range 1-5 or a step */5`;
  return names.length === 0 ? numbers : `${numbers}, or a name such as ${names[1] ?? ''}`;
}

const dayOfWeek = 'day of the week';

export const cronFields: readonly CronField[] = [
  { what: 'minute', least: 0, most: 59 },
  { what: 'hour', least: 0, most: 23 },
  { what: 'day of the month', least: 1, most: 31 },
  {
    what: 'month',
    least: 1,
    most: 12,
    names: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'],
  },
  { what: dayOfWeek, least: 0, most: 7, names: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] },
];
