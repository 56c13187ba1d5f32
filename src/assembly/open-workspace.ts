import type { Config } from '../config/config.js';
import { printProblem } from '../domain/problem.js';
import type { Workspace } from '../domain/workspace.js';
import { StartError } from '../main.js';
import type { Logger } from '../ops/log.js';
import { loadDirectories } from '../workspace/load-directories.js';

/** The files, checked; nothing is served on files that `peyk check` refuses. */
export async function openWorkspace({ journeysDir, templatesDir }: Config, log: Logger): Promise<Workspace> {
  const { workspace, problems } = await loadDirectories({ journeys: journeysDir, templates: templatesDir });
  for (const problem of problems) if (problem.severity === 'warning') log.warn(printProblem(problem));
  if (workspace === undefined) {
    const errors = problems.filter(({ severity }) => severity === 'error').map(printProblem);
    throw new StartError(`the journey files are not well:\n${errors.join('\n')}`, undefined);
  }
  refuseUnserved(workspace);
  return workspace;
}

/** Simulated already, served later: tracked links and unsubscribe addresses need an endpoint of their own. */
function refuseUnserved({ templates, files }: Workspace): void {
  const names = [...files.keys()].flatMap((file) => /^templates\/([^/]+)\//.exec(file)?.[1] ?? []);
  const unserved = [...new Set(names)].filter((name) => templates.usesServedLinks(name));
  if (unserved.length === 0) return;
  throw new StartError(
    `{{link}} and {{unsubscribe}} are not supported yet when serving: take them out of ${unserved.join(', ')}`,
    undefined,
  );
}
