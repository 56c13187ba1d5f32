import type { Trace } from '../domain/journey/decision.js';
import { inEnglish, tellStory } from './tell-story.js';

const at = (time: string) => Date.parse(`2026-11-${time}:00+03:30`);
const line = (time: string, customer: string, detail: object): Trace =>
  ({ at: at(time), customer, journey: 'test', key: undefined, step: 's', ...detail }) as Trace;
const sent = { kind: 'sent', template: 'hello', channel: 'sms', to: '+98912', text: 'سلام\nدوباره', parts: 2 };
const lines = [
  line('21T10:00', 'c1', { kind: 'entered', started_by: 'visit', step: undefined }),
  line('21T10:00', 'c2', { kind: 'entered', started_by: 'visit', step: undefined }),
  line('21T10:00', 'c1', sent),
  line('21T10:00', 'c2', { kind: 'suppressed', template: 'hello', reason: 'no_address' }),
  line('21T11:00', 'c1', { ...sent, channel: 'email', parts: undefined, text: 'hi', subject: 'welcome' }),
  line('21T12:00', 'c1', { kind: 'granted', amount: 200_000, expires_at: at('22T12:00'), balance: 200_000 }),
];

describe('a simulation told to people', () => {
  it('is a story for each customer in time order, and what it comes to', () => {
    expect(tellStory(lines, inEnglish({ zone: 'Asia/Tehran', calendar: 'jalali' }))).toBe(`c1
  ۱۴۰۵/۰۸/۳۰ ۱۰:۰۰  test  entered by visit
  ۱۴۰۵/۰۸/۳۰ ۱۰:۰۰  test · s  sent hello by sms to +98912
      سلام
      دوباره
  ۱۴۰۵/۰۸/۳۰ ۱۱:۰۰  test · s  sent hello by email to +98912
      subject: welcome
      hi
  ۱۴۰۵/۰۸/۳۰ ۱۲:۰۰  test · s  was granted 200,000 rial, good until ۱۴۰۵/۰۹/۰۱ ۱۲:۰۰ (balance 200,000 rial)

c2
  ۱۴۰۵/۰۸/۳۰ ۱۰:۰۰  test  entered by visit
  ۱۴۰۵/۰۸/۳۰ ۱۰:۰۰  test · s  not sent: hello: no_address

entered               2  test 2
sent                  2  sms 1, email 1
SMS parts             2  hello 2
not sent              1  no_address 1
granted    200,000 rial  test 200,000 rial`);
  });

  it('has its dates in the policy’s calendar', () => {
    const told = tellStory(lines.slice(0, 1), inEnglish({ zone: 'Asia/Tehran', calendar: 'gregorian' }));
    expect(told).toContain('2026-11-21 10:00  test  entered by visit');
  });

  it.each([
    [
      { kind: 'deferred', template: 'hello', reason: 'quiet_hours', until: at('22T08:00') },
      'held hello: quiet_hours until 2026-11-22 08:00',
    ],
    [{ kind: 'split', branch: 'a' }, 'fell into a'],
    [{ kind: 'taken_back', amount: 5, balance: 0 }, 'credit taken back: 5 rial (balance 0 rial)'],
    [{ kind: 'credit_expired', amount: 5, balance: 0 }, 'credit ran out: 5 rial (balance 0 rial)'],
    [{ kind: 'asked', template: 'survey', until: at('22T08:00') }, 'asked survey until 2026-11-22 08:00'],
    [{ kind: 'answered', value: 'yes' }, 'answered "yes"'],
    [{ kind: 'set', values: { tier: 'gold' } }, 'set tier = "gold"'],
    [{ kind: 'emitted', type: 'ping', data: { n: 1 }, to_customer: 'c2' }, 'emitted ping to c2 (n = 1)'],
    [{ kind: 'webhook', url: 'https://x/', status: 503 }, 'called https://x/: 503'],
    [
      { kind: 'task', task_id: 'task-1', title: 'call', assign_to: 'ali', due: at('22T08:00') },
      'opened task-1: call for ali, due 2026-11-22 08:00',
    ],
    [{ kind: 'goal', value: 5, holdout: true }, 'reached its goal: 5 (control group)'],
    [{ kind: 'failed', template: 'hello', channel: 'sms', reason: 'no_receipt' }, 'failed: hello by sms: no_receipt'],
  ])('tells %j', (detail, expected) => {
    const told = tellStory([line('21T10:00', 'c1', detail)], inEnglish({ zone: 'Asia/Tehran', calendar: 'gregorian' }));
    expect(told.split('\n')[1]).toBe(`  2026-11-21 10:00  test · s  ${expected}`);
  });

  it('speaks Persian, with names as they are', () => {
    const clock = { zone: 'Asia/Tehran', calendar: 'jalali' } as const;
    const told = tellStory(lines, { clock, language: 'fa', happened: ({ kind }) => `«${kind}»` });
    expect(told.split('\n').slice(0, 2)).toEqual(['c1', '  ۱۴۰۵/۰۸/۳۰ ۱۰:۰۰  test  «entered»']);
    expect(told.split('\n\n').at(-1)).toBe(
      [
        'وارد شده                    ۲  test ۲',
        'فرستاده شده                 ۲  sms ۱, email ۱',
        'بخش پیامک                   ۲  hello ۲',
        'فرستاده نشده                ۱  no_address ۱',
        'اعتبار داده شده  ۲۰۰٬۰۰۰ ریال  test ۲۰۰٬۰۰۰ ریال',
      ].join('\n'),
    );
  });
});
