import type { Translation } from '../translate.js';

/** Why something of a customer's past cannot be told. */
export const historyTexts: readonly Translation[] = [
  [
    'customer {A} was merged into it: what was decided on the two is not decided once more',
    'مشتری {A} با آن یکی شد: آنچه دربارهٔ آن دو تصمیم گرفته شده دوباره بررسی نمی‌شود',
  ],
  [
    'customer {A} was merged into it: what came before that is told of {B}',
    'مشتری {A} با آن یکی شد: آنچه پیش از آن رخ داد زیر نام {B} گفته می‌شود',
  ],
  [
    'it was merged into customer {A}: what came after that is told of {B}',
    'با مشتری {A} یکی شد: آنچه پس از آن رخ داد زیر نام {B} گفته می‌شود',
  ],
  ['the event that started {A} is not kept', 'رویدادی که {A} را آغاز کرد نگه داشته نشده است'],
  ['what was decided first is not kept', 'نخستین تصمیم‌ها نگه داشته نشده است'],
  ['how its attributes and consent came about is not kept', 'این‌که ویژگی‌ها و رضایتش از کجا آمده نگه داشته نشده است'],
  ['journey {A} was paused when something was decided', 'هنگامی که چیزی تصمیم گرفته می‌شد سفر {A} متوقف بود'],
  ['version {A} of journey {B} is not kept', 'نسخهٔ {A} سفر {B} نگه داشته نشده است'],
];
