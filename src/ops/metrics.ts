import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { IntakeSource } from '../intake/intake.js';

export type EventResult = 'accepted' | 'duplicate' | 'rejected' | 'dead';

/** Every metric, under the names that dashboards rely on. Whoever does the work counts it. */
export class Metrics {
  readonly registry = new Registry();
  readonly #readers: (() => Promise<void>)[] = [];

  readonly #events = this.#counter('peyk_events_total', 'Events that came in, by what became of them', [
    'source',
    'result',
  ]);
  readonly #decisions = this.#counter('peyk_decisions_total', 'Decisions of journeys', ['journey', 'kind']);
  readonly #messages = this.#counter('peyk_messages_total', 'Messages that reached a state', [
    'channel',
    'purpose',
    'status',
  ]);
  readonly #webhookCalls = this.#counter('peyk_webhook_calls_total', 'Calls of web hooks, each attempt', [
    'journey',
    'result',
  ]);
  readonly #inDoubt = this.#counter('peyk_in_doubt_total', 'Messages whose fate was unknown', ['channel', 'provider']);
  readonly #hooks = this.#counter('peyk_hooks_total', 'What providers told, by what became of it', [
    'channel',
    'kind',
    'result',
  ]);
  readonly #deadLetters = this.#counter('peyk_dead_letters_total', 'Messages put aside, kept whole', ['source']);
  readonly #send = this.#histogram('peyk_send_seconds', 'Calls of a provider', ['channel', 'provider']);
  readonly #rateWait = this.#histogram('peyk_rate_limit_wait_seconds', 'Waiting for a rate limit', [
    'channel',
    'provider',
  ]);
  readonly #depth = this.#gauge('peyk_outbox_depth', 'Messages that have not left', ['channel']);
  readonly #held = this.#gauge('peyk_held', 'Messages and timers that may not go on now', ['reason']);
  readonly #journeyPaused = this.#gauge('peyk_journey_paused', 'Whether a journey is paused', ['journey']);
  readonly #timerLag = this.#gauge('peyk_timer_lag_seconds', 'How long the oldest due timer has been waiting', []);
  readonly #kafkaLag = this.#gauge('peyk_kafka_lag', 'Messages of a partition that are not taken in yet', [
    'topic',
    'partition',
  ]);

  constructor(settings: { readonly process: boolean } = { process: true }) {
    if (settings.process) collectDefaultMetrics({ register: this.registry });
  }

  events(source: IntakeSource, result: EventResult, count = 1): void {
    if (count > 0) this.#events.inc({ source, result }, count);
  }

  /** `kind`: entered, ended, advanced, not_entered, … */
  decisions(journey: string, kind: string, count = 1): void {
    if (count > 0) this.#decisions.inc({ journey, kind }, count);
  }

  messages(channel: string, purpose: string, status: string, count = 1): void {
    if (count > 0) this.#messages.inc({ channel, purpose, status }, count);
  }

  /** `result`: done, retrying, failed. */
  webhookCall(journey: string, result: string): void {
    this.#webhookCalls.inc({ journey, result });
  }

  inDoubt(channel: string, provider: string, count = 1): void {
    if (count > 0) this.#inDoubt.inc({ channel, provider }, count);
  }

  /** `kind`: receipt, reply, chat, none; `result`: joined, accepted, duplicate, dead, early, unknown, unreadable, turned_away. */
  hooks(channel: string, kind: string, result: string, count = 1): void {
    if (count > 0) this.#hooks.inc({ channel, kind, result }, count);
  }

  deadLetters(source: IntakeSource, count = 1): void {
    if (count > 0) this.#deadLetters.inc({ source }, count);
  }

  sendTook(channel: string, provider: string, seconds: number): void {
    this.#send.observe({ channel, provider }, seconds);
  }

  rateLimitWait(channel: string, provider: string, seconds: number): void {
    this.#rateWait.observe({ channel, provider }, seconds);
  }

  /** Replaces all depths at once, so that a channel that has emptied is told as 0. */
  outboxDepth(depths: Readonly<Record<string, number>>): void {
    replaceAll(this.#depth, 'channel', depths);
  }

  /** Replaces all reasons at once. */
  held(reasons: Readonly<Record<string, number>>): void {
    replaceAll(this.#held, 'reason', reasons);
  }

  /** Replaces all journeys at once. */
  journeysPaused(journeys: Readonly<Record<string, number>>): void {
    replaceAll(this.#journeyPaused, 'journey', journeys);
  }

  timerLag(seconds: number): void {
    this.#timerLag.set(seconds);
  }

  kafkaLag(topic: string, partition: number, messages: number): void {
    this.#kafkaLag.set({ topic, partition: String(partition) }, messages);
  }

  /** A partition that another process has now. */
  forgetKafkaLag(topic: string, partition: number): void {
    this.#kafkaLag.remove({ topic, partition: String(partition) });
  }

  /** `read` is called before each print: for what is looked up only when somebody wants to know. */
  onPrint(read: () => Promise<void>): void {
    this.#readers.push(read);
  }

  /** In the text format of Prometheus; what cannot be looked up just now keeps its last value. */
  async print(): Promise<string> {
    await Promise.allSettled(this.#readers.map((read) => read()));
    return this.registry.metrics();
  }

  #counter<Label extends string>(name: string, help: string, labelNames: readonly Label[]): Counter<Label> {
    return new Counter({ name, help, labelNames, registers: [this.registry] });
  }

  #gauge<Label extends string>(name: string, help: string, labelNames: readonly Label[]): Gauge<Label> {
    return new Gauge({ name, help, labelNames, registers: [this.registry] });
  }

  #histogram<Label extends string>(name: string, help: string, labelNames: readonly Label[]): Histogram<Label> {
    return new Histogram({ name, help, labelNames, buckets, registers: [this.registry] });
  }
}

const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

function replaceAll<Label extends string>(
  gauge: Gauge<Label>,
  label: Label,
  values: Readonly<Record<string, number>>,
): void {
  gauge.reset();
  for (const [name, value] of Object.entries(values)) gauge.set({ [label]: name } as Record<Label, string>, value);
}
