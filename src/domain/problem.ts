/** Where in the workspace's files something stands; lines and columns count from 1. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Something wrong (or suspicious) in the files: a sentence that names the place and the remedy. */
export interface Problem {
  readonly severity: 'error' | 'warning';
  readonly position: Position;
  readonly message: string;
}

/** `file:line:column: message`, as editors and CI logs read it. */
export function printProblem({ severity, position, message }: Problem): string {
  const label = severity === 'warning' ? 'warning: ' : '';
  return `${position.file}:${String(position.line)}:${String(position.column)}: ${label}${message}`;
}
