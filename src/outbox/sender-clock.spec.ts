import { Pace } from './pace.js';
import { DatabaseClock, Lease } from './sender-clock.js';
import { senderSettings } from './settings.js';

function clockAt(monotonic: number, wall: number) {
  const clock = { at: { monotonic, wall }, monotonic: () => clock.at.monotonic, wall: () => clock.at.wall };
  return clock;
}

describe('a lease', () => {
  it.each([
    [30_000, 30_000, 30_000],
    [30_000, 50_000, 10_000],
    [50_000, 30_000, 10_000],
    [70_000, 0, -10_000],
  ])('after %i ms by one clock and %i ms by the other has %i ms left', (monotonic, wall, left) => {
    const clock = clockAt(1_000, 5_000_000);
    const lease = new Lease('token', 60_000, clock);
    clock.at = { monotonic: 1_000 + monotonic, wall: 5_000_000 + wall };
    expect(lease.timeLeft()).toBe(left);
  });
});

describe('the database’s clock', () => {
  it('is this machine’s until the database has been heard', () => {
    const clock = clockAt(10, 5_000);
    const database = new DatabaseClock(clock);
    expect(database.now()).toBe(5_000);
    database.heard(9_000);
    clock.at = { monotonic: 110, wall: 0 };
    expect(database.now()).toBe(9_100);
  });
});

describe('reading ahead', () => {
  it('follows what was finished in the last quarter second, at most 1,000', () => {
    const clock = clockAt(0, 0);
    const pace = new Pace(clock);
    expect(pace.readAhead()).toBe(0);
    for (let count = 0; count < 100; count += 1) pace.done(1);
    expect(pace.readAhead()).toBe(100);
    clock.at = { monotonic: 250, wall: 0 };
    expect(pace.readAhead()).toBe(36);
    for (let count = 0; count < 2_000; count += 1) pace.done(1);
    expect(pace.readAhead()).toBe(1_000);
  });
});

describe('settings', () => {
  it('that contradict each other are refused by name', () => {
    expect(() => senderSettings({ leaseMs: 10_000, callTimeoutMs: 5_000 })).toThrow(/callTimeoutMs \(5000\).*leaseMs/);
    const inDoubt = { askAfterMs: 1_000, askUntilMs: 2_000 };
    expect(() => senderSettings({ inDoubt })).toThrow(/inDoubt.askAfterMs \(1000\).*callTimeoutMs/);
  });

  it('have defaults', () => {
    expect(senderSettings({ leaseMs: 90_000 })).toMatchObject({ leaseMs: 90_000, callTimeoutMs: 8_000 });
  });
});
