import { deadLetterMessage, deadTopic, withoutValue } from './dead-letter-message.js';

const letter = {
  no: 7,
  origin: 'shop.events/3/42',
  topic: 'shop.events',
  key: 'c1',
  payload: Buffer.from('x'),
  headers: { trace: 't', 'peyk-reason': 'an older one' },
  place: 'data.n',
  reason: 'is missing',
};

describe('the copy of a dead letter', () => {
  it('goes to the dead topic beside its own', () => {
    expect(deadTopic('shop.events')).toBe('shop.events.dead');
  });

  it('has key, value and headers as they came, and what was wrong', () => {
    expect(deadLetterMessage(letter)).toEqual({
      key: 'c1',
      value: Buffer.from('x'),
      headers: {
        trace: 't',
        'peyk-dead-letter': '7',
        'peyk-reason': 'is missing',
        'peyk-place': 'data.n',
        'peyk-source-topic': 'shop.events',
        'peyk-source-partition': '3',
        'peyk-source-offset': '42',
      },
    });
  });

  it('says where the value is when it had to leave it out', () => {
    const message = withoutValue(deadLetterMessage(letter), 7);
    expect(message.value).toEqual(Buffer.alloc(0));
    expect(message.headers).toMatchObject({
      trace: 't',
      'peyk-value': 'too large to copy: npx peyk dead-letters show 7',
    });
  });
});
