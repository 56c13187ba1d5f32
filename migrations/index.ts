import type { SqlMigration } from '../src/store/sql-migration.js';
import { First0001 } from './0001-first.js';
import { TasksAndEmits0002 } from './0002-tasks-and-emits.js';
import { Policy0003 } from './0003-policy.js';
import { WayBack0004 } from './0004-way-back.js';
import { Outcomes0005 } from './0005-outcomes.js';
import { Links0006 } from './0006-links.js';
import { Webhooks0007 } from './0007-webhooks.js';
import { Merging0008 } from './0008-merging.js';
import { BeyondOneAttempt0009 } from './0009-beyond-one-attempt.js';
import { WhatIsDue0010 } from './0010-what-is-due.js';
import { VacuumedSooner0011 } from './0011-vacuumed-sooner.js';

/** All migrations in order; `npm run migration:new` adds a line. */
export const migrations: readonly (new () => SqlMigration)[] = [
  First0001,
  TasksAndEmits0002,
  Policy0003,
  WayBack0004,
  Outcomes0005,
  Links0006,
  Webhooks0007,
  Merging0008,
  BeyondOneAttempt0009,
  WhatIsDue0010,
  VacuumedSooner0011,
];
