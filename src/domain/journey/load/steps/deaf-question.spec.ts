import { journeyText, toldOf } from '../../../../../test/given/workspace.js';

const letter = '---\nsubject: سلام\n---\nسلام\n';
const files = { 'templates/letter/email.hbs': letter, 'templates/hello/email.hbs': letter };

function told(step: string): readonly string[] {
  const steps = `  - { ${step}, save_as: answer, else: [ stop: none ] }`;
  return toldOf({ ...files, 'journeys/test.yaml': journeyText({ steps }) });
}

const deaf =
  'warning: this question goes by e-mail alone, and Peyk reads no mailbox: an answer comes only where you pass it on as message.received; ask on another channel too, or name in unless the event that a link in it leads to';

describe('a question by e-mail', () => {
  it('is warned of where no other channel can take it', () => {
    expect(told('ask: letter, answers: 1..5')).toEqual([`journeys/test.yaml:5:12: ${deaf}`]);
    expect(told('ask: hello, via: email, answers: text')).toEqual([`journeys/test.yaml:5:24: ${deaf}`]);
  });

  it('is well beside another channel, or where an event closes it', () => {
    expect(told('ask: hello, answers: 1..5')).toEqual([]);
    expect(told('ask: hello, via: [email, sms], answers: 1..5')).toEqual([]);
    expect(told('ask: hello, via: reply, answers: 1..5')).toEqual([]);
    expect(told('ask: letter, answers: 1..5, unless: visit')).toEqual([]);
  });

  it('is nothing to a message that asks nothing', () => {
    const steps = '  - { send: letter }';
    expect(toldOf({ ...files, 'journeys/test.yaml': journeyText({ steps }) })).toEqual([]);
  });
});
