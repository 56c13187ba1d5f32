import type { Language } from '../language/language.js';

/** What `peyk merge` says. */
export const mergeWords: Readonly<Record<Language, MergeWords>> = {
  en: {
    merged: (from, into) =>
      `"${from}" is a second name of "${into}" now: what is known and what comes of either is of "${into}"`,
    oneAlready: (from, into) => `"${from}" is a second name of "${into}" already`,
    circle: (from, into) =>
      `"${into}" was merged into "${from}" before: they are one customer, who goes by "${from}"; nothing is left to merge`,
    same: 'both ids are the same; name two customers: the one that goes, then the one that stays',
  },
  fa: {
    merged: (from, into) => `اکنون «${from}» نام دوم «${into}» است: هرچه از هر کدام هست و بیاید از آنِ «${into}» است`,
    oneAlready: (from, into) => `«${from}» از پیش نام دوم «${into}» است`,
    circle: (from, into) =>
      `«${into}» پیش‌تر با «${from}» یکی شده است: هر دو یک مشتری‌اند با نام «${from}»؛ چیزی برای یکی‌کردن نمانده است`,
    same: 'هر دو شناسه یکی است؛ دو مشتری را نام ببرید: نخست آن که می‌رود، سپس آن که می‌ماند',
  },
};

export interface MergeWords {
  merged(from: string, into: string): string;
  oneAlready(from: string, into: string): string;
  circle(from: string, into: string): string;
  readonly same: string;
}
