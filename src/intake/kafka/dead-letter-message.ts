import type { Message } from 'kafkajs';

/** A dead letter as `<topic>.dead` needs it. */
export interface PublishableLetter {
  readonly no: number;
  readonly origin: string | null;
  readonly topic: string;
  readonly key: string | null;
  readonly payload: Buffer;
  readonly headers: Readonly<Record<string, string>>;
  readonly place: string;
  readonly reason: string;
}

export const deadTopic = (topic: string): string => `${topic}.dead`;

/** The message as it came, with what was wrong and where it lay in headers. */
export function deadLetterMessage(letter: PublishableLetter): Message {
  const [, partition, offset] = /\/(\d+)\/(\d+)$/.exec(letter.origin ?? '') ?? [];
  return {
    key: letter.key,
    value: letter.payload,
    headers: {
      ...letter.headers,
      'peyk-dead-letter': String(letter.no),
      'peyk-reason': letter.reason,
      'peyk-place': letter.place,
      'peyk-source-topic': letter.topic,
      ...(partition === undefined ? {} : { 'peyk-source-partition': partition }),
      ...(offset === undefined ? {} : { 'peyk-source-offset': offset }),
    },
  };
}

/** With the headers it may be larger than the broker takes: then the value stays in the table, and a header says so. */
export function withoutValue(message: Message, no: number): Message {
  const headers = { ...message.headers, 'peyk-value': `too large to copy: npx peyk dead-letters show ${String(no)}` };
  return { ...message, value: Buffer.alloc(0), headers };
}
