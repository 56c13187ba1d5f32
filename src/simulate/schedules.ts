import type { Journey } from '../domain/journey/journey.js';
import type {
  AbsenceTrigger,
  AnniversaryTrigger,
  CreditExpiringTrigger,
  ManualTrigger,
  Trigger,
} from '../domain/journey/trigger.js';
import type { Start } from '../domain/journey/decision.js';
import type { Due } from '../domain/schedule/due.js';
import { nextForEverybody, type CommonTrigger } from '../domain/schedule/for-everybody.js';
import { absenceAfter, nextAnniversary, nextExpiringCredit } from '../domain/schedule/for-one.js';
import { addDuration } from '../domain/time/arithmetic.js';
import type { Clock, Instant } from '../domain/time/instant.js';
import type { Workspace } from '../domain/workspace.js';
import type { Agenda, Item } from './agenda.js';
import type { SimulatedCustomer } from './simulated-customer.js';
import type { Launch } from './simulation.js';

/** A trigger that falls due for each customer at an instant of their own. */
type OwnTrigger = AnniversaryTrigger | AbsenceTrigger | CreditExpiringTrigger;

interface Scheduled<T extends Trigger> {
  readonly journey: Journey;
  readonly trigger: T;
  /** Its place among the scheduled triggers of all journeys. */
  readonly number: number;
}

/** Starts that are due at one instant: of all who live by one clock, of one customer, or of a launch. */
export interface StartItem extends Item {
  readonly kind: 'start';
  readonly what:
    | { readonly of: 'common'; readonly scheduled: Scheduled<CommonTrigger>; readonly due: Due; readonly clock: Clock }
    | {
        readonly of: 'own';
        readonly scheduled: Scheduled<OwnTrigger>;
        readonly who: SimulatedCustomer;
        readonly due: Due;
      }
    | { readonly of: 'launch'; readonly scheduled: Scheduled<ManualTrigger>; readonly launch: Launch };
}

/** One start of one customer, or of all whom `isFor` names. */
export interface DueStart {
  readonly journey: Journey;
  readonly start: Start;
  readonly number: number;
  readonly who: SimulatedCustomer | undefined;
  /** Undefined: everybody. */
  readonly zone: string | undefined;
  readonly launch: Launch | undefined;
}

/** What clocks set off: each trigger's next instant stands on the agenda, nothing is looked for day by day. */
export class Schedules {
  private readonly common: Scheduled<CommonTrigger>[] = [];
  private readonly own: Scheduled<OwnTrigger>[] = [];
  private readonly absences = new Map<string, Scheduled<OwnTrigger>[]>();
  private readonly zones = new Set<string>();
  private loaded = false;

  constructor(
    private readonly workspace: Workspace,
    private readonly agenda: Agenda<Item | StartItem>,
    private readonly until: Instant,
  ) {
    let number = 0;
    for (const journey of workspace.journeys)
      for (const trigger of journey.triggers) this.sort({ journey, trigger, number: number++ });
  }

  /** Schedules count from now on: the journeys have just been loaded. */
  load(now: Instant, customers: Iterable<SimulatedCustomer>): void {
    this.loaded = true;
    const { timezone: zone, calendar, working } = this.workspace.policy;
    for (const scheduled of this.common)
      if (scheduled.trigger.kind === 'cron') this.planCommon(scheduled, now, { zone, calendar, working });
    for (const customer of customers) this.join(customer, now);
  }

  launch(launch: Launch, warn: (message: string) => void): void {
    const journey = this.workspace.journeys.find(({ name }) => name === launch.journey);
    const trigger = journey?.triggers.find((one) => one.kind === 'manual');
    if (journey === undefined || trigger?.kind !== 'manual') {
      warn(`journey "${launch.journey}" cannot be launched; it has no manual trigger`);
      return;
    }
    const scheduled = { journey, trigger, number: journey.triggers.indexOf(trigger) };
    this.put(launch.at, journey, '', { of: 'launch', scheduled, launch });
  }

  /** Somebody is there who was not before. */
  join(customer: SimulatedCustomer, now: Instant): void {
    if (!this.loaded) return;
    this.planZone(customer.desk.facts.clock, now);
    for (const scheduled of this.own) this.planOwn(scheduled, customer, now);
    customer.planned = customer.desk.facts;
  }

  /** Something was decided about them, perhaps on an event of that type. */
  follow(customer: SimulatedCustomer, now: Instant, type: string | undefined): void {
    if (!this.loaded) return;
    const [before, after] = [customer.planned, customer.desk.facts];
    customer.planned = after;
    for (const scheduled of (type === undefined ? undefined : this.absences.get(type)) ?? [])
      this.planOwn(scheduled, customer, now);
    const moved = before?.clock.zone !== after.clock.zone;
    if (moved) this.planZone(after.clock, now);
    if (moved || before.customer !== after.customer || before.credit !== after.credit) this.replan(customer, now);
  }

