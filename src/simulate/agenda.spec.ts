import { Agenda, type Item } from './agenda.js';

function item(at: number, customer: string, kind: Item['kind'] = 'timer', journey = ''): Item {
  return { at, customer, kind, journey };
}

function drained(agenda: Agenda<Item>): readonly string[] {
  const taken: string[] = [];
  for (let due = agenda.take(); due !== undefined; due = agenda.take())
    taken.push([String(due.at), due.kind, due.journey, due.customer].filter((part) => part !== '').join(' '));
  return taken;
}

describe('the agenda', () => {
  it('gives the oldest first, of one instant by customer in code point order', () => {
    const agenda = new Agenda<Item>();
    for (const [at, customer] of [
      [3, 'b'],
      [1, 'z'],
      [3, 'a'],
      [2, '𝒞'],
      [2, 'ﬀ'],
    ] as const)
      agenda.add(item(at, customer));
    expect(agenda.first).toEqual(item(1, 'z'));
    expect(drained(agenda)).toEqual(['1 timer z', '2 timer ﬀ', '2 timer 𝒞', '3 timer a', '3 timer b']);
  });

  it('gives expiries before timers, timers before starts, and starts by journey before customer', () => {
    const agenda = new Agenda<Item>();
    agenda.add(item(1, 'a', 'start', 'k'));
    agenda.add(item(1, 'b', 'start', 'j'));
    agenda.add(item(1, 'c'));
    agenda.add(item(1, 'd', 'expiry'));
    expect(drained(agenda)).toEqual(['1 expiry d', '1 timer c', '1 start j b', '1 start k a']);
  });

  it('is empty when all is taken, and may be filled again', () => {
    const agenda = new Agenda<Item>();
    expect([agenda.first, agenda.take()]).toEqual([undefined, undefined]);
    agenda.add(item(1, 'a'));
    expect(drained(agenda)).toEqual(['1 timer a']);
    agenda.add(item(2, 'b'));
    expect(drained(agenda)).toEqual(['2 timer b']);
  });

  it('sorts many of one instant by customer, in whatever order they came', () => {
    const agenda = new Agenda<Item>();
    const names = Array.from({ length: 300 }, (_, number) => `c-${String((number * 7_919) % 300)}`);
    for (const name of names) agenda.add(item(1, name));
    expect(drained(agenda)).toEqual(names.sort().map((name) => `1 timer ${name}`));
  });

  it('sorts like a list, whatever comes in between', () => {
    const agenda = new Agenda<Item>();
    let list: number[] = [];
    for (let turn = 0, at = 7; turn < 2_000; turn += 1, at = (at * 48_271) % 2_147_483_647) {
      if (turn % 3 === 2) {
        list.sort((a, b) => a - b);
        expect(agenda.take()?.at).toBe(list[0]);
        list = list.slice(1);
      } else {
        agenda.add(item(at % 500, 'c'));
        list.push(at % 500);
      }
    }
    expect(drained(agenda)).toEqual(list.sort((a, b) => a - b).map((at) => `${String(at)} timer c`));
  });
});
