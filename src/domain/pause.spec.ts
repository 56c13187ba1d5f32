import { isPaused, pauseText, type Pause } from './pause.js';

const message = { journey: 'welcome', channel: 'sms', purpose: 'marketing' };

describe('a message', () => {
  it.each<readonly [string, readonly Pause[], boolean]>([
    ['nothing', [], false],
    ['everything', [{ kind: 'all', name: '' }], true],
    ['its journey', [{ kind: 'journey', name: 'welcome' }], true],
    ['its channel', [{ kind: 'channel', name: 'sms' }], true],
    ['its purpose', [{ kind: 'purpose', name: 'marketing' }], true],
    ['another journey', [{ kind: 'journey', name: 'marketing' }], false],
    [
      'another journey and its purpose',
      [
        { kind: 'journey', name: 'other' },
        { kind: 'purpose', name: 'marketing' },
      ],
      true,
    ],
  ])('while %s is paused', (_, pauses, paused) => {
    expect(isPaused(pauses, message)).toBe(paused);
  });
});

it('a pause is told by kind and name', () => {
  expect([pauseText({ kind: 'journey', name: 'welcome' }), pauseText({ kind: 'all', name: '' })]).toEqual([
    'journey welcome',
    'everything',
  ]);
});
