import { CALL_TIMEOUT, openChannels } from '../assembly/open-channels.js';
import type { Channel } from '../channels/channel.js';
import { hookToken } from '../channels/hook-token.js';
import type { Config } from '../config/config.js';
import type { Workspace } from '../domain/workspace.js';
import type { Print } from './check.js';

/** What was done for one provider. `by_hand`: only its own panel knows how. */
interface Done {
  readonly channel: string;
  readonly provider: string;
  readonly state: 'set' | 'was_set' | 'fails' | 'by_hand';
  readonly detail: string;
}

/** `peyk channels --set-hooks`: tells messengers where to bring replies. 1 where one could not be told. */
export async function setHooks(workspace: Workspace, config: Config, json: boolean, print: Print): Promise<number> {
  const { publicUrl, hookSecret } = config;
  if (publicUrl === undefined || hookSecret === undefined) {
    console.error('providers cannot call back: set PEYK_PUBLIC_URL, where others reach it, and PEYK_HOOK_SECRET');
    return 1;
  }
  const { channels } = openChannels(workspace, config, undefined, CALL_TIMEOUT);
  try {
    const done = await Promise.all(channels.map((channel) => setHook(channel, publicUrl, hookSecret)));
    const told = done.flatMap((one) => one ?? []);
    for (const one of told) print(json ? JSON.stringify(one) : lineOf(one));
    if (told.length === 0 && !json) print('policy.yaml tries no channels whose providers call back');
    return told.every(({ state }) => state !== 'fails') ? 0 : 1;
  } finally {
    await Promise.all(channels.map((channel) => channel.close()));
  }
}

async function setHook(
  { channel, provider, setHook: set }: Channel,
  publicUrl: string,
  secret: string,
): Promise<Done | undefined> {
  const place = `${publicUrl}/hooks/${channel}/`;
  if (set === undefined) return callsBack(provider) ? byHand(channel, provider, place) : undefined;
  const result = await set({ url: place + secret, token: hookToken(secret, channel) });
  const detail = result.kind === 'fails' ? result.reason : shown(place);
  return { channel, provider, state: result.kind, detail };
}

function callsBack(provider: string): boolean {
  return provider === 'kavenegar';
}

function byHand(channel: string, provider: string, place: string): Done {
  return { channel, provider, state: 'by_hand', detail: `enter ${shown(place)} in its panel, for each line` };
}

/** Logs and screens are read by many. */
function shown(place: string): string {
  return `${place}<PEYK_HOOK_SECRET>`;
}

const words: Readonly<Record<Done['state'], string>> = {
  set: 'calls now at',
  was_set: 'called there before, and was told again:',
  fails: 'could not be told:',
  by_hand: 'is set up by hand:',
};

function lineOf({ channel, provider, state, detail }: Done): string {
  return `${channel} by ${provider} ${words[state]} ${detail}`;
}
