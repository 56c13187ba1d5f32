import type { Content } from '../../message/message.js';
import type { Answers, AskStep, SendStep } from '../step.js';
import { answerTo } from './ask.js';
import { buttonsFor, withButtons } from './buttons.js';

function words(options: Readonly<Record<string, readonly string[]>>): Answers {
  return { kind: 'words', options: Object.entries(options).map(([value, each]) => ({ value, words: each })) };
}

function range(from: number, to: number): Answers {
  return { kind: 'range', from, to };
}

describe('the buttons of a question', () => {
  it.each<[string, Answers, readonly string[]]>([
    ['each number of a range', range(1, 5), ['1', '2', '3', '4', '5']],
    ['the eleven of 0..10', range(0, 10), ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10']],
    ['none of a longer range', range(1, 12), []],
    ['none of a range without end', range(0, Number.MAX_SAFE_INTEGER), []],
    ['none where any text will do', { kind: 'text' }, []],
    ['the names of a list, as they are written', words({ Red: ['red'], سبز: ['سبز'] }), ['Red', 'سبز']],
    [
      'the first word of an answer, not its number',
      words({ yes: ['1', 'بله', 'آره'], no: ['2', 'نه'] }),
      ['بله', 'نه'],
    ],
    ['the number where there is no word', words({ yes: ['1'], no: ['2'] }), ['1', '2']],
    ['the name where it is one of the words', words({ بله: ['1', 'بله'] }), ['بله']],
    [
      'none of a long list',
      words(Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`a${String(at)}`, ['x']]))),
      [],
    ],
  ])('are %s', (_, answers, expected) => {
    expect(buttonsFor(answers)).toEqual(expected);
  });

  it.each([range(-1, 3), words({ Red: ['red'], yes: ['1', 'بله'] })])('bring back what is an answer: %j', (answers) => {
    const step = { kind: 'ask', answers } as AskStep;
    for (const label of buttonsFor(answers)) {
      expect(answerTo(step, label.toLowerCase(), label)).toBeDefined();
    }
  });

  it('stand below a question on messengers, and below nothing else', () => {
    const ask = { kind: 'ask', answers: range(1, 2) } as AskStep;
    const text = (channel: 'telegram' | 'bale' | 'whatsapp'): Content => ({ channel, text: 'چند؟' });
    expect(withButtons(text('telegram'), ask)).toEqual({ channel: 'telegram', text: 'چند؟', buttons: ['1', '2'] });
    expect(withButtons(text('bale'), ask)).toMatchObject({ buttons: ['1', '2'] });
    expect(withButtons(text('whatsapp'), ask)).toEqual(text('whatsapp'));
    expect(withButtons(text('telegram'), { kind: 'send' } as SendStep)).toEqual(text('telegram'));
    const sms: Content = { channel: 'sms', text: 'چند؟', parts: 1 };
    expect(withButtons(sms, ask)).toEqual(sms);
  });
});
