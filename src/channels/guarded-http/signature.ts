import { createHmac } from 'node:crypto';

/**
 * `t=<seconds since 1970>,v1=<hex>`: HMAC-SHA256 with the shared secret over `<t>.<body>`. Whoever receives it computes the
 * same over the body as it came, compares in constant time, and refuses a `t` that is more than some minutes off.
 */
export function signatureOf(secret: string, body: string, now: number): string {
  const seconds = String(Math.floor(now / 1000));
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
}
