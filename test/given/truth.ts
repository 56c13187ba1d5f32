import type { SimulatedEvent } from '../../src/simulate/simulator.js';
import { fraction } from './fraction.js';
import type { GivenJourney } from './random-journey.js';
import {
  fastDays,
  optInWord,
  optOutWord,
  repliedPurposes,
  type GivenCap,
  type GivenPurpose,
  type Hours,
} from './random-policy.js';
import type { World } from './random-world.js';
import type { Line } from './simulation.js';

const HOUR = 3_600_000;

interface Message {
  readonly at: number;
  readonly purpose: string;
  /** Some provider has taken it. */
  accepted: boolean;
}

/** Where one customer's sends at one step of one enrolment stand, as far as the lines tell. */
interface Sending {
  firstTested: number | undefined;
  failedOn: Set<string>;
  isAsked: boolean;
  last: Message | undefined;
}

/**
 * Reads the lines of one customer beside what came in, and says which of them may not be. It knows nothing of the
 * evaluator: consent, clocks, caps and credit are worked out anew from the rules of the language.
 */
export class Truth {
  readonly wrong: string[] = [];
  private readonly consent: Record<string, boolean>;
  private readonly closed = new Set<string>();
  private attributes: Record<string, unknown>;
  private readonly messages: Message[] = [];
  private readonly sendings = new Map<string, Sending>();
  private readonly started = new Map<string, string>();
  /** What a decision's own event takes away counts from the next instant. */
  private withdrawn: { readonly at: number; readonly purpose: string }[] = [];
  private readonly coming: SimulatedEvent[];

  constructor(
    private readonly world: World,
    private readonly customer: World['customers'][number],
  ) {
    this.consent = { ...customer.consent };
    this.attributes = { ...customer.attributes };
    this.coming = world.events.filter((event) => event.customer === customer.id).sort((a, b) => a.arrival - b.arrival);
  }

  read(line: Line): void {
    const at = Date.parse(line.at);
    this.pass(at);
    switch (line.kind) {
      case 'entered':
        this.enter(line, at);
        return;
      case 'set':
        this.attributes = merged(this.attributes, line['values'] as Record<string, unknown>);
        return;
      case 'emitted':
        if (line['type'] === 'consent.withdrawn') this.withdrawn.push({ at, purpose: 'market' });
        return;
      case 'deferred':
        this.defer(line, at);
        return;
      case 'suppressed':
        this.suppress(line);
        return;
      case 'failed':
        this.sendingOf(line).failedOn.add(String(line['channel']));
        return;
      case 'sent':
        this.send(line, at);
        return;
      case 'asked':
        this.sendingOf(line).isAsked = true;
        return;
      case 'answered':
      case 'resumed':
        this.sendingOf(line).isAsked = false;
        return;
      default:
        return;
    }
  }

  /** Whatever came until then has taken effect. */
  private pass(at: number): void {
    for (const { purpose } of this.withdrawn.filter((one) => one.at < at)) this.consent[purpose] = false;
    this.withdrawn = this.withdrawn.filter((one) => one.at >= at);
    for (let [next] = this.coming; next !== undefined && next.arrival <= at; [next] = this.coming) {
      this.coming.shift();
      this.take(next);
    }
  }

  private take({ type, data }: SimulatedEvent): void {
    if (type === 'customer.updated') this.update(data);
    else if (type === 'consent.granted' || type === 'consent.withdrawn') {
      const { purpose, channel } = data as { purpose: string; channel?: string };
      const isGiven = type === 'consent.granted';
      if (channel === undefined) this.consent[purpose] = isGiven;
      else if (isGiven) this.closed.delete(`${purpose} ${channel}`);
      else this.closed.add(`${purpose} ${channel}`);
    } else if (type === 'message.received' && (data['text'] === optOutWord || data['text'] === optInWord)) {
      for (const purpose of repliedPurposes) this.consent[purpose] = data['text'] === optInWord;
    }
  }

