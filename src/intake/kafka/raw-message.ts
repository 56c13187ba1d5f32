import type { IHeaders } from 'kafkajs';

/** A message as it lies on a topic. Header names are as they were sent; of a repeated header the last counts. */
export interface RawMessage {
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, string>>;
}

/** What kafkajs hands over, in plain strings that Postgres can keep (a NUL in a header or key becomes U+FFFD). */
export function rawMessage(message: { key: Buffer | null; value: Buffer | null; headers?: IHeaders }): RawMessage {
  const headers: Record<string, string> = {};
  for (const name of Object.keys(message.headers ?? none)) {
    const value = message.headers?.[name];
    const last = Array.isArray(value) ? value.at(-1) : value;
    if (last !== undefined) headers[storable(name)] = storable(last.toString());
  }
  return { key: message.key, value: message.value, headers };
}

const none: IHeaders = {};

/** Postgres text has no NUL. */
export function storable(text: string): string {
  return !text.includes('\0') ? text : text.replaceAll('\0', '\uFFFD');
}
