import { statement } from '../connection.js';

export interface UnpublishedRow {
  readonly no: number;
  readonly origin: string | null;
  readonly topic: string;
  readonly key: string | null;
  readonly payload: Buffer;
  readonly headers: Readonly<Record<string, string>>;
  readonly place: string;
  readonly reason: string;
}

/** The oldest letters that still go to `<topic>.dead`: at most $1, and about $2 bytes (always one). */
export const unpublishedDeadLetters = statement<UnpublishedRow>(
  'unpublished-dead-letters',
  `select no, origin, topic, key, payload, headers, place, reason
     from (select *, sum(length(payload)) over (order by no) - length(payload) as bytes_before
             from (select * from dead_letter where topic is not null and published_at is null order by no limit $1) oldest) sized
    where bytes_before < $2
    order by no`,
);