  private update({ consent = {}, ...rest }: Record<string, unknown>): void {
    Object.assign(this.consent, consent);
    this.attributes = merged(this.attributes, rest);
  }

  private enter(line: Line, at: number): void {
    for (const step of this.journeyOf(line).sends.keys()) this.sendings.delete(placeOf(line, step));
    const event = this.world.events.find(
      ({ customer, arrival, type }) => customer === line.customer && arrival === at && type === line['started_by'],
    );
    const id = line['started_by'] === 'repair.received' ? event?.id : line.at;
    this.started.set(placeOf(line, ''), id ?? '');
  }

  private send(line: Line, at: number): void {
    const sending = this.sendingOf(line);
    const purpose = this.purposeOf(line);
    const channel = String(line['channel']);
    const isFallback = channel === 'email' && sending.failedOn.has('sms');
    const isRepeat = sending.isAsked && !isFallback;
    this.expect(this.consentProblem(purpose) === undefined, line, 'without consent');
    this.expect(!this.closed.has(`${purpose.name} ${channel}`), line, 'on a channel that is closed');
    // Whoever writes at night may be asked again at night.
    if (!isRepeat) this.expect(this.quietReason(line, purpose, at) === undefined, line, 'in quiet hours or a blackout');
    if (!isFallback && !isRepeat) this.sendFirst(line, at, purpose, sending);
    if (this.world.channelResults[channel as 'sms'] !== 'failed' && sending.last !== undefined)
      sending.last.accepted = true;
  }

  private sendFirst(line: Line, at: number, purpose: GivenPurpose, sending: Sending): void {
    const journey = this.journeyOf(line);
    const step = journey.sends.get(String(line['step']));
    const limits = [step?.notAfter, journey.notAfter, purpose.notAfter].filter((hours) => hours !== undefined);
    const first = sending.firstTested ?? at;
    const { tier } = this.attributes;
    this.expect(
      limits.every((hours) => at <= first + hours * HOUR),
      line,
      'after its not_after',
    );
    this.expect(!(purpose.exceptsTroubled && tier === 'trouble'), line, 'to an audience that gets none');
    this.expect(!(journey.exitsGone && tier === 'gone'), line, 'to somebody whom the journey lets go of');
    this.expect(!this.isSampledOut(line, purpose), line, 'to somebody out of the sample');
    for (const cap of [...purpose.caps, ...journey.caps])
      this.expect(this.countedIn(cap, purpose.name, at) < cap.messages, line, `above ${JSON.stringify(cap)}`);
    sending.firstTested = undefined;
    sending.failedOn = new Set();
    sending.last = { at, purpose: purpose.name, accepted: false };
    this.messages.push(sending.last);
  }

  private defer(line: Line, at: number): void {
    const sending = this.sendingOf(line);
    const reason = String(line['reason']);
    const end = Date.parse(String(line['until']));
    if (!sending.failedOn.has('sms')) sending.firstTested ??= at;
    this.expect(end > at, line, 'until it was');
    if (reason === 'capped') return;
    const purpose = this.purposeOf(line);
    this.expect(this.quietReason(line, purpose, at) === reason, line, 'for no reason');
    this.expect(this.quietReason(line, purpose, end) !== reason, line, 'not to its end');
    this.expect(
      this.quietReason(line, purpose, end - 1) === reason || reason === 'quiet_hours',
      line,
      'beyond its end',
    );
  }

  private suppress(line: Line): void {
    const reason = String(line['reason']);
    const sending = this.sendingOf(line);
    if (!sending.failedOn.has('sms')) sending.firstTested = undefined;
    const purpose = this.purposeOf(line);
    const [now, soon] = [this.consentProblem(purpose), this.consentProblem(purpose, true)];
    if (reason === 'opted_out' || reason === 'no_consent')
      this.expect(now === reason || soon === reason, line, 'with consent');
    if (reason === 'excepted')
      this.expect(purpose.exceptsTroubled && this.attributes['tier'] === 'trouble', line, 'without cause');
    if (reason === 'sample') this.expect(this.isSampledOut(line, purpose), line, 'though in the sample');
  }

