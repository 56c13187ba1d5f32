import { statement } from '../connection.js';
import type { PauseRow } from './pause-row.js';

export const readPauses = statement<PauseRow>(
  'read-pauses',
  `select kind, name, since, reason from pause order by kind, name`,
);
