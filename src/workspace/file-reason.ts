/** Why a file or a directory cannot be used, for people. */
export function fileReason(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error);
  const code = 'code' in error ? String(error.code) : '';
  return reasons[code] ?? ('message' in error ? String(error.message) : 'for a reason that is not known');
}

const reasons: Readonly<Record<string, string | undefined>> = {
  ENOENT: 'it is not there',
  EACCES: 'no permission',
  ENOTDIR: 'it is no directory',
  EISDIR: 'it is a directory',
};
