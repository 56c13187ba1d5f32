import type { z } from 'zod';
import { nearest } from '../domain/did-you-mean.js';
import { roles, type Config, type KafkaConfig } from './config.js';
import { ConfigError } from './config.error.js';
import { isLoopback, variables, type Values, type Variable, type VariableName } from './variables.js';

/** Reads every PEYK_ variable. An empty one counts as absent. Throws ConfigError with everything wrong at once. */
export function loadConfig(env: NodeJS.ProcessEnv): Config {
  const problems = strangers(env);
  const values = readAll(env, problems);
  problems.push(...contradictions(values, env));
  if (problems.length > 0) throw new ConfigError(problems);
  return deepFreeze(build(values));
}

/** Names that nobody reads: a slip there would silently change nothing. PEYK_TEST_ is for our own tests. */
function strangers(env: NodeJS.ProcessEnv): string[] {
  return Object.keys(env)
    .filter((name) => name.startsWith('PEYK_') && !name.startsWith('PEYK_TEST_') && !(name in variables))
    .map((name) => {
      const near = nearest(name, Object.keys(variables));
      return near === undefined
        ? `${name}: there is no such variable; take it out`
        : `${name}: there is no such variable; did you mean ${near}?`;
    });
}

function readAll(env: NodeJS.ProcessEnv, problems: string[]): Values {
  const read = Object.entries(variables).map(([name, variable]) => [name, readOne(name, variable, env, problems)]);
  // Each entry was read by the schema of its own name.
  return Object.fromEntries(read) as Values;
}

function readOne(name: string, variable: Variable<unknown>, env: NodeJS.ProcessEnv, problems: string[]): unknown {
  const text = env[name]?.trim();
  if (text === undefined || text === '') return undefined;
  const result = variable.schema.safeParse(text);
  if (result.success) return result.data;
  const came = variable.secret ? 'something else (not shown, as it is secret)' : JSON.stringify(text);
  const which = wrongItem(text, result.error.issues[0], variable.secret === true);
  problems.push(`${name}: expected ${variable.expected}, got ${came}${which}`);
  return undefined;
}

/** Of several with commas between them, the first that is wrong. */
function wrongItem(text: string, issue: z.core.$ZodIssue | undefined, secret: boolean): string {
  const items = text.split(',').map((item) => item.trim());
  const index = issue?.path[0];
  if (issue === undefined || typeof index !== 'number') return '';
  const why = issue.code === 'custom' ? `: ${issue.message}` : '';
  if (items.length < 2) return why;
  const item = secret ? '' : `, ${JSON.stringify(items[index] ?? '')},`;
  return `; number ${String(index + 1)} of them${item} is wrong${why}`;
}

/** What is right by itself but not together. A variable whose value was refused counts as set here. */
function contradictions(values: Values, env: NodeJS.ProcessEnv): readonly string[] {
  const isSet = (name: VariableName): boolean => (env[name] ?? '').trim() !== '';
  const host = values.PEYK_HOST;
  const problems: string[] = [];
  if (host !== undefined && !isLoopback(host) && !isSet('PEYK_API_KEYS')) {
    problems.push(`PEYK_HOST: ${host} can be reached from other machines; set PEYK_API_KEYS, or listen on 127.0.0.1`);
  }
  const sasl = saslNames.filter((name) => !isSet(name));
  if (sasl.length > 0 && sasl.length < saslNames.length) {
    problems.push(`${sasl.join(', ')}: missing; SASL needs a mechanism, a user name and a password`);
  }
  const idle = isSet('PEYK_KAFKA_BROKERS') ? [] : kafkaNames.filter(isSet);
  problems.push(...idle.map((name) => `${name}: has no effect without PEYK_KAFKA_BROKERS; set that too`));
  return problems;
}

const saslNames = [
  'PEYK_KAFKA_SASL_MECHANISM',
  'PEYK_KAFKA_SASL_USERNAME',
  'PEYK_KAFKA_SASL_PASSWORD',
] as const satisfies readonly VariableName[];

const kafkaNames = [
  'PEYK_KAFKA_TOPICS',
  'PEYK_KAFKA_GROUP',
  'PEYK_KAFKA_SSL',
  ...saslNames,
] as const satisfies readonly VariableName[];

