import { CALL_TIMEOUT, openChannels } from '../assembly/open-channels.js';
import { usedChannels } from '../assembly/used-channels.js';
import type { Channel } from '../channels/channel.js';
import type { Channels } from '../channels/registry.js';
import { readEnvironment } from '../config/read-environment.js';
import type { Config } from '../config/config.js';
import { printProblem } from '../domain/problem.js';
import type { Workspace } from '../domain/workspace.js';
import { loadDirectories } from '../workspace/load-directories.js';
import type { Print } from './check.js';
import { setHooks } from './set-hooks.js';

/** How one provider of a channel stands. `not_asked`: it cannot be asked without sending a message. */
interface Standing {
  readonly channel: string;
  readonly provider: string;
  readonly state: 'works' | 'fails' | 'not_configured' | 'not_asked';
  readonly detail: string;
}

/** `peyk channels`: which the policy uses, and whether each could send now; sends nothing. 1 where one could not. */
export async function channels(
  options: { readonly json?: boolean; readonly setHooks?: boolean },
  print: Print = console.log,
): Promise<number> {
  const config = readEnvironment();
  const { workspace, problems } = await loadDirectories({
    journeys: config.journeysDir,
    templates: config.templatesDir,
  });
  if (workspace === undefined) {
    for (const problem of problems) if (problem.severity === 'error') console.error(printProblem(problem));
    return 1;
  }
  if (options.setHooks === true) return setHooks(workspace, config, options.json === true, print);
  const standings = await standingsOf(workspace, config);
  for (const standing of standings) print(options.json === true ? JSON.stringify(standing) : lineOf(standing));
  if (standings.length === 0 && options.json !== true) print('policy.yaml tries no channels');
  return standings.every(({ state }) => state === 'works' || state === 'not_asked') ? 0 : 1;
}

async function standingsOf(workspace: Workspace, config: Config): Promise<readonly Standing[]> {
  const standIn = config.mailbox ? { delivered: () => undefined } : undefined;
  const opened = openChannels(workspace, config, standIn, CALL_TIMEOUT);
  try {
    const asked = await Promise.all(opened.channels.map(ask));
    return inOrder([...asked, ...unavailable(opened)], workspace);
  } finally {
    await Promise.all(opened.channels.map((channel) => channel.close()));
  }
}

async function ask({ channel, provider, probe }: Channel): Promise<Standing> {
  if (provider === 'mailbox') return { channel, provider, state: 'not_asked', detail: 'it keeps what it is given' };
  if (probe === undefined)
    return { channel, provider, state: 'not_asked', detail: 'it cannot be asked without sending a message' };
  const probed = await probe();
  return probed.kind === 'works'
    ? { channel, provider, state: 'works', detail: probed.detail }
    : { channel, provider, state: 'fails', detail: probed.reason };
}

function unavailable(opened: Channels): readonly Standing[] {
  return opened.unavailable.map(({ channel, provider, reason }) => ({
    channel,
    provider,
    state: 'not_configured',
    detail: reason,
  }));
}

/** As the policy tries them; of one channel's providers the first before the others. */
function inOrder(standings: readonly Standing[], workspace: Workspace): readonly Standing[] {
  const { named, perhaps } = usedChannels(workspace);
  return [...named, ...perhaps].flatMap((name) => {
    const of = standings.filter(({ channel }) => channel === name);
    const providers = (workspace.policy.channels.get(name) ?? []).map(({ provider }) => provider);
    return [...of].sort((a, b) => providers.indexOf(a.provider) - providers.indexOf(b.provider));
  });
}

const words: Readonly<Record<Standing['state'], string>> = {
  works: 'works',
  fails: 'fails',
  not_configured: 'is not configured',
  not_asked: 'was not asked',
};

function lineOf({ channel, provider, state, detail }: Standing): string {
  return `${channel} by ${provider} ${words[state]}: ${detail}`;
}
