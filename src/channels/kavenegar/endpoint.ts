import { ChannelSettingsError } from '../channel-settings.error.js';

const setting = 'PEYK_KAVENEGAR_BASE_URL';

/** Where calls go: an origin for the connection pool, and what stands before `/v1` in the path. */
export interface Endpoint {
  readonly origin: string;
  readonly prefix: string;
}

/** The key is part of every path, so plain http may not leave this machine. A trailing `/v1` may be given or left out. */
export function endpointOf(baseUrl: string): Endpoint {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
    throw new ChannelSettingsError(setting, 'is no URL; it should look like https://api.kavenegar.com');
  }
  if (url.username !== '' || url.password !== '') {
    throw new ChannelSettingsError(
      setting,
      'has a user or a password in it; the key belongs in PEYK_KAVENEGAR_API_KEY',
    );
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw new ChannelSettingsError(setting, `would send the API key in clear text to ${url.host}; use https://`);
  }
  return { origin: url.origin, prefix: url.pathname.replace(/\/+$/, '').replace(/\/v1$/, '') };
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}
