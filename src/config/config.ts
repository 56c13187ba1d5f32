import type { AccountRates } from './account-rates.js';

/** Parts of the work that a process takes on; one process has all by default. */
export type Role = 'api' | 'engine' | 'sender';
export const roles: readonly Role[] = ['api', 'engine', 'sender'];

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';

export type SaslMechanism = 'plain' | 'scram-sha-256' | 'scram-sha-512';

export interface KafkaConfig {
  readonly brokers: readonly string[];
  readonly topics: readonly string[];
  readonly group: string;
  readonly ssl: boolean;
  readonly sasl:
    | { readonly mechanism: SaslMechanism; readonly username: string; readonly password: string }
    | undefined;
}

/** Everything that the environment decides, validated and frozen. Nothing else reads `process.env`. */
export interface Config {
  readonly host: string;
  readonly port: number;
  /** Where links in messages point, without a trailing slash. */
  readonly publicUrl: string | undefined;
  /** Undefined: the embedded PostgreSQL in `dataDir`. */
  readonly databaseUrl: string | undefined;
  readonly kafka: KafkaConfig | undefined;
  readonly roles: readonly Role[];
  readonly journeysDir: string;
  readonly templatesDir: string;
  readonly dataDir: string;
  /** The mailbox stands in for every channel. */
  readonly mailbox: boolean;
  /** How much providers' accounts take, over all of their channels. */
  readonly accountRates: AccountRates;
  readonly kavenegar: { readonly apiKey: string | undefined; readonly baseUrl: string | undefined };
  readonly telegram: { readonly token: string | undefined; readonly apiRoot: string | undefined };
  readonly bale: { readonly token: string | undefined; readonly apiRoot: string | undefined };
  /** Bale by phone number. */
  readonly safir: {
    readonly apiKey: string | undefined;
    readonly botId: number | undefined;
    readonly baseUrl: string | undefined;
  };
  readonly smtpUrl: string | undefined;
  /** Stands in the address that providers call back; undefined: there is none. */
  readonly hookSecret: string | undefined;
  /** Web hooks: what their calls are signed with, and the hosts that may be called though they are not on the internet. */
  readonly webhook: { readonly secret: string | undefined; readonly allow: readonly string[] };
  /** Empty: no key is asked for, and only this machine may connect. */
  readonly apiKeys: readonly string[];
  readonly logLevel: LogLevel;
  readonly lang: 'en' | 'fa';
  readonly dedupDays: number | undefined;
  readonly retentionDays: number | undefined;
  /** What is set but does not do what one may expect, a sentence each: to be logged at the start. */
  readonly notes: readonly string[];
}

/** The demo writes made-up events: only where nothing real is configured. */
export function demoAllowed(config: Config): boolean {
  const { databaseUrl, kafka, smtpUrl } = config;
  return [databaseUrl, kafka, smtpUrl, ...providerKeys(config)].every((setting) => setting === undefined);
}

function providerKeys({ kavenegar, telegram, bale, safir }: Config): readonly (string | undefined)[] {
  return [kavenegar.apiKey, telegram.token, bale.token, safir.apiKey];
}

/** What may never stand in a log or an answer. */
export function secretsOf(config: Config): readonly string[] {
  const { hookSecret, webhook, apiKeys, databaseUrl, kafka, smtpUrl } = config;
  const passwords = [databaseUrl, smtpUrl].flatMap((url) => (url === undefined ? [] : passwordsIn(url)));
  return [...apiKeys, ...passwords, kafka?.sasl?.password, ...providerKeys(config), hookSecret, webhook.secret].filter(
    (secret) => secret !== undefined,
  );
}

/** As it is written in the URL, and as it is meant. */
function passwordsIn(text: string): readonly string[] {
  const password = URL.canParse(text) ? new URL(text).password : '';
  if (password === '') return [];
  try {
    return [password, decodeURIComponent(password)];
  } catch {
    return [password];
  }
}
