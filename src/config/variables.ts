import { z } from 'zod';
import { accountRates } from './account-rates.js';
import { roles, type Role } from './config.js';

/** One environment variable: how its text is read, and how to say what it should be. */
export interface Variable<Value> {
  readonly expected: string;
  readonly schema: z.ZodType<Value, string>;
  /** Its value is never printed. */
  readonly secret?: true;
  /** Where it does not do all that one may expect. */
  readonly note?: string;
}

/** It stands in the path of every call. */
const botToken = /^[\w:-]+$/;

export const variables = {
  PEYK_HOST: variable('a host name or an IP address to listen on', matching(/^[\w.:-]+$/)),
  PEYK_PORT: variable('a port from 0 to 65535', whole(0, 65_535)),
  PEYK_PUBLIC_URL: variable(
    'a URL such as https://peyk.example.com',
    url(['http:', 'https:']).refine(isPlainPlace).transform(withoutSlash),
  ),
  PEYK_DATABASE_URL: secret('a URL such as postgres://user:password@host:5432/peyk', url(['postgres:', 'postgresql:'])),
  PEYK_KAFKA_BROKERS: variable('host:port, several with commas between them', list(matching(/^[\w.-]+:\d{1,5}$/))),
  PEYK_KAFKA_TOPICS: variable('names of topics with commas between them', list(matching(/^[\w.-]{1,249}$/))),
  PEYK_KAFKA_GROUP: variable('the name of a consumer group', matching(/^\S{1,255}$/)),
  PEYK_KAFKA_SSL: variable('true or false', z.stringbool()),
  PEYK_KAFKA_SASL_MECHANISM: variable(
    'plain, scram-sha-256 or scram-sha-512',
    z
      .string()
      .toLowerCase()
      .pipe(z.enum(['plain', 'scram-sha-256', 'scram-sha-512'])),
  ),
  PEYK_KAFKA_SASL_USERNAME: variable('a user name', z.string()),
  PEYK_KAFKA_SASL_PASSWORD: secret('a password', z.string()),
  PEYK_ROLES: variable('some of api, engine, sender, with commas between them', list(z.enum(roles as Role[]))),
  PEYK_JOURNEYS_DIR: variable('a folder', z.string()),
  PEYK_TEMPLATES_DIR: variable('a folder', z.string()),
  PEYK_DATA_DIR: variable('a folder', z.string()),
  PEYK_MAILBOX: variable('true or false', z.stringbool()),
  PEYK_ACCOUNT_RATES: variable(
    'providers with what their accounts take, such as kavenegar=100 per second, safir=20 per second; each once',
    accountRates,
  ),
  PEYK_KAVENEGAR_API_KEY: secret('a key without spaces', matching(/^\S+$/)),
  PEYK_KAVENEGAR_BASE_URL: providerUrl('https://api.kavenegar.com'),
  PEYK_TELEGRAM_TOKEN: secret('a token such as 123456:ABC-DEF, as BotFather gives it', matching(botToken)),
  PEYK_TELEGRAM_API_ROOT: providerUrl('https://api.telegram.org'),
  PEYK_BALE_TOKEN: secret('a token such as 123456:ABC-DEF, as BotFather of Bale gives it', matching(botToken)),
  PEYK_BALE_API_ROOT: providerUrl('https://tapi.bale.ai'),
  PEYK_BALE_SAFIR_KEY: secret('a key without spaces', matching(/^[\x21-\x7e]+$/)),
  PEYK_BALE_SAFIR_BOT_ID: variable('the number of a bot', matching(/^[1-9]\d{0,14}$/).transform(Number)),
  PEYK_BALE_SAFIR_BASE_URL: providerUrl('https://safir.bale.ai'),
  PEYK_SMTP_URL: secret('a URL such as smtps://user:password@mail.example.com', url(['smtp:', 'smtps:'])),
  PEYK_HOOK_SECRET: secret('at least 16 letters, digits or any of - . _ ~', matching(/^[\w.~-]{16,256}$/)),
  PEYK_WEBHOOK_SECRET: secret('at least 16 characters without spaces', matching(/^[\x21-\x7e]{16,256}$/)),
  PEYK_WEBHOOK_ALLOW: variable(
    'hosts such as crm.internal or 10.0.0.5:8080, with commas between them',
    list(
      z
        .string()
        .toLowerCase()
        .pipe(matching(/^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/)),
    ),
  ),
  PEYK_API_KEYS: secret('keys without spaces, with commas between them', list(matching(/^[\x21-\x7e]+$/))),
  PEYK_LOG_LEVEL: variable(
    'trace, debug, info, warn, error, fatal or silent',
    z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']),
  ),
  PEYK_LANG: variable('en or fa', z.enum(['en', 'fa'])),
  PEYK_DEDUP_DAYS: noted('a number of days, at least 1', whole(1, 36_500), 'is not in force yet'),
  PEYK_RETENTION_DAYS: noted(
    'a number of days, at least 1',
    whole(1, 36_500),
    'is in force for calls of web hooks and short links only; events are kept',
  ),
} satisfies Record<string, Variable<unknown>>;

export type VariableName = keyof typeof variables;
export type Values = { readonly [Name in VariableName]: z.output<(typeof variables)[Name]['schema']> | undefined };

/** Whether a connection to that host stays on this machine. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}

function variable<Value>(expected: string, schema: z.ZodType<Value, string>): Variable<Value> {
  return { expected, schema };
}

function secret<Value>(expected: string, schema: z.ZodType<Value, string>): Variable<Value> {
  return { expected, schema, secret: true };
}

function noted<Value>(expected: string, schema: z.ZodType<Value, string>, note: string): Variable<Value> {
  return { expected, schema, note };
}

/** A key goes with every call. */
function providerUrl(example: string): Variable<string> {
  const expected = `a URL such as ${example} (plain http only to this machine)`;
  return variable(expected, url(['http:', 'https:']).refine(isSafeOnTheWire));
}

function matching(shape: RegExp): z.ZodString {
  return z.string().regex(shape);
}

function whole(from: number, to: number): z.ZodType<number, string> {
  return matching(/^\d{1,6}$/)
    .transform(Number)
    .pipe(z.number().min(from).max(to));
}

/** At least one, spaces around the commas allowed, none twice. */
function list<Value>(item: z.ZodType<Value, string>): z.ZodType<readonly Value[], string> {
  const split = z.string().transform((text) => text.split(',').map((part) => part.trim()));
  return split.pipe(z.array(item).transform((items) => [...new Set(items)]));
}

function url(protocols: readonly string[]): z.ZodString {
  return z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol));
}

/** What is put behind it has to be its path, in letters that every message may hold. */
function isPlainPlace(text: string): boolean {
  return /^[!-~]+$/.test(text) && !/[?#@<>"\\]/.test(text);
}

function withoutSlash(text: string): string {
  return text.replace(/\/+$/, '');
}

function isSafeOnTheWire(text: string): boolean {
  return !URL.canParse(text) || new URL(text).protocol === 'https:' || isLoopback(new URL(text).hostname);
}
