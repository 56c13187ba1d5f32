import { statement } from '../connection.js';

/** The files of a bundle, path → text. */
export const readBundle = statement<{ files: Record<string, string> }>(
  'read-bundle',
  'select files from bundle where no = $1::integer',
);
