import type { ChannelName } from '../domain/message/message.js';
import type { Channel } from './channel.js';

type Text = string | undefined;

/** What the environment says of providers, by whom it is for; read in `src/config`. */
export interface ProviderEnvironment {
  readonly kavenegar: { readonly apiKey: Text; readonly baseUrl: Text };
  readonly smtpUrl: Text;
  readonly telegram: { readonly token: Text; readonly apiRoot: Text };
  readonly bale: { readonly token: Text; readonly apiRoot: Text };
  readonly safir: { readonly apiKey: Text; readonly botId: number | undefined; readonly baseUrl: Text };
  readonly webhook: { readonly secret: Text; readonly allow: readonly string[] };
}

/** What a provider is opened with. */
export interface Opening {
  readonly channel: ChannelName;
  /** `sender` of the policy. */
  readonly sender: string | undefined;
  /** For one call. */
  readonly timeoutMs: number;
  readonly environment: ProviderEnvironment;
}

/** An adapter, as its folder tells of it. Registering one is one line in `providers.ts`. */
export interface Provider {
  /** As the policy names it. */
  readonly provider: string;
  readonly channels: readonly ChannelName[];
  /** Throws ChannelSettingsError. */
  open(opening: Opening): Channel;
}
