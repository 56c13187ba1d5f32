import { openDatabases, type Databases } from '../rig/databases.js';
import { fillTopic, type FilledTopic } from './topic.js';

/** A topic with so many events, and the databases that they are worked off into. */
export interface Filled {
  readonly topic: FilledTopic;
  readonly databases: Databases;
  readonly close: () => Promise<void>;
}

export async function openFilled(events: number): Promise<Filled | { readonly skipped: string }> {
  const topic = await fillTopic(events);
  if ('skipped' in topic) return topic;
  const databases = await openDatabases().catch(async (error: unknown) => {
    await topic.close();
    throw error;
  });
  const close = async (): Promise<void> => {
    try {
      await databases.close();
    } finally {
      await topic.close();
    }
  };
  return { topic, databases, close };
}
