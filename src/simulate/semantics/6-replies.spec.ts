import { policy } from '../../../test/given/policy.js';
import { c1, on, simulated, story, tehran } from '../../../test/given/simulation.js';

const visit = on('11-21 10:00', 'visit');
const writes = (time: string, text: string, channel = 'sms', more: object = {}) =>
  on(time, 'message.received', { channel, from: 'x', text }, more);
const asks = (answers: string) =>
  `trigger: { event: visit }\nsteps: [ { ask: hello, answers: ${answers}, within: 1 day } ]`;
const answered = (answers: string, text: string): unknown =>
  simulated({ journey: asks(answers), events: [visit, writes('11-21 11:00', text)] }).lines.find(
    ({ kind }) => kind === 'answered',
  )?.['value'];

describe('replies: folding', () => {
  const fits = (answer: string, reply: string): boolean => answered(`[ ${JSON.stringify(answer)} ]`, reply) === answer;

  it('brings digits to ASCII', () => {
    expect(answered('1..20', '۱۲')).toBe(12);
    expect(answered('1..20', '١٢')).toBe(12);
    expect(fits('12', '۱۲')).toBe(true);
    expect(fits('۱۲', '12')).toBe(true);
  });

  it('brings ي ك to ی ک, on both sides', () => {
    expect(fits('یک', 'يك')).toBe(true);
    expect(fits('يك', 'یک')).toBe(true);
  });

  it('takes vowel signs and tatweel away', () => {
    expect(fits('بله', 'بَـــلِه')).toBe(true);
    expect(fits('بَله', 'بله')).toBe(true);
  });

  it('makes a ZWNJ a space', () => {
    expect(fits('نمی خواهم', 'نمی‌خواهم')).toBe(true);
    expect(fits('نمی‌خواهم', 'نمی خواهم')).toBe(true);
  });

  it('takes spaces and punctuation at the ends away, and none inside', () => {
    expect(fits('yes', ' «yes!?»\n')).toBe(true);
    expect(fits('yes, sir', 'yes sir')).toBe(false);
  });

  it('is lower case', () => {
    expect(fits('Yes', 'YES')).toBe(true);
  });
});

describe('replies: answers', () => {
  it('1..5 gives a whole number within it', () => {
    expect([1, 5].map((score) => answered('1..5', String(score)))).toEqual([1, 5]);
    expect(answered('1..5', '0')).toBeUndefined();
    expect(answered('1..5', '6')).toBeUndefined();
    expect(answered('1..5', '4.5')).toBeUndefined();
    expect(answered('1..5', '5 stars')).toBe(5);
    expect(answered('1..5', '5stars')).toBeUndefined();
    expect(answered('1..15', '12')).toBe(12);
  });

  it('a list gives its item as written', () => {
    expect(answered('[Red, "Dark Blue"]', 'red')).toBe('Red');
    expect(answered('[Red, "Dark Blue"]', 'dark blue please')).toBe('Dark Blue');
    expect(answered('[Red, "Dark Blue"]', 'dark')).toBeUndefined();
    expect(answered('[Red, "Dark Blue"]', 'not red')).toBeUndefined();
  });

  it('a map gives its key', () => {
    const yesNo = '{ yes: [1, بله, آره], no: [2, نه] }';
    expect(['1', 'بله', 'آره حتما', '۲', 'نه'].map((text) => answered(yesNo, text))).toEqual([
      'yes',
      'yes',
      'yes',
      'no',
      'no',
    ]);
    expect(answered(yesNo, 'yes')).toBeUndefined();
  });

  it('text gives the text', () => {
    expect(answered('text', ' Any ۵ thing! ')).toBe(' Any ۵ thing! ');
  });

  it('the longest that fits wins', () => {
    const options = '{ a: [no], b: ["no way"], c: ["no way out"] }';
    expect(
      ['no', 'no thanks', 'no way', 'no way at all', 'no way out now'].map((text) => answered(options, text)),
    ).toEqual(['a', 'a', 'b', 'b', 'c']);
    expect(answered('{ c: ["no way out"], a: [no] }', 'no way out')).toBe('c');
  });

  it('are saved with the text and the channel', () => {
    const journey =
      'trigger: { event: visit }\nsteps: [ { ask: hello, answers: 1..5, save_as: reply, else: [ stop: none ] }, { stop: "{{reply.value}}|{{reply.text}}|{{reply.channel}}" } ]';
    expect(story({ journey, events: [visit, writes('11-21 11:00', '5 Stars')] }).at(-1)).toBe(
      '11-21 11:00 exited 5|5 Stars|sms',
    );
  });
});

