import type { Channel, ManyAtOnce, Outgoing, SendResult } from '../channels/channel.js';

/**
 * A provider that others may stand in for. What it has perhaps taken is in doubt, and it alone is asked: trying again is safe with
 * this provider, which knows the message's id, and would be a second message with another. Where no other takes such an address,
 * nobody else can be given it.
 */
export function oneOfSeveral(channel: Channel, others: readonly Channel[]): Channel {
  const { many } = channel;
  const inDoubt = (result: SendResult, { to }: Pick<Outgoing, 'to'>): SendResult => {
    if (result.kind !== 'retry' || result.perhapsTaken !== true) return result;
    const mayGoElsewhere = others.some(({ takes }) => takes?.(to) ?? true);
    return mayGoElsewhere ? { kind: 'unknown', reason: result.reason } : result;
  };
  return {
    channel: channel.channel,
    provider: channel.provider,
    concurrency: channel.concurrency,
    send: async (message, signal) => inDoubt(await channel.send(message, signal), message),
    ...(many === undefined ? {} : { many: eachBy(many, inDoubt) }),
    get lookup() {
      return channel.lookup && (async (ids: readonly number[]) => channel.lookup?.(ids) ?? new Map());
    },
    close: () => channel.close(),
  };
}

function eachBy(many: ManyAtOnce, change: (result: SendResult, message: Outgoing) => SendResult): ManyAtOnce {
  return {
    atMost: many.atMost,
    send: async (messages, signal) => {
      const results = await many.send(messages, signal);
      if (results === undefined) return undefined;
      const changed = messages.flatMap((message): [number, SendResult][] => {
        const result = results.get(message.id);
        return result === undefined ? [] : [[message.id, change(result, message)]];
      });
      return new Map(changed);
    },
  };
}
