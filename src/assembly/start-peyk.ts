import type { Mailbox } from '../channels/mailbox/mailbox.channel.js';
import type { AppParts } from '../app.module.js';
import { secretsOf, type Config } from '../config/config.js';
import type { Workspace } from '../domain/workspace.js';
import type { Engine } from '../engine/engine.js';
import { EngineBeat } from '../engine/engine-beat.js';
import { linkCodes } from '../engine/link-codes.js';
import { LiveJourneys } from '../engine/live-journeys.js';
import type { KafkaTuning } from '../intake/kafka/kafka-settings.js';
import { createEventValidator } from '../intake/validate-event.js';
import { serve } from '../main.js';
import { channelHealth } from '../ops/channel-health.js';
import { engineMetrics } from '../ops/engine-metrics.js';
import { Health } from '../ops/health.js';
import { createLog, type Logger } from '../ops/log.js';
import { Metrics } from '../ops/metrics.js';
import { outboxGauges } from '../ops/outbox-gauges.js';
import { senderMetrics } from '../ops/sender-metrics.js';
import { pauseGauge, pauseHealth } from '../ops/pauses.js';
import { receiptHealth } from '../ops/receipt-health.js';
import type { Sender } from '../outbox/sender.js';
import type { SenderSettings } from '../outbox/settings.js';
import type { Beaten } from '../pulse/pulse.service.js';
import type { Database } from '../store/connection.js';
import type { CallerSettings } from '../webhooks/webhook-caller.js';
import { closeApp } from './close-app.js';
import { openChannels, sendsOn, CALL_TIMEOUT } from './open-channels.js';
import { openDatabase } from './open-database.js';
import { openEngine, tellNotRun } from './open-engine.js';
import { openKafka, type OpenKafka } from './open-kafka.js';
import { openCaller, type OpenCaller } from './open-caller.js';
import { listenForQueued, openSender, watchPauses } from './open-sender.js';
import { openWayBack } from './open-way-back.js';
import { openWorkspace } from './open-workspace.js';
import type { Ops } from './ops.js';
import { Stops } from './stops.js';
import { tellEnd } from './tell-end.js';
import { tellServing } from './tell-serving.js';

/** What is left of the ten seconds is for requests under way before, and the database after. */
const STOP_SENDING_WITHIN = 7_000;

export interface RunningPeyk {
  readonly url: string;
  readonly database: Database;
  readonly workspace: Workspace;
  /** Journeys that start nobody here, with what they need. */
  readonly notRun: ReadonlyMap<string, readonly string[]>;
  /** Ends what is under way, within ten seconds; nothing is left in doubt. */
  stop(): Promise<void>;
}

export interface StartOptions {
  /** Stands in for every channel. */
  readonly mailbox?: Mailbox | undefined;
  /** A person has started it to look around, who is told by whoever started it what is not done here: the log is not. */
  readonly playground?: boolean;
  /** Shorter times than a business runs with, for tests that wait for leases to lapse. */
  readonly times?: Times | undefined;
}

export interface Times {
  /** The longest that one call of a provider may take. */
  readonly callTimeoutMs: number;
  readonly sending: Pick<SenderSettings, 'leaseMs' | 'inDoubt' | 'probeAfterMs'>;
  readonly kafka: Pick<KafkaTuning, 'sessionTimeoutMs' | 'heartbeatMs' | 'longestBackoffMs'>;
  /** Of web hooks. */
  readonly calling?: Pick<CallerSettings, 'marginMs'>;
}

/** Starts the roles of a process, from the database outwards; what has started is stopped again when a later part fails. */
export async function startPeyk(config: Config, options: StartOptions = {}): Promise<RunningPeyk> {
  const log = createLog({ level: config.logLevel, secrets: secretsOf(config) });
  const stops = new Stops(log);
  surviveUnheard(log, stops);
  try {
    return await assemble(config, options, log, stops);
  } catch (error) {
    await stops.run();
    throw error;
  }
}

/** A library that forgets to catch (kafkajs does) must not end the process: what it was doing is tried again anyway. */
function surviveUnheard(log: Logger, stops: Stops): void {
  const heard = (error: unknown): void => {
    log.error({ err: error }, 'a failure that nobody waited for');
  };
  process.on('unhandledRejection', heard);
  stops.add(() => {
    process.off('unhandledRejection', heard);
  });
}