describe('replies: a question', () => {
  const text =
    'trigger: { event: visit }\nsteps: [ { ask: hello, answers: 1..5, within: 2 hours, unless: [purchase], save_as: reply, else: [ stop: late ] }, { stop: on } ]';

  it('prints asked after its sent, and answered', () => {
    expect(story({ journey: text, events: [visit, writes('11-21 11:00', '3')] })).toEqual([
      '11-21 10:00 entered visit',
      '11-21 10:00 sent hello',
      '11-21 10:00 asked hello until 11-21 12:00',
      '11-21 11:00 answered 3',
      '11-21 11:00 exited on',
    ]);
  });

  it('takes an answer at its last instant, and goes to else after it', () => {
    expect(story({ journey: text, events: [visit, writes('11-21 12:00', '3')] }).at(-1)).toBe('11-21 12:00 exited on');
    expect(story({ journey: text, events: [visit, writes('11-21 12:00:01', '3')] }).slice(3)).toEqual([
      '11-21 12:00 resumed timeout',
      '11-21 12:00 exited late',
    ]);
  });

  it('without within is open for three days', () => {
    const journey = 'trigger: { event: visit }\nsteps: [ { ask: hello, answers: 1..5 }, { stop: on } ]';
    expect(story({ journey, events: [visit] })[2]).toBe('11-21 10:00 asked hello until 11-24 10:00');
  });

  it('is closed by one of unless, without else, and its name stays unknown', () => {
    const known = text.replace('{ stop: on }', '{ choose: [ { when: known(reply), then: [ stop: known ] } ] }');
    expect(
      story({
        journey: known,
        events: [visit, on('11-21 11:00', 'purchase', { amount: 1 }), writes('11-21 11:30', '3')],
      }).slice(3),
    ).toEqual(['11-21 11:00 resumed event purchase', '11-21 11:00 chosen none', '11-21 11:00 exited completed']);
  });

  it('goes to else when it was suppressed or failed on every channel', () => {
    expect(story({ journey: text, customers: [{ id: 'c1' }], events: [visit] }).slice(1)).toEqual([
      '11-21 10:00 suppressed hello no_address',
      '11-21 10:00 exited late',
    ]);
    expect(story({ journey: text, events: [visit], channelResults: { sms: 'failed' } }).at(-1)).toBe(
      '11-21 10:00 exited late',
    );
  });

  it('is answered on the channel on which it was sent, the fallback one too', () => {
    const both = text.replace('ask: hello', 'ask: both');
    const customers = [{ ...c1, email: 'sara@example.com' }];
    const told = (channel: string, given: object = {}) =>
      story({ journey: both, customers, events: [visit, writes('11-21 11:00', '3', channel)], ...given }, 'answered');
    expect(told('sms')).toHaveLength(1);
    expect(told('email')).toHaveLength(0);
    expect(told('email', { channelResults: { sms: 'failed' } })).toHaveLength(1);
    const later = {
      journey: both.replace('ask: both', 'ask: both, fallback_after: 10 minutes'),
      channelResults: { sms: 'silent' },
    };
    expect(told('email', later)).toHaveLength(1);
    expect(told('sms', later)).toHaveLength(1);
    expect(told('email', { channelResults: { sms: 'silent' } })).toHaveLength(0);
  });
});

