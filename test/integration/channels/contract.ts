import type { Channel, Outgoing, SendResult } from '../../../src/channels/channel.js';

/** What can go wrong between us and any provider. Each fixture says of each what its provider makes of it. */
export const faultNames = [
  'silence after acceptance',
  'silence before acceptance',
  'reset after acceptance, before the answer',
  'reset after acceptance, in mid-answer',
  'reset before acceptance',
  'too many calls',
  'address limited for now',
  'server error after acceptance',
  'server error in the usual form',
  'foreign answer after acceptance',
  'cut answer after acceptance',
  'empty answer after acceptance',
  'slow answer',
  'account or key refused',
  'no credit',
  'address blocked',
  'address refused',
  'server away',
] as const;
export type FaultName = (typeof faultNames)[number];

export interface Expectation<R extends Rig = Rig> {
  readonly kind: SendResult['kind'];
  /** Whether the receiver has it all the same. */
  readonly arrives: boolean;
  /** Further fields of the result. */
  readonly with?: Readonly<Record<string, unknown>>;
  /** It meets the next messages too. */
  readonly lasting?: boolean;
  /** Makes it happen to the next send. */
  provoke(rig: R): void | Promise<void>;
}

/** A channel, its server, and what the server knows. */
export interface Rig {
  readonly channel: Channel;
  /** The time that one send may take. */
  readonly timeoutMs: number;
  /** What may stand in no reason: keys, passwords, receivers' addresses. */
  readonly secrets: readonly string[];
  outgoing(id: number, text: string): Outgoing;
  /** The texts that truly arrived, in order. */
  arrivals(): readonly string[];
  untilNoConnections(): Promise<void>;
  close(): Promise<void>;
}

export interface Fixture<R extends Rig> {
  readonly provider: string;
  /** A repeat of the same id is not delivered twice. */
  readonly idempotent: boolean;
  /** `timeoutMs` for each send. */
  open(timeoutMs: number): Promise<R>;
  readonly faults: Readonly<Record<FaultName, Expectation<R> | 'cannot happen'>>;
}

const persian = 'سلام زهرا جان؛ گوشی‌ات «آماده» است ✅\nکد: ۱۲۳۴ & 50% + ی';
/** Beyond the time-out: a loaded machine's own slowness. */
const slackMs = 10_000;
/** Where silence is to be sat out, and where it is not. */
const hastyMs = 2_000;
const patientMs = 20_000;

