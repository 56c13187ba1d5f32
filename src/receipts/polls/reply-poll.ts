import type { WayBack } from '../way-back.js';
import { smsDoor, type Asked, type AskedReply, type Poll } from './poll.js';

const MINUTE = 60_000;
/** A reply may come into the provider's inbox under a time that has passed: so far back is asked again each time. */
const OVERLAP = 10 * MINUTE;
/** The provider's inbox goes back two days; a little less, for its clock may be another. */
const FARTHEST = 48 * 60 * MINUTE - 10 * MINUTE;
const RECEIVED_AT_ONCE = 100;

/**
 * Replies to a line. Not by `sms/receive`: what that has told is marked as read there, and a kill before it is kept would lose it. The
 * inbox tells of a span of time what was read as well as what was not; what is kept already is known by its id.
 */
export function replyPoll(line: string, kavenegar: Asked, wayBack: WayBack, everyMs = 15_000): Poll {
  return {
    name: `kavenegar/replies/${line}`,
    everyMs,
    ask: async (now, until = now) => {
      const since = Math.max(until - OVERLAP, now - FARTHEST);
      await keep(wayBack, await kavenegar.inbox(line, since));
      if (until < now - FARTHEST) await receiveAll(line, kavenegar, wayBack);
      return now;
    },
  };
}

/** After more than two days without us: what is older than the inbox goes is had in no other way. */
async function receiveAll(line: string, kavenegar: Asked, wayBack: WayBack): Promise<void> {
  for (;;) {
    const replies = await kavenegar.receive(line);
    await keep(wayBack, replies);
    if (replies.length < RECEIVED_AT_ONCE) return;
  }
}

async function keep(wayBack: WayBack, replies: readonly AskedReply[]): Promise<void> {
  if (replies.length > 0) await wayBack.take(smsDoor, replies);
}
