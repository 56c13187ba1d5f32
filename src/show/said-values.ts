import { isJsonObject, type Json } from '../domain/json.js';
import type { Language } from '../language/language.js';
import { phrase } from './phrases.js';

const units: readonly (readonly [RegExp, string])[] = [
  [/\bworking hours?\b/g, 'ساعت کاری'],
  [/\bworking days?\b/g, 'روز کاری'],
  [/\bseconds?\b/g, 'ثانیه'],
  [/\bminutes?\b/g, 'دقیقه'],
  [/\bhours?\b/g, 'ساعت'],
  [/\bdays?\b/g, 'روز'],
  [/\bweeks?\b/g, 'هفته'],
  [/\bmonths?\b/g, 'ماه'],
  [/\byears?\b/g, 'سال'],
  [/\btomans?\b/g, 'تومان'],
  [/\brials?\b/g, 'ریال'],
];

const durationOrMoney = /^-?\d+ +(?:second|minute|hour|day|week|month|year|working hour|working day|toman|rial)s?$/;

/** A value as it is read aloud: durations and money in the reader's language, expressions as they are written. */
export function sayValue(value: Json | undefined, language: Language): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return sayList(value, language);
  if (isJsonObject(value))
    return 'occasion' in value || 'date' in value ? sayMoment(value, language) : sayNamed(value, language);
  const text = String(value);
  if (language === 'en' || !durationOrMoney.test(text)) return text.replace(/^=/, '');
  return units.reduce((said, [pattern, word]) => said.replaceAll(pattern, word), persianDigits(text));
}

export function sayList(values: readonly Json[], language: Language): string {
  return values.map((value) => sayValue(value, language)).join(language === 'fa' ? '، ' : ', ');
}

function sayNamed(values: Readonly<Record<string, Json>>, language: Language): string {
  const parts = Object.entries(values).map(([name, value]) => `${name}: ${sayValue(value, language)}`);
  return parts.join(language === 'fa' ? '، ' : ', ');
}

function sayMoment(moment: Readonly<Record<string, Json>>, language: Language): string {
  let said = sayValue(moment['occasion'] ?? moment['date'], language);
  const offset = sayValue(moment['offset'], language);
  const at = sayValue(moment['at'], language);
  if (offset !== '') said = phrase(language, 'moment_shift', { moment: said, offset });
  return at === '' ? said : phrase(language, 'moment_at', { moment: said, at });
}

function persianDigits(text: string): string {
  return text.replaceAll(/\d/g, (digit) => '۰۱۲۳۴۵۶۷۸۹'.charAt(Number(digit)));
}
