import { statement } from '../connection.js';

/** The files of these bundles, path → text, as far as they are kept. */
export const readBundles = statement<{ no: number; files: Record<string, string> }>(
  'read-bundles',
  'select no, files from bundle where no = any($1::integer[])',
);
