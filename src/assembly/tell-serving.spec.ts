import { createLog } from '../ops/log.js';
import { tellServing } from './tell-serving.js';

type Serving = Parameters<typeof tellServing>[0];

function told(serving: Partial<Omit<Serving, 'channels'>>, channels: object): readonly string[] {
  const lines: string[] = [];
  const log = createLog({ level: 'info', secrets: [] }, { write: (line) => void lines.push(line) });
  const whole = { journeys: [], notRun: new Map(), ...serving, channels: channels as unknown as Serving['channels'] };
  tellServing(whole, log);
  return lines.map((line) => (JSON.parse(line) as { msg: string }).msg);
}

describe('what a start tells', () => {
  it('is who is served, who is not and why, and how messages leave', () => {
    const journeys = ['repair', 'gift', 'idea'].map((name) => ({ name, draft: name === 'idea' }));
    const channels = [
      { channel: 'sms', provider: 'kavenegar' },
      { channel: 'sms', provider: 'other' },
      { channel: 'email', provider: 'smtp' },
    ];
    const unavailable = [
      { channel: 'bale', provider: 'safir', reason: 'no key' },
      { channel: 'email', provider: 'second', reason: 'no key' },
    ];
    expect(told({ journeys, notRun: new Map([['gift', ['credit', 'schedules']]]) }, { channels, unavailable })).toEqual(
      [
        'journeys served: repair; not served: gift (needs credit, schedules), idea (a draft)',
        'channels: sms by kavenegar or other, email by smtp, bale holds its messages',
      ],
    );
  });

  it('says that there is nothing where there is nothing', () => {
    expect(told({}, { channels: [], unavailable: [] })).toEqual([
      'journeys served: none; not served: none',
      'channels: none',
    ]);
  });
});
