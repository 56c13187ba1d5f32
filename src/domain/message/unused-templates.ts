import type { Problem } from '../problem.js';
import type { CheckedTemplates } from './templates.js';

/** A warning for each template that no journey uses. */
export function unusedTemplates(
  used: ReadonlySet<string>,
  templates: Pick<CheckedTemplates, 'names' | 'pathOf'>,
): readonly Problem[] {
  const unused = templates.names().filter((name) => !used.has(name));
  return unused.flatMap((name) => {
    const file = templates.pathOf(name);
    if (file === undefined) return [];
    const message = `no journey uses template "${name}"; send it, or take its folder away`;
    return [{ severity: 'warning', position: { file, line: 1, column: 1 }, message } as const];
  });
}