function build(values: Values): Config {
  return {
    host: values.PEYK_HOST ?? '127.0.0.1',
    port: values.PEYK_PORT ?? 3000,
    publicUrl: values.PEYK_PUBLIC_URL,
    databaseUrl: values.PEYK_DATABASE_URL,
    kafka: kafkaOf(values),
    roles: values.PEYK_ROLES ?? roles,
    ...foldersOf(values),
    mailbox: values.PEYK_MAILBOX ?? false,
    accountRates: values.PEYK_ACCOUNT_RATES ?? {},
    kavenegar: { apiKey: values.PEYK_KAVENEGAR_API_KEY, baseUrl: values.PEYK_KAVENEGAR_BASE_URL },
    ...messengersOf(values),
    smtpUrl: values.PEYK_SMTP_URL,
    hookSecret: values.PEYK_HOOK_SECRET,
    webhook: { secret: values.PEYK_WEBHOOK_SECRET, allow: values.PEYK_WEBHOOK_ALLOW ?? [] },
    apiKeys: values.PEYK_API_KEYS ?? [],
    ...reportingOf(values),
    notes: notesOn(values),
  };
}

function foldersOf(values: Values): Pick<Config, 'journeysDir' | 'templatesDir' | 'dataDir'> {
  return {
    journeysDir: values.PEYK_JOURNEYS_DIR ?? 'journeys',
    templatesDir: values.PEYK_TEMPLATES_DIR ?? 'templates',
    dataDir: values.PEYK_DATA_DIR ?? '.peyk',
  };
}

function messengersOf(values: Values): Pick<Config, 'telegram' | 'bale' | 'safir'> {
  return {
    telegram: { token: values.PEYK_TELEGRAM_TOKEN, apiRoot: values.PEYK_TELEGRAM_API_ROOT },
    bale: { token: values.PEYK_BALE_TOKEN, apiRoot: values.PEYK_BALE_API_ROOT },
    safir: {
      apiKey: values.PEYK_BALE_SAFIR_KEY,
      botId: values.PEYK_BALE_SAFIR_BOT_ID,
      baseUrl: values.PEYK_BALE_SAFIR_BASE_URL,
    },
  };
}

function reportingOf(values: Values): Pick<Config, 'logLevel' | 'lang' | 'dedupDays' | 'retentionDays'> {
  return {
    logLevel: values.PEYK_LOG_LEVEL ?? 'info',
    lang: values.PEYK_LANG ?? 'en',
    dedupDays: values.PEYK_DEDUP_DAYS,
    retentionDays: values.PEYK_RETENTION_DAYS,
  };
}

function kafkaOf(values: Values): KafkaConfig | undefined {
  if (values.PEYK_KAFKA_BROKERS === undefined) return undefined;
  const mechanism = values.PEYK_KAFKA_SASL_MECHANISM;
  const username = values.PEYK_KAFKA_SASL_USERNAME;
  const password = values.PEYK_KAFKA_SASL_PASSWORD;
  return {
    brokers: values.PEYK_KAFKA_BROKERS,
    topics: values.PEYK_KAFKA_TOPICS ?? ['peyk.events'],
    group: values.PEYK_KAFKA_GROUP ?? 'peyk',
    ssl: values.PEYK_KAFKA_SSL ?? false,
    sasl: mechanism && username && password ? { mechanism, username, password } : undefined,
  };
}

function notesOn(values: Values): readonly string[] {
  const idle = Object.entries<Variable<unknown>>(variables)
    .filter(([name, { note }]) => note !== undefined && values[name as VariableName] !== undefined)
    .map(([name, { note = '' }]) => `${name} ${note}`);
  const short = values.PEYK_API_KEYS?.some((key) => key.length < 16)
    ? ['PEYK_API_KEYS has a key of fewer than 16 characters, which can be guessed; make a longer one']
    : [];
  return [...idle, ...short];
}

function deepFreeze<T extends object>(value: T): T {
  for (const part of Object.values(value)) if (typeof part === 'object' && part !== null) deepFreeze(part as object);
  return Object.freeze(value);
}
