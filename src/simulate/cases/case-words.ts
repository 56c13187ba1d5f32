import type { Language } from '../../language/language.js';

/** What `peyk test` says to people. What a case says itself (`sent`, `exited`) stays as it is written. */
export interface CaseWords {
  readonly ok: string;
  readonly failed: string;
  readonly expected: string;
  readonly happened: string;
  readonly nothing: string;
  readonly notListed: string;
  readonly warning: string;
  differs(fields: readonly string[]): string;
  lacks(text: string): string;
  text(text: string): string;
  subject(text: string): string;
  unreached(places: readonly string[]): string;
  allOk(cases: number): string;
  someFailed(failed: number, cases: number): string;
  updated(cases: number): string;
}

const english: CaseWords = {
  ok: 'ok',
  failed: 'failed',
  expected: 'expected',
  happened: 'happened',
  nothing: '(nothing)',
  notListed: '(not listed)',
  warning: 'warning',
  differs: (fields) => `differs in ${fields.join(', ')}`,
  lacks: (text) => `the text does not contain ${text}`,
  text: (text) => `the text: ${text}`,
  subject: (text) => `the subject: ${text}`,
  unreached: (places) => `no case reaches: ${places.join(', ')}`,
  allOk: (cases) => `${counted(cases)} ok`,
  someFailed: (failed, cases) => `${String(failed)} of ${counted(cases)} failed`,
  updated: (cases) => `${counted(cases)} written as it happened; read what changed before you keep it`,
};

function counted(cases: number): string {
  return `${String(cases)} ${cases === 1 ? 'case' : 'cases'}`;
}

const persian: CaseWords = {
  ok: 'درست',
  failed: 'نادرست',
  expected: 'انتظار',
  happened: 'آنچه رخ داد',
  nothing: '(هیچ)',
  notListed: '(در فهرست نیست)',
  warning: 'هشدار',
  differs: (fields) => `تفاوت در ${fields.join('، ')}`,
  lacks: (text) => `در متن نیست: ${text}`,
  text: (text) => `متن: ${text}`,
  subject: (text) => `موضوع: ${text}`,
  unreached: (places) => `هیچ نمونه‌ای به این‌ها نمی‌رسد: ${places.join('، ')}`,
  allOk: (cases) => `${number(cases)} نمونه درست است`,
  someFailed: (failed, cases) => `از ${number(cases)} نمونه ${number(failed)} نادرست است`,
  updated: (cases) => `${number(cases)} نمونه همان‌گونه که رخ داد نوشته شد؛ پیش از نگه داشتن، تغییرها را بخوانید`,
};

function number(count: number): string {
  return count.toLocaleString('fa');
}

export const caseWords: Readonly<Record<Language, CaseWords>> = { en: english, fa: persian };
