import { statement } from '../connection.js';

export interface WhoseContact {
  /** The newest customer with the phone, and with the chat; null for nobody. */
  readonly by_phone: string | null;
  readonly by_chat: string | null;
  /** Whether somebody was born from the chat. */
  readonly stranger: boolean;
}

const newest = (attribute: string, value: string): string =>
  `(select id from customer where attributes ? '${attribute}' and attributes ->> '${attribute}' = ${value}
    order by created_at desc limit 1)`;

/** Who is behind a phone ($1) and a chat ($2) of a channel ($3): $4 the id of who is born from it. */
export const whoseContact = statement<WhoseContact>(
  'whose-contact',
  `select ${newest('phone', '$1::text')} as by_phone,
     case $3::text when 'telegram' then ${newest('telegram', '$2::text')} when 'bale' then ${newest('bale', '$2::text')} end
       as by_chat,
     exists (select from customer where id = $4::text and merged_into is null) as stranger`,
);
