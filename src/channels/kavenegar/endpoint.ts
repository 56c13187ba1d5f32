import { endpointOf as endpointNamed, type Endpoint } from '../http/endpoint.js';

const names = {
  setting: 'PEYK_KAVENEGAR_BASE_URL',
  key: 'PEYK_KAVENEGAR_API_KEY',
  example: 'https://api.kavenegar.com',
};

/** The key is part of every path, so plain http may not leave this machine. A trailing `/v1` may be given or left out. */
export function endpointOf(baseUrl: string): Endpoint {
  const { origin, prefix } = endpointNamed(baseUrl, names);
  return { origin, prefix: prefix.replace(/\/v1$/, '') };
}
