import { statement } from '../connection.js';

/** The set of files that was loaded last. */
export const newestBundle = statement<{ no: number; files: Record<string, string> }>(
  'newest-bundle',
  'select no, files from bundle order by no desc limit 1',
);
