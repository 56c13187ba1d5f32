/** When a message came to the channel that it is on: its time for retries there counts from then. */
export const cameAt = `coalesce((select max(at) from past_attempt where message_id = message.id), message.created_at)`;

/** Sets of an update that takes a message to the first of its fallbacks, where `moves` holds; else they leave it as it is. */
export function toNextChannel(moves: string): string {
  return `channel = case when ${moves} then message.fallbacks -> 0 ->> 'channel' else message.channel end,
      address = case when ${moves} then message.fallbacks -> 0 ->> 'address' else message.address end,
      content = case when ${moves} then message.fallbacks -> 0 -> 'content' else message.content end,
      fallbacks = case when ${moves} then message.fallbacks - 0 else message.fallbacks end,
      closed_here = message.closed_here and not (${moves})`;
}
