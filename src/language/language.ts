/** The languages that Peyk speaks to people in (`PEYK_LANG`). */
export type Language = 'en' | 'fa';

export const languages: readonly Language[] = ['en', 'fa'];
