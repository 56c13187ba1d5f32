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
    { readonly mechanism: SaslMechanism; readonly username: string; readonly password: string } | undefined;
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
  readonly kavenegar: { readonly apiKey: string | undefined; readonly baseUrl: string | undefined };
  readonly smtpUrl: string | undefined;
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
export function demoAllowed({ databaseUrl, kafka, kavenegar, smtpUrl }: Config): boolean {
  return databaseUrl === undefined && kafka === undefined && kavenegar.apiKey === undefined && smtpUrl === undefined;
}

/** What may never stand in a log or an answer. */
export function secretsOf({ apiKeys, databaseUrl, kafka, kavenegar, smtpUrl }: Config): readonly string[] {
  const passwords = [databaseUrl, smtpUrl].flatMap((url) => (url === undefined ? [] : passwordsIn(url)));
  return [...apiKeys, ...passwords, kafka?.sasl?.password, kavenegar.apiKey].filter((secret) => secret !== undefined);
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
