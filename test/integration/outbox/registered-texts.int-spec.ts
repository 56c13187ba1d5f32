import { statement } from '../../../src/store/connection.js';
import { Outbox, until } from './outbox-fixture.js';
import { OverKavenegar, settings } from './over-kavenegar.js';

const content = { text: 'کد شما ۱۲ است', parts: 1, lookup: 'code', tokens: { token: '۱۲' } };

let outbox: Outbox;
let kavenegar: OverKavenegar;
beforeAll(async () => {
  outbox = await Outbox.open();
});
afterAll(async () => {
  await outbox.close();
});
beforeEach(async () => {
  kavenegar = await OverKavenegar.open();
  kavenegar.server.templates.set('code', 'کد شما %token است');
});
afterEach(async () => {
  await outbox.stopAll();
  await kavenegar.close();
});

async function queueCodes(): Promise<void> {
  await outbox.queue({ id: 1, content, purpose: 'strict' }, { id: 2, content, purpose: 'lax' });
  await outbox.database.run(statement('', `update message set address = '+98912' || (1000000 + id)`));
}

describe('a text registered at the provider', () => {
  it('is sent by its name with the tokens that were kept with it', async () => {
    const { server, channel } = kavenegar;
    await queueCodes();
    outbox.sender([channel], { settings });
    await until(async () => Object.values(await outbox.states()).join() === 'sent,sent');
    expect(server.sent().map(({ text }) => text)).toEqual([content.text, content.text]);
    expect([...server.calls.keys()]).toEqual(['verify/lookup']);
  });

  it('of which nobody knows whether it was taken, goes by its purpose: the provider would say "unknown" of it', async () => {
    const { server, channel } = kavenegar;
    server.faults.next({ kind: 'html', http: 502, accept: true }, 'verify/lookup');
    server.faults.next({ kind: 'html', http: 502, accept: true }, 'verify/lookup');
    await queueCodes();
    outbox.sender([channel], { settings, inDoubtRule: (purpose) => (purpose === 'lax' ? 'again' : 'never') });
    await until(async () => Object.values(await outbox.states()).join() === 'failed,sent');
    expect((await outbox.message(1)).reason).toBe('in_doubt');
    expect(server.calls.get('sms/statuslocalmessageid')).toBeUndefined();
    expect(
      server
        .sent()
        .map(({ receptor }) => receptor)
        .sort(),
    ).toEqual(['09121000001', '09121000002', '09121000002']);
  });
});
