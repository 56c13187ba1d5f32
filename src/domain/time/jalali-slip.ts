import { gregorianOf } from './jalali-calendar.js';

/** What to say of a time with a Jalali year, which only dates may have; nothing of any other text. */
export function jalaliSlip(text: string): string {
  const [, year, month, day] = /^(1[2-6]\d\d)-(\d\d?)-(\d\d?)[T ]\d/i.exec(text) ?? [];
  const date = gregorianOf({ year: Number(year), month: Number(month), day: Number(day) });
  if (year === undefined || date === undefined) return '';
  const two = (number: number): string => String(number).padStart(2, '0');
  const gregorian = `${String(date.year)}-${two(date.month)}-${two(date.day)}`;
  return `; a time has a Gregorian date, and ${text.slice(0, 10)} is ${gregorian}`;
}
