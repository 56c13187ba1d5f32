import { on, simulated, story, type Line } from '../../../test/given/simulation.js';

const visit = (time: string, data: object = {}) => on(time, 'visit', data);
const redeems = (time: string, amount: number, reference: string) => on(time, 'credit.redeemed', { amount, reference });
const money = ({ at, kind, amount, balance, expires_at: expires }: Line) => {
  const day = (instant: unknown) => (typeof instant === 'string' ? ` until ${instant.slice(5, 10)}` : '');
  return `${at.slice(5, 10)} ${kind} ${String(amount)} of ${String(balance)}${day(expires)}`;
};
const told = (given: Parameters<typeof simulated>[0]) =>
  simulated(given)
    .lines.filter((line) => line['balance'] !== undefined)
    .map(money);
const granting = (...steps: readonly string[]) => `trigger: { event: visit }\nsteps: [ ${steps.join(', ')} ]`;

describe('credit: a grant', () => {
  it('gives its amount, says when it expires and what there is in all', () => {
    const journey = granting('{ grant: 20 toman, expires: 3 days }', '{ grant: 50 rial }');
    expect(told({ journey, events: [visit('11-21 10:00')], until: '11-23 00:00' })).toEqual([
      '11-21 granted 200 of 200 until 11-24',
      '11-21 granted 50 of 250',
    ]);
  });

  it('is rounded down, first to round_to, then cut to at_most, then to a whole rial', () => {
    const amount = (grant: string) =>
      simulated({
        journey: `trigger: { event: purchase }\nsteps: [ { grant: ${grant} } ]`,
        events: [on('11-21 10:00', 'purchase', { amount: 1_999 })],
      }).lines.find(({ kind }) => kind === 'granted')?.['amount'];
    expect(amount('=trigger.amount * 0.05')).toBe(99);
    expect(amount('=trigger.amount * 0.05, round_to: 3 toman')).toBe(90);
    expect(amount('=trigger.amount * 0.05, round_to: 3 toman, at_most: 50 rial')).toBe(50);
    expect(amount('=trigger.amount * 0.05, round_to: 3 toman, at_most: 95 rial')).toBe(90);
    expect(amount('=trigger.amount * 0.05, at_most: 95 rial')).toBe(95);
    expect(amount('=trigger.amount * 0.05, round_to: 100 toman')).toBeUndefined();
    expect(amount('=trigger.amount * 0.29, at_most: 57900 rial')).toBe(579);
  });

  it('of zero or less, or of an unknown amount, grants nothing', () => {
    const grants = (grant: string) =>
      told({ journey: granting(`{ grant: ${grant} }`, '{ stop: on }'), events: [visit('11-21 10:00', { n: 0 })] });
    expect(grants('0 rial')).toEqual([]);
    expect(grants(`'=toman(1) * default(trigger.n, 0)'`)).toEqual([]);
    expect(grants('=toman(0) - toman(5)')).toEqual([]);
  });

  it('is saved under a name: its amount, expiry and the balance', () => {
    const text = granting(
      '{ grant: 5 toman }',
      '{ grant: 20 toman, expires: 3 days, save_as: gift }',
      '{ choose: [ { when: known(gift), then: [ stop: "{{gift.amount}} {{gift.balance}}" ] } ] }',
    );
    expect(story({ journey: text, events: [visit('11-21 10:00')], until: '11-22 00:00' }).at(-1)).toBe(
      '11-21 10:00 exited 200 250',
    );
  });

  it('that grants nothing leaves its name unknown, also where it was known', () => {
    const text = granting(
      '{ grant: 0 rial, save_as: gift }',
      '{ choose: [ { when: known(gift), then: [ stop: known ] }, { else: [ stop: unknown ] } ] }',
    );
    expect(story({ journey: text, events: [visit('11-21 10:00')] }).at(-1)).toBe('11-21 10:00 exited unknown');
  });
});

