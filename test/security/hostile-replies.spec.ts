import { KeptCustomer } from '../given/desk.js';
import { printProblem } from '../../src/domain/problem.js';
import { givenWorkspace, journeyText } from '../given/workspace.js';

const { workspace, problems } = givenWorkspace({
  'journeys/policy.yaml': `timezone: Asia/Tehran
calendar: jalali
purposes:
  transactional: { consent: not_needed }
channel_order: [sms]
opt_out: { words: ["11", لغو], purposes: [transactional] }
`,
  'journeys/asking.yaml': journeyText({
    trigger: 'trigger: { event: visit }',
    steps: `  - ask: hello
    answers: { well: [خوب, عالی, "خیلی خوب"], bad: [بد, "راضی نیستم"] }
    within: 1 day
    reask: 3`,
  }).replace('journey: test', 'journey: asking'),
  'journeys/waiting.yaml': journeyText({
    trigger: 'trigger: { event: visit }',
    steps: `  - wait_for:
      - { event: message.received, when: 'says(event.text, "آدرس", event.from)', then: [{ stop: says }] }
      - { event: message.received, when: 'event.text.matches("^(a+)+$") and event.text.matches("(.*a){12}c")', then: [{ stop: matches }] }
      - { event: message.received, when: 'event.text.matches(event.text)', then: [{ stop: itself }] }
      - { event: message.received, when: 'event.text.split("").exists(c, c == "€")', then: [{ stop: split }] }
      - { event: message.received, save_as: reply, then: [{ set: { tier: "{{reply.text}}" } }] }
    at_most: 1 day`,
  }).replace('journey: test', 'journey: waiting'),
});

/** 10,000 characters, made to be dear: to match, to fold, to compare, to print. */
const hostile = {
  'an almost match': `${'a'.repeat(9_999)}!`,
  'words of the question': 'خیلی خوب '.repeat(1_250),
  'an opt-out word among others': `${'لغو '.repeat(2_499)}نه`,
  'punctuation at the ends': `${'.'.repeat(4_999)}ب${'؟'.repeat(5_000)}`,
  'vowel signs': 'بَِ'.repeat(3_333),
  'zero-width marks': '\u200c\u200d\u200e\u200f\u2066'.repeat(2_000),
  'Persian digits': '۱۱'.repeat(5_000),
  'half pairs': '\ud83d'.repeat(10_000),
  'a pattern of its own': `${'(a|a)*'.repeat(80)}${'x'.repeat(9_500)}`,
  'a huge count': `a{1000}{1000}${'('.repeat(9_000)}`,
  'a template': '{{constructor}}'.repeat(666),
};

describe('a reply of 10,000 characters', () => {
  it('is the business of journeys that are well', () => {
    expect(problems.map(printProblem)).toEqual([]);
  });

  it.each(Object.entries(hostile))('does not hold the process: %s', (_, text) => {
    if (workspace === undefined) throw new Error('the workspace is not well');
    const times = [1, 2, 3].map(() => {
      const customer = new KeptCustomer(workspace);
      customer.take({ type: 'visit', at: 0 });
      const began = process.cpuUsage();
      customer.take({ type: 'message.received', at: 1, data: { channel: 'sms', from: '+989121234567', text } });
      const { user, system } = process.cpuUsage(began);
      return (user + system) / 1_000;
    });
    // The least of them: the others pay for compiling. What is quadratic in 10,000 characters takes far more anywhere.
    expect(Math.min(...times)).toBeLessThan(300);
  });
});
