import type { Channel } from '../channels/channel.js';
import type { Database } from '../store/connection.js';
import { Breaker } from './breaker.js';
import { ChannelHealth } from './channel-health.js';
import { CallsAgain } from './calls-again.js';
import { Claims } from './claims.js';
import { Courier } from './courier.js';
import { Deliveries } from './deliveries.js';
import { HandOver } from './hand-over.js';
import { Lane } from './lane.js';
import { oneOfSeveral } from './one-of-several.js';
import { Pace } from './pace.js';
import type { Composer, SenderObserver } from './ports.js';
import type { RateLimiter } from './rate-limiter.js';
import { DatabaseClock, type SenderClock } from './sender-clock.js';
import type { SenderSettings } from './settings.js';
import type { Settler } from './settler.js';
import { TokenLine } from './token-line.js';

export interface LanesParts {
  readonly database: Database;
  readonly composer: Composer;
  readonly limiter: RateLimiter;
  readonly settler: Settler;
  readonly observer: SenderObserver;
  readonly clock: SenderClock;
  readonly settings: SenderSettings;
}

/** A lane for each provider; of one channel's providers the first goes before the others. */
export function makeLanes(channels: readonly Channel[], parts: LanesParts): readonly Lane[] {
  const { settings, clock, composer, observer } = parts;
  const databaseClock = new DatabaseClock(clock);
  const courier = new Courier(settings, clock, databaseClock, composer, observer);
  const lanes: Lane[] = [];
  for (const [place, given] of channels.entries()) {
    const before = lanes.filter(({ channel }) => channel.channel === given.channel);
    const isLast = !channels.slice(place + 1).some(({ channel }) => channel === given.channel);
    const others = channels.filter((other) => other !== given && other.channel === given.channel);
    const channel = others.length === 0 ? given : oneOfSeveral(given, others);
    const behind = (): Lane | undefined =>
      lanes.slice(place + 1).find((lane) => lane.channel.channel === given.channel);
    lanes.push(makeLane(channel, before, isLast ? undefined : behind, { ...parts, courier, databaseClock }));
  }
  return lanes;
}

/** `behind`: the lane that stands in for it, where there is one. */
function makeLane(
  channel: Channel,
  before: readonly Lane[],
  behind: (() => Lane | undefined) | undefined,
  parts: LanesParts & { readonly courier: Courier; readonly databaseClock: DatabaseClock },
): Lane {
  const { database, settings, clock, settler, observer, courier, databaseClock, limiter } = parts;
  const breaker = behind && new Breaker(settings.breaker);
  const health = new ChannelHealth(channel, database, settings, clock, settler, observer, breaker);
  const providersBefore = before.map(({ provider }) => provider);
  const claims = new Claims(database, channel, settings.leaseMs, clock, databaseClock, providersBefore);
  const handOver = new HandOver(database, observer, behind ?? (() => undefined));
  const pace = new Pace(clock);
  const tokens = new TokenLine(channel, limiter, clock, observer);
  const standsIn = (): boolean => before.some(({ isDown }) => isDown);
  const callsAgain = new CallsAgain(database, observer);
  const deliveries = new Deliveries(channel, { health, courier, callsAgain, settler, observer, handOver, standsIn });
  return new Lane(channel, { health, claims, deliveries, pace, tokens, settler, observer, before });
}
