import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { JsonObject } from '../../src/domain/json.js';
import { until } from '../integration/kafka/until.js';
import type { FakeSmtp } from '../servers/smtp/server.js';
import { Customer, files } from '../torture/business.js';
import { countOf, tally } from '../torture/count.js';
import type { Env } from './peyk-process.js';
import { post } from './shop.js';
import type { World } from './world.js';

/** Customers of the tortured shop: each has to get three SMS, each once; every fifth an e-mail, too. */
export function people(count: number, first = 0): readonly Customer[] {
  return Array.from({ length: count }, (_, at) => new Customer(first + at));
}

/** What a provider's counts have to be equal to: nothing is missing, twice or strange. */
export const exact = { missing: [], repeated: new Map(), strange: [] };

export function smsTally(customers: readonly Customer[], counts: ReadonlyMap<string, number>) {
  return tally(
    customers.flatMap((one) => one.messages()),
    counts,
  );
}

export function mailTally(customers: readonly Customer[], smtp: FakeSmtp) {
  return tally(
    customers.flatMap((one) => one.mails()),
    mailCounts(smtp),
  );
}

/** By receiver and text. */
export function mailCounts(smtp: FakeSmtp): ReadonlyMap<string, number> {
  return countOf(smtp.mails().flatMap(({ to, text }) => to.map((receiver) => `${receiver}\n${text.trim()}`)));
}

/** The tortured shop's files in a folder of their own, changed where that is asked for. */
export function shopFiles(world: World, change: Readonly<Record<string, (text: string) => string>> = {}): Env {
  const folder = world.folder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), change[name]?.(text) ?? text);
  }
  return {
    PEYK_JOURNEYS_DIR: path.join(folder, 'journeys'),
    PEYK_TEMPLATES_DIR: path.join(folder, 'templates'),
  };
}

/** Sends again and again until each was answered, as clients of CloudEvents do, to whoever serves just then. */
export async function postUntilTaken(
  url: () => string | undefined,
  events: readonly JsonObject[],
  atOnce = 20,
): Promise<void> {
  for (let from = 0; from < events.length; from += atOnce) {
    const some = events.slice(from, from + atOnce);
    const taken = async (): Promise<unknown> => {
      const answer = await post(url() ?? 'http://127.0.0.1:1', some).catch(String);
      if (typeof answer === 'string') return answer;
      return answer.status === 202 || answer.text;
    };
    await until('an answer', taken, 90_000);
  }
}
