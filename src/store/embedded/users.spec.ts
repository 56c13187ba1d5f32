import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Users } from './users.js';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'peyk-users-'));
});
afterEach(() => {
  rmSync(home, { recursive: true });
});

describe('the users of a server', () => {
  it('are counted, one process more than once', () => {
    const users = new Users(home);
    expect(users.count()).toBe(0);
    const [one, two] = [users.join(), users.join()];
    expect(users.count()).toBe(2);
    users.leave(one);
    expect(users.count()).toBe(1);
    users.leave(two);
    users.leave(two);
    expect(users.count()).toBe(0);
  });

  it('that died are forgotten, also when their number is in use again', () => {
    const users = new Users(home);
    users.join();
    writeFileSync(join(home, 'users', '2147483646-1'), 'a start time');
    writeFileSync(join(home, 'users', `${String(process.pid)}-9`), 'another start time');
    expect(users.count()).toBe(1);
    expect(readdirSync(join(home, 'users'))).toEqual([`${String(process.pid)}-1`]);
  });
});
