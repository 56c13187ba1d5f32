import { statement } from '../connection.js';

export interface PeopleByStep {
  readonly step: string | null;
  readonly people: number;
}

/** How many stand where in journey $1, on another version than $2. */
export const peopleByStep = statement<PeopleByStep>(
  'people-by-step',
  `select step, count(*)::float8 as people from enrolment
   where status = 'active' and journey = $1 and version <> $2
   group by step order by people desc, step`,
);
