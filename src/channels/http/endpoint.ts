import { ChannelSettingsError } from '../channel-settings.error.js';

/** Where calls go: an origin for the connection pool, and what stands before a method in the path (no slash at its end). */
export interface Endpoint {
  readonly origin: string;
  readonly prefix: string;
}

/** What is said of a base URL that cannot be used. */
export interface EndpointNames {
  /** The variable that holds it. */
  readonly setting: string;
  /** The variable that holds the key. */
  readonly key: string;
  readonly example: string;
}

/** A key goes with every call, so plain http may not leave this machine. */
export function endpointOf(baseUrl: string, { setting, key, example }: EndpointNames): Endpoint {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
    throw new ChannelSettingsError(setting, `is no URL; it should look like ${example}`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new ChannelSettingsError(setting, `has a user or a password in it; the key belongs in ${key}`);
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw new ChannelSettingsError(setting, `would send the key in clear text to ${url.host}; use https://`);
  }
  return { origin: url.origin, prefix: url.pathname.replace(/\/+$/, '') };
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}