describe('credit: redemption', () => {
  const two = granting(
    '{ grant: 100 rial, expires: 9 days }',
    '{ grant: 100 rial, expires: 3 days }',
    '{ grant: 100 rial }',
  );
  const expired = (...events: readonly ReturnType<typeof on>[]) =>
    told({ journey: two, events: [visit('11-21 10:00'), ...events] }).filter((line) => line.includes('expired'));

  it('uses the grant that expires first', () => {
    expect(expired()).toEqual([
      '11-24 credit_expired 100 of 200 until 11-24',
      '11-30 credit_expired 100 of 100 until 11-30',
    ]);
    expect(expired(redeems('11-22 10:00', 40, 'a'))).toEqual([
      '11-24 credit_expired 60 of 200 until 11-24',
      '11-30 credit_expired 100 of 100 until 11-30',
    ]);
    expect(expired(redeems('11-22 10:00', 130, 'a'))).toEqual(['11-30 credit_expired 70 of 100 until 11-30']);
  });

  it('uses what never expires last, and never goes below zero', () => {
    expect(expired(redeems('11-22 10:00', 250, 'a'))).toEqual([]);
    expect(
      told({
        journey: granting('{ grant: 100 rial }', '{ wait: 2 days }', '{ grant: 7 rial }'),
        events: [visit('11-21 10:00'), redeems('11-22 10:00', 500, 'a')],
      }).at(-1),
    ).toBe('11-23 granted 7 of 7');
  });

  it('of one reference counts once', () => {
    const events = [redeems('11-22 10:00', 40, 'a'), redeems('11-22 11:00', 40, 'a'), redeems('11-22 12:00', 10, 'b')];
    expect(expired(...events)[0]).toBe('11-24 credit_expired 50 of 200 until 11-24');
  });

  it('does not use what has expired', () => {
    expect(expired(redeems('11-24 10:00', 40, 'a')).at(-1)).toBe('11-30 credit_expired 60 of 100 until 11-30');
    expect(expired(redeems('11-24 09:59:59', 40, 'a'))[0]).toBe('11-24 credit_expired 60 of 200 until 11-24');
  });

  it('of grants that expire together uses the older', () => {
    const same =
      'about: repair_id\ntrigger: { event: repair.received }\nsteps: [ { grant: 100 rial, expires: 2026-11-30, id: "g" } ]';
    const events = [
      on('11-21 10:00', 'repair.received', { repair_id: 'r2' }),
      on('11-21 11:00', 'repair.received', { repair_id: 'r1' }),
      redeems('11-22 10:00', 30, 'a'),
    ];
    const { lines } = simulated({ journey: same, events });
    expect(lines.filter(({ kind }) => kind === 'credit_expired').map(({ key, amount }) => [key, amount])).toEqual([
      ['r2', 70],
      ['r1', 100],
    ]);
  });
});

describe('credit: what is left', () => {
  it('is gone at expires_at, with the journey, key and step of its grant', () => {
    const journey =
      'about: repair_id\ntrigger: { event: repair.received }\nsteps: [ { grant: 100 rial, expires: 1 day, id: present } ]';
    const { lines } = simulated({ journey, events: [on('11-21 10:00', 'repair.received')] });
    expect(lines.at(-1)).toEqual({
      ...{
        at: '2026-11-22T06:30:00.000Z',
        kind: 'credit_expired',
        customer: 'c1',
        journey: 'test',
        key: 'r1',
        step: 'present',
      },
      ...{ amount: 100, expires_at: '2026-11-22T06:30:00.000Z', balance: 0 },
    });
  });

  it('is not told of where it is nothing', () => {
    const journey = granting('{ grant: 100 rial, expires: 1 day }');
    expect(told({ journey, events: [visit('11-21 10:00'), redeems('11-21 11:00', 100, 'a')] })).toHaveLength(1);
  });

  it('is what credit() and credit(gift) see', () => {
    const steps = [
      '{ grant: 100 rial }',
      '{ grant: 50 rial, expires: 1 day, save_as: gift }',
      '{ wait: HOURS }',
      '{ choose: [ { when: known(gift) and credit(gift) > 0, then: [ stop: "={a}" ] }, { else: [ stop: gone ] } ] }',
    ];
    const after = (hours: string) =>
      story(
        {
          journey: granting(...steps)
            .replace('HOURS', hours)
            .replace('"={a}"', "'=credit() + credit(gift)'"),
          events: [visit('11-21 10:00'), redeems('11-21 11:00', 20, 'a')],
        },
        'exited',
      );
    expect(after('2 hours')).toEqual(['11-21 12:00 exited 160']);
    expect(after('1 day')).toEqual(['11-22 10:00 exited gone']);
    expect(after('23 hours')).toEqual(['11-22 09:00 exited 160']);
  });
});

describe('credit: take_back', () => {
  const taking = (...steps: readonly string[]) =>
    granting('{ grant: 100 rial }', '{ grant: 50 rial, expires: 9 days, save_as: gift }', '{ wait: 2 days }', ...steps);
  const after = (journey: string, ...events: readonly ReturnType<typeof on>[]) =>
    told({ journey, events: [visit('11-21 10:00'), ...events], until: '11-25 00:00' }).slice(2);

  it('takes the unspent rest of the grant that was saved', () => {
    expect(after(taking('{ take_back: gift }'))).toEqual(['11-23 taken_back 50 of 100 until 11-30']);
    expect(after(taking('{ take_back: gift }'), redeems('11-22 10:00', 20, 'a'))).toEqual([
      '11-23 taken_back 30 of 100 until 11-30',
    ]);
  });

  it('takes at_most so much, and once', () => {
    expect(
      after(
        taking(
          '{ take_back: gift, at_most: 20 rial }',
          '{ take_back: gift, id: again }',
          '{ take_back: gift, id: third }',
        ),
      ),
    ).toEqual(['11-23 taken_back 20 of 130 until 11-30', '11-23 taken_back 30 of 100 until 11-30']);
  });

  it('takes nothing where nothing is left', () => {
    expect(after(taking('{ take_back: gift }'), redeems('11-22 10:00', 60, 'a'))).toEqual([]);
  });

  it('saves what it took', () => {
    const journey = taking('{ take_back: gift, save_as: taken }', '{ stop: "{{taken.amount}}" }');
    expect(story({ journey, events: [visit('11-21 10:00'), redeems('11-22 10:00', 20, 'a')] }, 'exited')).toEqual([
      '11-23 10:00 exited 30',
    ]);
  });
});