async function assemble(config: Config, options: StartOptions, log: Logger, stops: Stops): Promise<RunningPeyk> {
  const workspace = await openWorkspace(config, log);
  const callTimeoutMs = options.times?.callTimeoutMs ?? CALL_TIMEOUT;
  const channels = openChannels(workspace, config, options.mailbox, callTimeoutMs);
  const opened = await openDatabase(config, log);
  const { database } = opened;
  stops.add(() => opened.close());
  const metrics = new Metrics();
  const health = new Health();
  metrics.onPrint(
    outboxGauges(
      metrics,
      database,
      channels.unavailable.flatMap(({ channel }) => (sendsOn(channel, channels) ? [] : [channel])),
      channels.channels,
    ),
  );
  const times = { ...options.times?.sending, callTimeoutMs: callTimeoutMs + 500, stopWithinMs: STOP_SENDING_WITHIN };
  metrics.onPrint(
    pauseGauge(
      metrics,
      database,
      workspace.journeys.map(({ name }) => name),
    ),
  );
  health.register(pauseHealth(database));
  health.register(channelHealth(database, workspace.policy));
  watchReceipts(config, options, workspace, database, health);
  const sender = openSender(config, channels, workspace, database, { metrics, health, log }, stops, times);
  const live = await LiveJourneys.load(database, { ...workspace, links: linkCodes(config.publicUrl) });
  tellNotRun(live, { metrics, health, log }, options.playground);
  tellServing({ journeys: workspace.journeys, notRun: live.notRun, channels }, log);
  const caller = openCaller(config, workspace, database, { metrics, health, log }, stops, options.times?.calling);
  const engine = openEngine(config, database, live, sender, caller, metrics, log);
  const kafka = kafkaOf(config, options, workspace, engine, database, { metrics, health, log }, stops);
  const beaten = openBeat(config, engine, sender, caller, kafka, metrics, log, stops);
  if (sender !== undefined) beaten.push(await watchPauses(database, sender, senderMetrics(metrics, log), stops));
  beaten.push(...wayBackOf(config, options, workspace, { database, decider: engine, metrics, log }, stops));
  const parts: AppParts = { database, decider: engine, workspace, health, metrics, log, beaten };
  const { app, url } = await serve(config, parts);
  let ended: Promise<void> | undefined;
  stops.add(() => closeApp(app));
  stops.add(() => {
    health.close();
  });
  await listenForQueued(database, sender, stops);
  // Only now: a second process that finds its port taken has sent nothing.
  sender?.start();
  caller?.start();
  kafka?.start();
  return {
    url,
    database,
    workspace,
    notRun: live.notRun,
    stop: () =>
      (ended ??= stops.run().then(() => {
        tellEnd(sender?.leftInDoubt ?? 0, log);
      })),
  };
}

/** Where providers are to call back, that they do; else they are asked. */
function watchReceipts(
  { publicUrl, hookSecret }: Config,
  { mailbox }: StartOptions,
  { policy }: Workspace,
  database: Database,
  health: Health,
): void {
  if (publicUrl === undefined || hookSecret === undefined || mailbox !== undefined) return;
  health.register(receiptHealth(database, [...policy.channels.keys()], publicUrl));
}

function kafkaOf(
  { kafka, roles }: Config,
  { times }: StartOptions,
  { catalogue, policy }: Workspace,
  engine: Engine,
  database: Database,
  ops: Ops,
  stops: Stops,
): OpenKafka | undefined {
  if (kafka === undefined) return undefined;
  const settings = { ...kafka, tuning: times?.kafka };
  const validate = createEventValidator(catalogue, { purposes: [...policy.purposes.keys()] });
  const opened = openKafka(settings, roles, database, engine, validate, ops);
  stops.add(() => opened.stop());
  return opened;
}

function wayBackOf(
  config: Config,
  { mailbox }: StartOptions,
  { policy }: Workspace,
  parts: Omit<Parameters<typeof openWayBack>[2], 'standIn'>,
  stops: Stops,
): readonly Beaten[] {
  const { beaten, stop } = openWayBack(config, policy, { ...parts, standIn: mailbox !== undefined });
  stops.add(stop);
  return beaten;
}

function openBeat(
  config: Config,
  engine: Engine,
  sender: Sender | undefined,
  caller: OpenCaller | undefined,
  kafka: OpenKafka | undefined,
  metrics: Metrics,
  log: Logger,
  stops: Stops,
): Beaten[] {
  const beaten: Beaten[] = [];
  if (config.roles.includes('engine')) {
    const beat = new EngineBeat(engine, engineMetrics(metrics, log));
    stops.add(() => {
      beat.stop();
    });
    beaten.push(beat);
    if (kafka !== undefined) beaten.push(kafka.letters, kafka.outcomes);
  }
  if (sender !== undefined)
    beaten.push({
      beat: ({ sendable }) => {
        if (sendable) sender.wake();
      },
    });
  if (caller !== undefined) beaten.push(caller);
  return beaten;
}
