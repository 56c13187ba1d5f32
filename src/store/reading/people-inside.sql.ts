import { statement } from '../connection.js';

export interface PeopleInsideRow {
  readonly journey: string;
  readonly status: 'active' | 'watching';
  readonly people: number;
}

/** Enrolments that live. Those that have ended are left out: counting them would read the whole table. */
export const peopleInside = statement<PeopleInsideRow>(
  'people-inside',
  `select journey, 'active' as status, count(*) as people from enrolment where status = 'active' group by journey
   union all
   select journey, 'watching', count(*) from enrolment where status = 'watching' group by journey`,
);