describe('replies: who takes one', () => {
  const words = policy(
    '  news: { consent: required }\n  survey: { consent: not_needed }',
    'opt_out: { words: ["11", لغو], purposes: [news, survey] }\nopt_in: { words: ["12"], purposes: [news] }\n',
  );
  const ask = 'trigger: { event: visit }\nsteps: [ { ask: hello, answers: text, within: 1 day }, { stop: taken } ]';
  const waits = 'trigger: { event: visit }\nsteps: [ { wait_for: message.received }, { stop: met } ]';
  const starts = 'trigger: { event: message.received }\nsteps: [ { stop: started } ]';
  const told = (journeys: Readonly<Record<string, string>>, text: string, more: object = {}) =>
    story({ journeys, files: words, events: [visit, writes('11-21 11:00', text)], ...more })
      .filter((line) => line.startsWith('11-21 11:00'))
      .map((line) => line.slice(12));

  it('an opt-out or opt-in word first, before a question, and nobody else', () => {
    expect(told({ a: ask, b: waits, c: starts }, '۱۱')).toEqual([]);
    expect(told({ a: ask, b: waits, c: starts }, '12!')).toEqual([]);
  });

  it('the policy may know words of one sort only', () => {
    const out = policy('', 'opt_out: { words: ["11"], purposes: [transactional] }\n');
    const back = policy('', 'opt_in: { words: ["12"], purposes: [transactional] }\n');
    expect(told({ a: ask }, '11', { files: out })).toEqual([]);
    expect(told({ a: ask }, '12', { files: out })).toEqual(['a answered 12', 'a exited taken']);
    expect(told({ a: ask }, '12', { files: back })).toEqual([]);
    expect(told({ a: ask }, '11', { files: back })).toEqual(['a answered 11', 'a exited taken']);
  });

  it('is no answer of a question: check refuses it there', () => {
    const journey = 'trigger: { event: visit }\nsteps: [ { ask: hello, answers: [red, لغو] } ]';
    expect(() => story({ journey, files: words, events: [] })).toThrow(/لغو/);
  });

  it('a word that is only a part of the text is none', () => {
    expect(told({ a: ask, b: waits, c: starts }, 'لغو کن')).toEqual(['a answered لغو کن', 'a exited taken']);
  });

  it('the word withdraws or grants before anything else is tested', () => {
    const journeys = {
      a: 'purpose: news\nexit: { event: message.received, when: event.text == "11" }\ntrigger: { event: visit }\nsteps: [ { wait: 2 hours }, { send: hello } ]',
      b: 'purpose: survey\ntrigger: { event: visit }\nsteps: [ { wait: 2 hours }, { send: hello } ]',
    };
    const after = (text: string) =>
      story(
        {
          journeys,
          files: words,
          customers: [{ ...c1, consent: { news: true } }],
          events: [visit, writes('11-21 11:00', text)],
        },
        'sent',
        'suppressed',
        'exited',
      ).map((line) => line.slice(6));
    expect(after('لغو')).toEqual([
      '12:00 a suppressed hello opted_out',
      '12:00 a exited completed',
      '12:00 b suppressed hello opted_out',
      '12:00 b exited completed',
    ]);
    expect(after('11')[0]).toBe('11:00 a exited exit_rule');
    const granted = story(
      { journeys: { a: journeys.a }, files: words, events: [visit, writes('11-21 11:00', '12')] },
      'sent',
    );
    expect(granted).toEqual(['11-21 12:00 a sent hello']);
  });

  it('exits and goals are tested whoever takes it', () => {
    const journeys = {
      a: ask,
      b: 'exit: { event: message.received }\ntrigger: { event: visit }\nsteps: [ wait: 1 day ]',
      c: 'goal: { event: message.received }\ntrigger: { event: visit }\nsteps: [ wait: 1 day ]',
    };
    expect(told(journeys, 'so')).toEqual([
      'b exited exit_rule',
      'c goal',
      'c exited goal',
      'a answered so',
      'a exited taken',
    ]);
  });

  it('then the newest open question whose answers it fits, and no wait', () => {
    const older = ask.replace('text, within', '[red], within');
    const newer =
      'trigger: { event: purchase }\nsteps: [ { ask: hello, answers: [red, blue], within: 1 day }, { stop: taken } ]';
    const events = (text: string) => [visit, on('11-21 10:30', 'purchase', { amount: 1 }), writes('11-21 11:00', text)];
    expect(told({ a: older, b: newer, c: waits }, '', { events: events('red') })).toEqual([
      'b answered red',
      'b exited taken',
    ]);
    expect(told({ a: newer, b: older, c: waits }, '', { events: events('blue') })).toEqual([
      'a answered blue',
      'a exited taken',
    ]);
    const narrow = newer.replace('[red, blue]', '[blue]');
    expect(told({ a: older, b: narrow, c: waits }, '', { events: events('red') })).toEqual([
      'a answered red',
      'a exited taken',
    ]);
  });

  it('of questions sent by one event the one sent last', () => {
    expect(told({ a: ask, b: ask }, 'so')).toEqual(['b answered so', 'b exited taken']);
  });

  it('then the waits that it meets, all of them', () => {
    expect(told({ a: waits, b: waits, c: starts }, 'so')).toEqual([
      'a resumed event message.received',
      'a exited met',
      'b resumed event message.received',
      'b exited met',
    ]);
  });

  it('not a wait that is over', () => {
    const over = 'trigger: { event: visit }\nsteps: [ { wait_for: message.received }, { wait: 9 days } ]';
    const events = [visit, writes('11-21 10:30', 'one'), writes('11-21 11:00', 'two')];
    expect(told({ a: over, b: starts }, '', { events })).toEqual(['b entered message.received', 'b exited started']);
  });

  it('else it starts journeys or prints why not', () => {
    const picky = starts.replace('{ event: message.received }', '{ event: message.received, when: event.text == "x" }');
    expect(told({ b: starts, c: picky }, 'so')).toEqual([
      'b entered message.received',
      'b exited started',
      'c not_entered condition_false',
    ]);
    expect(told({ a: ask, c: picky }, 'so')).toEqual(['a answered so', 'a exited taken']);
    const wait = waits.replace(
      '{ wait_for: message.received }',
      '{ wait_for: message.received, when: event.text == "y" }',
    );
    expect(told({ a: wait, b: starts }, 'so')).toEqual(['b entered message.received', 'b exited started']);
  });

  it('a question of another channel does not', () => {
    expect(told({ a: ask, b: starts }, '', { events: [visit, writes('11-21 11:00', 'so', 'telegram')] })).toEqual([
      'b entered message.received',
      'b exited started',
    ]);
  });
});

