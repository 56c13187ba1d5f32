import { on, story } from '../../../test/given/simulation.js';

const visit = (time: string) => on(time, 'visit');
const buys = (time: string) => on(time, 'purchase', { amount: 1 });
const asks = (event: string, before = '') =>
  `trigger: { event: ${event} }\nsteps: [ ${before}{ ask: hello, answers: text, within: 1 day } ]`;
const answers = (journeys: Readonly<Record<string, string>>, ...events: readonly ReturnType<typeof on>[]) => {
  const reply = on('11-21 15:00', 'message.received', { channel: 'sms', from: 'x', text: 'so' });
  return story({ journeys, events: [...events, reply] }, 'answered');
};

describe('the newest open question', () => {
  it('of one instant is that of the later event, whatever the journeys are called', () => {
    const journeys = { a: asks('purchase'), b: asks('visit') };
    expect(answers(journeys, visit('11-21 10:00'), buys('11-21 10:00'))).toEqual(['11-21 15:00 a answered so']);
    expect(answers(journeys, buys('11-21 10:00'), visit('11-21 10:00'))).toEqual(['11-21 15:00 b answered so']);
  });

  it('is the one sent last, also where both were by timers that one event set', () => {
    const journeys = { a: asks('visit', '{ wait: 2 hours }, '), b: asks('visit', '{ wait: 1 hour }, ') };
    expect(answers(journeys, visit('11-21 10:00'))).toEqual(['11-21 15:00 a answered so']);
  });

  it('is the one sent last, also where an earlier event led to it', () => {
    const journeys = { a: asks('purchase'), b: asks('visit', '{ wait: 2 hours }, ') };
    expect(answers(journeys, visit('11-21 10:00'), buys('11-21 11:00'))).toEqual(['11-21 15:00 b answered so']);
  });
});
