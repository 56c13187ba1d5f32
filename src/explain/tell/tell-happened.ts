import type { NotEnteredReason, SuppressedReason, Trace } from '../../domain/journey/decision.js';
import { tellHappened as tellInEnglish } from '../../simulate/tell-line.js';
import type { Speech } from './values.js';

/** What happened, in a line; the text of a message below it. */
export function tellHappened(line: Trace, speech: Speech): string {
  // The table has a telling for the very kind of the line.
  if (speech.language === 'fa') return (persian[line.kind] as Telling<Trace['kind']>)(line, speech);
  return tellInEnglish(line, speech.clock);
}

type Telling<K extends Trace['kind']> = (line: Extract<Trace, { kind: K }>, speech: Speech) => string;

const persian: { readonly [K in Trace['kind']]: Telling<K> } = {
  entered: ({ started_by: by }) => `وارد شد، با ${by}`,
  not_entered: ({ reason }) => `وارد نشد: ${refusals[reason]}`,
  sent: ({ template, channel, to, text, subject }) =>
    `${template} با ${channel} به ${to} فرستاده شد\n${indented(`${subject === undefined ? '' : `موضوع: ${subject}\n`}${text}`)}`,
  deferred: ({ template, reason, until }, speech) =>
    `${template} تا ${speech.instant(until)} نگه داشته شد: ${holds[reason]}`,
  suppressed: ({ template, reason, detail }) => `${template} فرستاده نشد: ${detail ?? suppressions[reason]}`,
  failed: ({ template, channel, reason }) => `${template} با ${channel} ناموفق شد: ${reason}`,
  waiting: ({ for: types, until }, speech) => `منتظر ${namesOf(types, speech)}ماند${untilWhen(until, speech)}`,
  resumed: ({ by, event }) => `پیش رفت، با ${event ?? causes[by]}`,
  chosen: ({ branch }) => `گزینهٔ ${branches[String(branch)] ?? String(branch)} را گرفت`,
  split: ({ branch }) => `به قید قرعه در ${branch}`,
  granted: (line, speech) => `اعتبار گرفت: ${credit(line, speech)}`,
  taken_back: (line, speech) => `اعتبار پس گرفته شد: ${credit(line, speech)}`,
  credit_expired: (line, speech) => `مهلت اعتبار سر آمد: ${credit(line, speech)}`,
  asked: ({ template, until }, speech) => `${template} پرسیده شد${untilWhen(until, speech)}`,
  answered: ({ value }) => `پاسخ داد: ${JSON.stringify(value)}`,
  set: ({ values }) => `ثبت شد: ${JSON.stringify(values)}`,
  emitted: ({ type, data, to_customer: to }) =>
    `رویداد ${type}${to === undefined ? '' : ` برای ${to}`}: ${JSON.stringify(data)}`,
  webhook: ({ url, status }) => `${url} صدا زده شد: ${String(status)}`,
  task: ({ title, task_id: id, assign_to: to, due }, speech) =>
    `کار ${id} باز شد: ${title}${to === undefined ? '' : ` برای ${to}`}${untilWhen(due, speech)}`,
  goal: ({ value, holdout }) =>
    `به هدف رسید${value === undefined ? '' : `: ${JSON.stringify(value)}`}${holdout === true ? ' (گروه شاهد)' : ''}`,
  exited: ({ reason }) => `بیرون رفت: ${endings[reason] ?? reason}`,
};

const refusals: Readonly<Record<NotEnteredReason, string>> = {
  draft: 'پیش‌نویس است',
  stale_event: 'رویداد کهنه است',
  condition_false: 'شرط آن برقرار نیست',
  not_in_audience: 'از مخاطبان آن نیست',
  not_running: 'بیرون از زمان اجرای آن',
  paused: 'سفر متوقف است',
  already_active: 'هم‌اکنون درون آن است',
  re_entry: 'هنوز دوباره راهش نمی‌دهد',
  holdout: 'در گروه شاهد است',
  limit: 'به حد خود رسیده است',
};

export const suppressions: Readonly<Record<string, string | undefined> & Record<SuppressedReason, string>> = {
  excepted: 'از مخاطبانی است که چیزی نمی‌گیرند',
  opted_out: 'رضایت را پس گرفته است',
  no_consent: 'رضایت نداده است',
  no_address: 'نشانی ندارد',
  sample: 'در نمونه نیست',
  too_late: 'دیر شد',
  capped: 'به سقف پیام‌ها رسیده است',
  render_error: 'متن ساخته نشد',
};

const holds = { blackout: 'روز خاموشی', quiet_hours: 'ساعت سکوت', capped: 'سقف پیام‌ها' } as const;
const causes = { event: 'رویداد', timeout: 'پایان مهلت', time: 'گذشت زمان' } as const;
const branches: Readonly<Record<string, string | undefined>> = { else: 'وگرنه', none: 'هیچ‌کدام' };

/** How an enrolment ends; what `stop` says is told as it is. */
export const endings: Readonly<Record<string, string | undefined>> = {
  completed: 'تمام شد',
  goal: 'به هدف رسید',
  exit_rule: 'با قاعدهٔ خروج',
  expired: 'عمرش سر آمد',
  restarted: 'از نو آغاز شد',
  journey_changed: 'سفر عوض شد',
  erased: 'پاک شد',
  merged: 'با مشتری دیگری یکی شد',
  holdout: 'گروه شاهد',
};

function indented(text: string): string {
  return `    ${text.replaceAll('\n', '\n    ')}`;
}

function namesOf(types: string | readonly string[] | undefined, speech: Speech): string {
  if (types === undefined) return '';
  return `${typeof types === 'string' ? types : types.join(speech.say('or'))} `;
}

function untilWhen(until: number | undefined, speech: Speech): string {
  return until === undefined ? '' : speech.say('until', { at: speech.instant(until) });
}

type CreditLine = Extract<Trace, { kind: 'granted' | 'taken_back' | 'credit_expired' }>;

function credit({ amount = 0, expires_at: expires, balance }: CreditLine, speech: Speech): string {
  const left = balance === undefined ? '' : ` (موجودی ${speech.rials(balance)})`;
  return `${speech.rials(amount)}${untilWhen(expires, speech)}${left}`;
}
