import { loadWorkspace, type Workspace } from '../domain/workspace.js';
import { readEnrolment } from '../engine/enrolment-row.js';
import { notRun } from '../engine/not-run.js';
import type { Connection, Database } from '../store/connection.js';
import { neighbours } from '../store/explain/neighbours.sql.js';
import { newestBundle } from '../store/explain/newest-bundle.sql.js';
import type { KeptPause } from '../store/explain/read-journey-pauses.sql.js';
import { readMessageStates } from '../store/explain/read-message-states.sql.js';
import { knownJourneys } from '../store/pausing/known-journeys.sql.js';
import { readPauses } from '../store/pausing/read-pauses.sql.js';
import { rootOf } from '../store/merging/root-of.js';
import { NotKnownError, type CustomerRecord } from './customer-record.js';
import type { Wanted } from './explain-simulation.js';
import type { Explanation } from './explanation.js';
import { KeptEmits } from './kept-emits.js';
import { KeptFiles } from './kept-files.js';
import { keptLinks } from './kept-links.js';
import { momentsOf } from './moments.js';
import { withPassed } from './passed-channels.js';
import { redecide } from './redecide.js';
import { Testimony } from './testimony.js';
import { refuseUnknown } from './unknown-name.error.js';
import { verifyCustomer } from './verify-customer.js';
import { readRecords } from './verify.js';
import { whenPaused } from './when-paused.js';

/** Decides one customer's past once more, from what is kept, and listens; where their messages are comes from the outbox. */
export async function explainKept(db: Database, { customer: asked, journey }: Wanted): Promise<Explanation> {
  const customer = await rootOf(db, asked);
  const files = new KeptFiles();
  const { records, pauses: past } = await readRecords(db, [customer], files);
  const [record] = records;
  if (record === undefined) return refuseCustomer(db, customer);
  const workspace = await newestWorkspace(db);
  if (journey !== undefined) await refuseJourney(db, journey, workspace);
  const { timezone: zone, calendar } = workspace.policy;
  const testimony = new Testimony({ zone, calendar });
  const gaps = listen(record, files, past, testimony);
  const standing = record.enrolments.map(readEnrolment);
  const states = await db.run(readMessageStates, [customer]);
  const messages = states.map((message) => withPassed(message, record.events));
  const pauses = await db.run(readPauses);
  const { heard } = testimony;
  return { customer, workspace, journey, notRun: notRun(workspace), heard, standing, messages, pauses, gaps };
}

async function refuseCustomer(db: Connection, customer: string): Promise<never> {
  const near = await db.run(neighbours, [customer]);
  const ids = near.map(({ id }) => id).filter((id) => id !== customer);
  refuseUnknown('customer', customer, ids);
  throw new NotKnownError(`customer ${customer} cannot be read`);
}

async function refuseJourney(db: Connection, journey: string, { journeys }: Workspace): Promise<void> {
  const kept = await db.run(knownJourneys);
  refuseUnknown('journey', journey, [
    ...new Set([...journeys.map(({ name }) => name), ...kept.map((row) => row.journey)]),
  ]);
}

async function newestWorkspace(db: Connection): Promise<Workspace> {
  const [bundle] = await db.run(newestBundle);
  const workspace = bundle && loadWorkspace(new Map(Object.entries(bundle.files)), true).workspace;
  if (workspace !== undefined) return workspace;
  throw new NotKnownError('no set of files was loaded here yet that is well: start `npx peyk serve` once');
}

/** What cannot be told; as far as it can, the testimony has it. */
function listen(
  record: CustomerRecord,
  files: KeptFiles,
  pauses: readonly KeptPause[],
  testimony: Testimony,
): readonly string[] {
  try {
    const moments = momentsOf(record);
    const pausedAt = whenPaused(record, moments, pauses, files);
    redecide(record.customer.id, moments, files, new KeptEmits(record.events), {
      links: keptLinks(record.links),
      witness: testimony,
      print: (line) => {
        testimony.print(line);
      },
      pausedAt,
    });
  } catch (error) {
    if (error instanceof NotKnownError) return [error.message];
    throw error;
  }
  return unlike(record, files, pauses);
}

/** What is kept may be otherwise than it would be decided: then the reasons are not to be relied on. */
function unlike(record: CustomerRecord, files: KeptFiles, pauses: readonly KeptPause[]): readonly string[] {
  const { differences } = verifyCustomer(record, files, pauses);
  if (differences.length === 0) return [];
  const what = differences.slice(0, shown).map((one) => one.what);
  const more = differences.length > shown ? `, and ${String(differences.length - shown)} more` : '';
  return [
    `why some things are kept otherwise than they are told here: ${what.join(', ')}${more}; ` +
      `see \`npx peyk explain --verify --customer ${record.customer.id}\``,
  ];
}

const shown = 3;
