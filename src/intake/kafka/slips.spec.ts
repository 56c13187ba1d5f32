import { Slips } from './slips.js';

function telling(): { readonly slips: Slips; readonly lines: string[] } {
  const lines: string[] = [];
  return { slips: new Slips({ log: (level, message) => lines.push(`${level} ${message}`) }), lines };
}

const at = { topic: 'peyk.events', partition: 0, offset: '7' };

describe('slips of the pen in events from Kafka', () => {
  it('are told once, however many events have them', () => {
    const { slips, lines } = telling();
    for (let event = 0; event < 3; event += 1)
      slips.tell(['unknown attribute "phne"; did you mean phone?', 'unknown attribute "attr1"; declare it'], at);
    slips.tell(['unknown attribute "attr2"; declare it'], at);
    expect(lines).toEqual([
      'warn an event was taken with unknown attribute "phne"; did you mean phone?',
      'warn an event was taken with unknown attribute "attr1"; declare it',
      'warn an event was taken with unknown attribute "attr2"; declare it',
    ]);
  });

  it('are told once of phone numbers, each of which is another', () => {
    const { slips, lines } = telling();
    slips.tell(['phone 9121234567 seems to have lost its leading zero'], at);
    slips.tell(['phone 9121234568 seems to have lost its leading zero'], at);
    expect(lines).toHaveLength(1);
  });

  it('are not remembered without end', () => {
    const { slips, lines } = telling();
    for (let event = 0; event <= 1_000; event += 1) slips.tell([`unknown attribute "own_${String(event)}"`], at);
    slips.tell(['unknown attribute "own_0"'], at);
    expect(lines).toHaveLength(1_002);
  });
});