describe('replies: one that fits nothing', () => {
  const ask = (reask: string, top = '') =>
    `${top}trigger: { event: visit }\nsteps: [ { ask: hello, answers: 1..5, within: 1 day${reask} }, { stop: taken } ]`;
  const odd = (time: string) => writes(time, 'what?');
  const sent = (journey: string, given: object = {}) =>
    story({ journey, events: [visit, odd('11-21 11:00'), odd('11-21 12:00')], ...given }, 'sent', 'answered', 'exited');

  it('makes the question repeat itself, as often as reask says', () => {
    expect(sent(ask(', reask: 1'))).toEqual([
      '11-21 10:00 sent hello',
      '11-21 11:00 sent hello',
      '11-22 10:00 exited taken',
    ]);
    expect(sent(ask(', reask: 2'))).toHaveLength(4);
    expect(sent(ask(''))).toHaveLength(2);
  });

  it('lets it be answered afterwards, in the time that it had', () => {
    const events = [visit, odd('11-21 11:00'), writes('11-21 12:00', '4')];
    expect(story({ journey: ask(', reask: 1'), events }, 'sent', 'answered')).toEqual([
      '11-21 10:00 sent hello',
      '11-21 11:00 sent hello',
      '11-21 12:00 answered 4',
    ]);
  });

  it('is not sent to whoever has withdrawn since', () => {
    const files = policy('  news: { consent: required }');
    const customers = [{ ...c1, consent: { news: true } }];
    const withdrawn = on('11-21 11:00', 'consent.withdrawn', { purpose: 'news' });
    const events = [visit, withdrawn, writes('11-21 12:00', 'what?')];
    expect(
      story({ journey: ask(', reask: 1', 'purpose: news\n'), files, customers, events }, 'sent', 'suppressed'),
    ).toEqual(['11-21 10:00 sent hello', '11-21 12:00 suppressed hello opted_out']);
  });

  it('is not capped again', () => {
    const files = policy('  news: { consent: not_needed, caps: [ 1 per 1 day ] }');
    expect(sent(ask(', reask: 1', 'purpose: news\n'), { files })).toHaveLength(3);
    const other = {
      a: ask(', reask: 1', 'purpose: news\n'),
      b: 'purpose: news\ntrigger: { event: purchase }\nsteps: [ send: bye ]',
    };
    const two = policy('  news: { consent: not_needed, caps: [ 2 per 1 day ] }');
    const events = [visit, odd('11-21 11:00'), on('11-21 12:00', 'purchase', { amount: 1 })];
    expect(story({ journeys: other, files: two, events }, 'sent').at(-1)).toBe('11-21 12:00 b sent bye');
  });

  it('only where it meets no wait and starts no journey', () => {
    const waits = 'trigger: { event: visit }\nsteps: [ { wait_for: message.received }, { stop: met } ]';
    const starts = 'trigger: { event: message.received }\nsteps: [ { stop: started } ]';
    const refuses = 'trigger: { event: message.received, when: event.text == "x" }\nsteps: [ { stop: started } ]';
    const again = (b: string) =>
      story({ journeys: { a: ask(', reask: 1'), b }, events: [visit, odd('11-21 11:00')] }, 'sent').length;
    expect([again(waits), again(starts), again(refuses)]).toEqual([1, 1, 2]);
  });

  it('is repeated by the newest question on that channel alone', () => {
    const newer = ask(', reask: 1').replace('{ event: visit }', '{ event: purchase }').replace('hello', 'bye');
    const events = [visit, on('11-21 10:30', 'purchase', { amount: 1 }), odd('11-21 11:00')];
    expect(story({ journeys: { a: ask(', reask: 1'), b: newer }, events }, 'sent').slice(2)).toEqual([
      '11-21 11:00 b sent bye',
    ]);
    expect(
      story(
        { journeys: { a: ask(', reask: 1') }, events: [visit, writes('11-21 11:00', 'what?', 'telegram')] },
        'sent',
      ),
    ).toHaveLength(1);
    const tired = newer.replace(', reask: 1', '');
    expect(story({ journeys: { a: ask(', reask: 1'), b: tired }, events }, 'sent')).toHaveLength(2);
  });
});

describe('replies: a question that is asked again', () => {
  const told = (last: string) =>
    story(
      {
        journey: `trigger: { event: visit }\nsteps: [ { ask: hello, answers: 1..5, within: 1 day, reask: 1, not_after: "${tehran(last)}" } ]`,
        events: [visit, writes('11-21 11:00', 'what?')],
      },
      'sent',
      'suppressed',
    );

  it('keeps to its last instant, which is included', () => {
    expect(told('11-21 11:00')).toEqual(['11-21 10:00 sent hello', '11-21 11:00 sent hello']);
    expect(told('11-21 10:59')).toEqual(['11-21 10:00 sent hello', '11-21 11:00 suppressed hello too_late']);
  });
});