  /** Another date, other credit, another clock; an absence that has had its chance has no other. */
  private replan(customer: SimulatedCustomer, now: Instant): void {
    for (const scheduled of this.own) {
      const isPending = customer.dues[scheduled.number] !== undefined;
      if (isPending || scheduled.trigger.kind !== 'absence') this.planOwn(scheduled, customer, now);
    }
  }

  /** Takes what has just left the agenda: undefined where it has moved since. What comes after it is put there. */
  take({ at, what }: StartItem): DueStart | undefined {
    const { journey, trigger, number } = what.scheduled;
    const start = { journey, number, who: undefined, zone: undefined, launch: undefined };
    switch (what.of) {
      case 'launch':
        return { ...start, launch: what.launch, start: { trigger, at, data: what.launch.data } };
      case 'common':
        this.planCommon(what.scheduled, at + 1, what.clock);
        return { ...start, zone: zoneOf(what.scheduled, what.clock), start: { trigger, ...what.due } };
      case 'own':
        return this.takeOwn(what.scheduled, what.who, what.due, at, start);
    }
  }

  private takeOwn(
    scheduled: Scheduled<OwnTrigger>,
    who: SimulatedCustomer,
    { at }: Due,
    now: Instant,
    start: Omit<DueStart, 'start'>,
  ): DueStart | undefined {
    const { number, trigger } = scheduled;
    const due = who.dues[number];
    if (due?.at !== at) return undefined;
    who.dues[number] = undefined;
    who.done[number] = at;
    this.planOwn(scheduled, who, now);
    return { ...start, who, start: { trigger, ...due } };
  }

  private sort({ journey, trigger, number }: Scheduled<Trigger>): void {
    switch (trigger.kind) {
      case 'event':
      case 'manual':
        return;
      case 'every':
      case 'cron':
      case 'occasion':
        this.common.push({ journey, trigger, number });
        return;
      case 'absence':
        for (const type of new Set(trigger.of))
          this.absences.set(type, [...(this.absences.get(type) ?? []), { journey, trigger, number }]);
        this.own.push({ journey, trigger, number });
        return;
      case 'anniversary':
      case 'credit_expiring':
        this.own.push({ journey, trigger, number });
        return;
    }
  }

  /** The first who lives by a clock brings its starts onto the agenda. */
  private planZone(clock: Clock, now: Instant): void {
    if (this.zones.has(clock.zone)) return;
    this.zones.add(clock.zone);
    for (const scheduled of this.common) if (scheduled.trigger.kind !== 'cron') this.planCommon(scheduled, now, clock);
  }

  private planCommon(scheduled: Scheduled<CommonTrigger>, from: Instant, clock: Clock): void {
    const due = nextForEverybody(scheduled.trigger, this.workspace.occasions, from, clock);
    if (due !== undefined) this.put(due.at, scheduled.journey, '', { of: 'common', scheduled, due, clock });
  }

  private planOwn(scheduled: Scheduled<OwnTrigger>, who: SimulatedCustomer, now: Instant): void {
    const { number, journey, trigger } = scheduled;
    const before = who.dues[number];
    const done = who.done[number] ?? -Infinity;
    const next = nextDue(trigger, who, Math.max(now, done + 1));
    const due = next !== undefined && next.at > done ? next : undefined;
    who.dues[number] = due;
    if (due !== undefined && due.at !== before?.at)
      this.put(Math.max(due.at, now), journey, who.id, { of: 'own', scheduled, who, due });
  }

  private put(at: Instant, { name }: Journey, customer: string, what: StartItem['what']): void {
    if (at <= this.until) this.agenda.add({ at, kind: 'start', journey: name, customer, what });
  }
}

function zoneOf({ trigger }: Scheduled<CommonTrigger>, { zone }: Clock): string | undefined {
  return trigger.kind === 'cron' ? undefined : zone;
}

/** An absence may be past already: then it is due at once, if it is not too old. */
function nextDue(trigger: OwnTrigger, { desk: { facts } }: SimulatedCustomer, from: Instant): Due | undefined {
  const { customer, history, clock, credit } = facts;
  switch (trigger.kind) {
    case 'anniversary':
      return nextAnniversary(trigger, customer, from, clock);
    case 'credit_expiring':
      return nextExpiringCredit(trigger, credit, from, clock);
    case 'absence': {
      const due = absenceAfter(trigger, history, clock);
      return due === undefined || addDuration(due.at, trigger.maxAge, clock) < from ? undefined : due;
    }
  }
}