  /** `soon`: when what this instant's own events take away has been taken. */
  private consentProblem({ name, consent: needs }: GivenPurpose, soon = false): 'opted_out' | 'no_consent' | undefined {
    const word = (purpose: string): boolean | undefined =>
      soon && this.withdrawn.some((one) => one.purpose === purpose) ? false : this.consent[purpose];
    if (word(name) !== undefined) return word(name) === true ? undefined : 'opted_out';
    if (needs === 'not_needed') return undefined;
    if (needs === 'required') return 'no_consent';
    if (word(needs) === false) return 'opted_out';
    const isNeeded = this.world.purposes.find((one) => one.name === needs)?.consent === 'required';
    return isNeeded && word(needs) !== true ? 'no_consent' : undefined;
  }

  private quietReason(line: Line, purpose: GivenPurpose, at: number): 'blackout' | 'quiet_hours' | undefined {
    const { day, hour } = wall(at, this.zone);
    if (purpose.isBlackedOut && fastDays.includes(day)) return 'blackout';
    const windows = [purpose.quiet, this.journeyOf(line).quiet].filter((window) => window !== undefined);
    return windows.some((window) => holds(window, hour)) ? 'quiet_hours' : undefined;
  }

  /** Of those that surely count; where the clock changes, a day may be an hour shorter. */
  private countedIn({ amount, unit }: GivenCap, purpose: string, at: number): number {
    const slack = unit === 'day' && this.zone !== 'Asia/Tehran' ? HOUR : 0;
    const from = at - amount * (unit === 'day' ? 24 : 1) * HOUR + slack;
    return this.messages.filter((one) => one.purpose === purpose && one.accepted && one.at > from && one.at <= at)
      .length;
  }

  private isSampledOut(line: Line, { name, sample }: GivenPurpose): boolean {
    const id = this.started.get(placeOf(line, ''));
    if (sample === undefined || id === undefined || id === '') return false;
    return fraction(`${name}/sample/${this.customer.id}/${id}`) >= sample;
  }

  private get zone(): string {
    const { timezone } = this.attributes;
    return typeof timezone === 'string' ? timezone : 'Asia/Tehran';
  }

  private sendingOf(line: Line): Sending {
    const place = placeOf(line, String(line['step']));
    const known = this.sendings.get(place);
    if (known !== undefined) return known;
    const fresh = { firstTested: undefined, failedOn: new Set<string>(), isAsked: false, last: undefined };
    this.sendings.set(place, fresh);
    return fresh;
  }

  private journeyOf({ journey }: Line): GivenJourney {
    return found(
      this.world.journeys.find(({ name }) => name === journey),
      journey,
    );
  }

  private purposeOf({ template }: Line): GivenPurpose {
    const name = String(template).replace(/-.$/, '');
    return found(
      this.world.purposes.find((one) => one.name === name),
      name,
    );
  }

  private expect(isTrue: boolean, line: Line, what: string): void {
    if (!isTrue) this.wrong.push(`${what}: ${JSON.stringify(line)}`);
  }
}

function placeOf({ journey, key }: Line, step: string): string {
  return `${journey}/${String(key)}/${step}`;
}

function found<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`there is no ${name}`);
  return value;
}

function merged(target: Record<string, unknown>, patch: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries({ ...target, ...patch }).filter(([, value]) => value !== null));
}

function holds([from, to]: Hours, hour: number): boolean {
  return from < to ? hour >= from && hour < to : hour >= from || hour < to;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** The day and the whole hour that a clock on the wall shows there. */
export function wall(at: number, zone: string): { readonly day: string; readonly hour: number } {
  let format = formats.get(zone);
  if (format === undefined) {
    const parts = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', hourCycle: 'h23' } as const;
    formats.set(zone, (format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, ...parts })));
  }
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return { day: `${part['year'] ?? ''}-${part['month'] ?? ''}-${part['day'] ?? ''}`, hour: Number(part['hour']) };
}
