import { ChannelSettingsError } from '../channel-settings.error.js';

const setting = 'PEYK_SMTP_URL';

export interface MailServer {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte (smtps), else STARTTLS where the server has it. */
  readonly secure: boolean;
  readonly auth: { readonly user: string; readonly pass: string } | undefined;
  /** On this machine: encryption adds nothing, and test servers sign for themselves. */
  readonly loopback: boolean;
}

/** `smtp://user:password@host:587` or `smtps://…:465`, the ports being the defaults; options after `?` are not used. */
export function mailServerOf(text: string): MailServer {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['smtp:', 'smtps:'].includes(url.protocol) || url.hostname === '') {
    throw new ChannelSettingsError(setting, 'is no URL; it should look like smtps://user:password@mail.example.com');
  }
  const secure = url.protocol === 'smtps:';
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  return {
    host,
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    secure,
    auth: url.username === '' ? undefined : { user: decoded(url.username), pass: decoded(url.password) },
    loopback: host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host),
  };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new ChannelSettingsError(setting, 'has a "%" in its user or password that is not written as %25');
  }
}