/** The promises that every channel keeps, whatever its provider does. */
export function describeChannel<R extends Rig>(fixture: Fixture<R>): void {
  describe(`the ${fixture.provider} channel`, () => {
    let rig: R;

    beforeEach(async () => {
      rig = await fixture.open(patientMs);
    });

    afterEach(async () => {
      await rig.close();
    });

    async function send(id: number, text = persian, signal?: AbortSignal): Promise<SendResult> {
      const began = performance.now();
      const result = await rig.channel.send(rig.outgoing(id, text), signal);
      expect(performance.now() - began).toBeLessThan(rig.timeoutMs + slackMs);
      // A provider's own id may name the chat in which it counts.
      const told = JSON.stringify({ ...result, providerId: undefined });
      for (const secret of rig.secrets) expect(told).not.toContain(secret);
      return result;
    }

    it('delivers an accepted message once, its Persian text intact', async () => {
      expect(await send(1)).toMatchObject({ kind: 'accepted', providerId: expect.any(String) as string });
      expect(rig.arrivals()).toEqual([persian]);
    });

    it('delivers each of a hundred messages at once exactly once', async () => {
      const ids = Array.from({ length: 100 }, (_, index) => index + 1);
      const results = await Promise.all(ids.map((id) => send(id, `پیام ${String(id)}`)));
      expect(results.filter(({ kind }) => kind !== 'accepted')).toEqual([]);
      expect([...rig.arrivals()].sort()).toEqual(ids.map((id) => `پیام ${String(id)}`).sort());
    });

    if (fixture.idempotent) {
      it('does not deliver a repeat of the same id, and names the same message', async () => {
        const first = await send(7);
        expect(await send(7)).toEqual(first);
        expect(rig.arrivals()).toHaveLength(1);
      });
    }

    it('rejects the content of another channel', async () => {
      const foreign: Outgoing['content'] =
        rig.channel.channel === 'sms'
          ? { channel: 'email', subject: 's', text: 't', html: 'h' }
          : { channel: 'sms', text: 't', parts: 1 };
      const result = await rig.channel.send({ ...rig.outgoing(1, 't'), content: foreign });
      expect(result).toMatchObject({ kind: 'rejected' });
      expect(rig.arrivals()).toEqual([]);
    });

    it('sends nothing whose signal is already aborted', async () => {
      expect(await send(1, persian, AbortSignal.abort())).toMatchObject({ kind: 'retry' });
      expect(rig.arrivals()).toEqual([]);
    });

    it('never says "not sent" of a message that arrived, whenever it is called off', async () => {
      for (let id = 1; id <= 30; id += 1) {
        const caller = new AbortController();
        const sending = send(id, `پیام ${String(id)}`, caller.signal);
        for (let turn = 0; turn < id; turn += 1) await new Promise(setImmediate);
        caller.abort();
        const { kind } = await sending;
        const arrived = rig.arrivals().includes(`پیام ${String(id)}`);
        if (kind !== 'unknown') expect({ id, kind }).toEqual({ id, kind: arrived ? 'accepted' : 'retry' });
      }
    });

    it('closes its connections, and then takes nothing more', async () => {
      await Promise.all([send(1), send(2)]);
      await rig.channel.close();
      await rig.channel.close();
      await rig.untilNoConnections();
      if (rig.channel.provider !== 'mailbox') expect(await send(3)).toMatchObject({ kind: 'retry' });
    });

    it('lets all that is under way end when it closes', async () => {
      const sending = [1, 2, 3, 4, 5, 6, 7, 8].map((id) => send(id, String(id)));
      await rig.channel.close();
      expect((await Promise.all(sending)).filter(({ kind }) => kind !== 'accepted')).toEqual([]);
      expect(rig.arrivals()).toHaveLength(sending.length);
    });

    for (const name of faultNames) {
      const expectation = fixture.faults[name];
      if (expectation !== 'cannot happen') describeFault(name, expectation);
    }

    function describeFault(name: FaultName, expectation: Expectation<R>): void {
      describe(`when it meets: ${name}`, () => {
        const { kind, arrives } = expectation;

        if (name.startsWith('silence')) {
          beforeEach(async () => {
            await rig.close();
            rig = await fixture.open(hastyMs);
          });
        }

        it(`says ${kind}, and the message ${arrives ? 'has arrived' : 'has not arrived'}`, async () => {
          await expectation.provoke(rig);
          const result = await send(1);
          expect(result).toMatchObject({ kind, ...expectation.with });
          if (kind !== 'accepted') expect(result).toMatchObject({ reason: expect.stringMatching(/\S/) as string });
          expect(rig.arrivals()).toEqual(arrives ? [persian] : []);
        });

        if (expectation.lasting !== true) {
          it('sends the next message', async () => {
            await expectation.provoke(rig);
            await send(1);
            expect(await send(2, 'بعدی')).toMatchObject({ kind: 'accepted' });
            expect(rig.arrivals().filter((text) => text === 'بعدی')).toHaveLength(1);
          });
        }

        if (kind === 'unknown') {
          it('tells afterwards whether it arrived, where the provider can be asked', async () => {
            await expectation.provoke(rig);
            await send(1);
            const told = await rig.channel.lookup?.([1]);
            if (told !== undefined) expect(told.get(1)).toMatchObject({ kind: arrives ? 'arrived' : 'never_arrived' });
          });
        }
      });
    }
  });
}
