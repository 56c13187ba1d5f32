import type { Config } from '../config/config.js';
import { printProblem } from '../domain/problem.js';
import type { Workspace } from '../domain/workspace.js';
import { StartError } from '../main.js';
import type { Logger } from '../ops/log.js';
import { loadDirectories } from '../workspace/load-directories.js';

/** The files, checked; nothing is served on files that `peyk check` refuses. */
export async function openWorkspace({ journeysDir, templatesDir, publicUrl }: Config, log: Logger): Promise<Workspace> {
  const { workspace, problems } = await loadDirectories({ journeys: journeysDir, templates: templatesDir });
  for (const problem of problems) if (problem.severity === 'warning') log.warn(printProblem(problem));
  if (workspace === undefined) {
    const errors = problems.filter(({ severity }) => severity === 'error').map(printProblem);
    throw new StartError(`the journey files are not well:\n${errors.join('\n')}`, undefined);
  }
  tellLinks(workspace, publicUrl, log);
  return workspace;
}

/** Without a public address links print their targets, which is well; a customer who wants no more has to be heard. */
function tellLinks({ templates }: Workspace, publicUrl: string | undefined, log: Logger): void {
  if (publicUrl !== undefined) return;
  const deaf = templates.names().filter((name) => templates.usesUnsubscribe(name));
  if (deaf.length > 0) {
    throw new StartError(
      `{{unsubscribe}} in ${deaf.join(', ')} leads nowhere: set PEYK_PUBLIC_URL to where customers reach this server`,
      undefined,
    );
  }
  const untracked = templates.names().filter((name) => templates.usesServedLinks(name));
  if (untracked.length === 0) return;
  log.warn(`{{link}} in ${untracked.join(', ')} prints its target, and no click is seen: PEYK_PUBLIC_URL is not set`);
}
