import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Outgoing } from '../../../src/channels/channel.js';
import { MailboxChannel, type Mailbox } from '../../../src/channels/mailbox/mailbox.channel.js';
import { MailboxMemory } from '../../../src/channels/mailbox/mailbox-memory.js';
import { describeChannel, faultNames, type FaultName, type Rig } from './contract.js';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

function newFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'peyk-mailbox-'));
  folders.push(folder);
  return path.join(folder, 'mailbox');
}

function sms(id: number, text = 't'): Outgoing {
  return { id, to: '+989121234567', content: { channel: 'sms', text, parts: 1 } };
}

async function open(timeoutMs: number): Promise<Rig> {
  const delivered: Outgoing[] = [];
  const mailbox: Mailbox = { delivered: (message) => void delivered.push(message) };
  const channel = new MailboxChannel({ channel: 'sms' }, mailbox, new MailboxMemory(newFolder()));
  return {
    channel,
    timeoutMs,
    secrets: ['9121234567'],
    outgoing: sms,
    arrivals: () => delivered.map(({ content }) => content.text),
    untilNoConnections: () => Promise.resolve(),
    close: () => channel.close(),
  };
}

const none = Object.fromEntries(faultNames.map((name) => [name, 'cannot happen'])) as Record<
  FaultName,
  'cannot happen'
>;

describeChannel({ provider: 'mailbox', idempotent: true, open, faults: none });

describe('a mailbox', () => {
  it('serves e-mail as well, and hands over all of the message', async () => {
    const delivered: Outgoing[] = [];
    const mailbox: Mailbox = { delivered: (message) => void delivered.push(message) };
    const channel = new MailboxChannel({ channel: 'email' }, mailbox, new MailboxMemory(newFolder()));
    const message: Outgoing = {
      id: 9,
      to: 'a@b.example',
      content: { channel: 'email', subject: 's', text: 't', html: 'h' },
    };
    expect(await channel.send(message)).toEqual({ kind: 'accepted', providerId: 'mailbox-9', cost: undefined });
    expect(delivered).toEqual([message]);
  });

  it('asks to try again when whoever empties it fails, and has not had it then', async () => {
    const delivered: number[] = [];
    let full = true;
    const mailbox: Mailbox = {
      delivered: ({ id }) => {
        if (full) throw new Error('full');
        delivered.push(id);
      },
    };
    const channel = new MailboxChannel({ channel: 'sms' }, mailbox, new MailboxMemory(newFolder()));
    expect(await channel.send(sms(1))).toMatchObject({ kind: 'retry' });
    expect((await channel.lookup([1])).get(1)).toEqual({ kind: 'never_arrived' });
    full = false;
    expect(await channel.send(sms(1))).toMatchObject({ kind: 'accepted' });
    expect(delivered).toEqual([1]);
  });

  it('asks to try again where nothing can be written down, and hands nothing over', async () => {
    const delivered: number[] = [];
    const folder = newFolder();
    writeFileSync(folder, 'a file where the folder should be');
    const mailbox: Mailbox = { delivered: ({ id }) => void delivered.push(id) };
    const channel = new MailboxChannel({ channel: 'sms' }, mailbox, new MailboxMemory(folder));
    expect(await channel.send(sms(1))).toMatchObject({ kind: 'retry' });
    expect(delivered).toEqual([]);
  });
});

describe('a mailbox after the end of its process', () => {
  const nobody: Mailbox = {
    delivered: () => {
      throw new Error('it was shown before');
    },
  };
  const after = (folder: string, now?: () => number) =>
    new MailboxChannel({ channel: 'sms' }, nobody, new MailboxMemory(folder, now));

  async function shown(folder: string, ids: readonly number[], now?: () => number): Promise<MailboxChannel> {
    const channel = new MailboxChannel(
      { channel: 'sms' },
      { delivered: () => undefined },
      new MailboxMemory(folder, now),
    );
    for (const id of ids) await channel.send(sms(id, `پیام ${String(id)}`));
    return channel;
  }

  it('says truly what it was given, and shows nothing twice', async () => {
    const folder = newFolder();
    await shown(folder, [1, 2]);
    const told = await after(folder).lookup([1, 2, 3]);
    expect([...told]).toEqual([
      [1, { kind: 'arrived', providerId: 'mailbox-1' }],
      [2, { kind: 'arrived', providerId: 'mailbox-2' }],
      [3, { kind: 'never_arrived' }],
    ]);
    expect(await after(folder).send(sms(2))).toMatchObject({ kind: 'accepted', providerId: 'mailbox-2' });
  });

  it('knows what another process on the same folder is given meanwhile', async () => {
    const folder = newFolder();
    const here = after(folder);
    expect((await here.lookup([1])).get(1)).toEqual({ kind: 'never_arrived' });
    await shown(folder, [1]);
    expect((await here.lookup([1])).get(1)).toMatchObject({ kind: 'arrived' });
  });

  it('takes half a line for a message that was not shown, and what is written behind it for whole', async () => {
    const folder = newFolder();
    mkdirSync(folder, { recursive: true });
    const now = (): number => Date.parse('2026-11-22T10:30:00Z');
    appendFileSync(path.join(folder, '2026-11-22T10.jsonl'), '\n{"id":1,"at":"2026-11-22T10:0');
    await shown(folder, [2], now);
    const told = await after(folder, now).lookup([1, 2]);
    expect([...told.values()].map(({ kind }) => kind)).toEqual(['never_arrived', 'arrived']);
  });

  it('remembers for twelve hours, and keeps no file for much longer', async () => {
    const folder = newFolder();
    let time = Date.parse('2026-11-22T10:30:00Z');
    const channel = await shown(folder, [1], () => time);
    time += 12 * 3_600_000;
    await channel.send(sms(2));
    expect((await channel.lookup([1])).get(1)).toMatchObject({ kind: 'arrived' });
    time += 2 * 3_600_000;
    await channel.send(sms(3));
    expect((await channel.lookup([1])).get(1)).toEqual({ kind: 'never_arrived' });
    expect(readdirSync(folder).sort()).toEqual(['2026-11-22T22.jsonl', '2026-11-23T00.jsonl']);
  });

  it('writes nothing where no message comes', async () => {
    const folder = newFolder();
    await after(folder).lookup([1]);
    expect(existsSync(folder)).toBe(false);
  });
});
