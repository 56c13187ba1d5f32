import { mistaken, type Kind } from '../../expression/kind.js';

/**
 * The kind with all there that may be absent: what a guard that cannot be read may have made sure of. That guard has been
 * told; that it guards nothing is not told beside it.
 */
export function present(kind: Kind): Kind {
  if (kind.kind === 'any') return mistaken;
  if (kind.kind === 'list') return { kind: 'list', of: present(kind.of) };
  if (kind.kind !== 'record') return kind;
  const fields = Object.entries(kind.fields).map(
    ([name, field]) => [name, { kind: present(field.kind), optional: false }] as const,
  );
  return { kind: 'record', fields: Object.fromEntries(fields) };
}
