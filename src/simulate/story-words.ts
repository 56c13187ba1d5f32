import type { Language } from '../language/language.js';

const english = {
  entered: 'entered',
  sent: 'sent',
  parts: 'SMS parts',
  suppressed: 'not sent',
  deferred: 'held',
  failed: 'failed',
  granted: 'granted',
  rial: 'rial',
};

/** What the closing table of a story counts. */
export type StoryWord = keyof typeof english;

const persian: Readonly<Record<StoryWord, string>> = {
  entered: 'وارد شده',
  sent: 'فرستاده شده',
  parts: 'بخش پیامک',
  suppressed: 'فرستاده نشده',
  deferred: 'نگه داشته شده',
  failed: 'ناموفق',
  granted: 'اعتبار داده شده',
  rial: 'ریال',
};

export const storyWords: Readonly<Record<Language, Readonly<Record<StoryWord, string>>>> = { en: english, fa: persian };
