import type { Enrolment } from '../domain/journey/enrolment.js';
import { JourneySet } from '../domain/journey/journey-set.js';
import type { Journey } from '../domain/journey/journey.js';
import { hasStandingExits } from '../domain/journey/leaves-by-itself.js';
import { printProblem, type Problem } from '../domain/problem.js';
import { loadJourney, loadKeptJourney, type Workspace } from '../domain/workspace.js';
import type { Connection, Database } from '../store/connection.js';
import { readLiveVersions } from '../store/engine/read-live-versions.sql.js';
import { readVersions } from '../store/engine/read-versions.sql.js';
import { registerBundle } from '../store/engine/register-bundle.sql.js';
import { registerVersions } from '../store/engine/register-versions.sql.js';
import { beginCounting, limitedOf } from './entry-counts.js';
import { notRun } from './not-run.js';
import { allSteps, mayMoveClock } from './reachable-journeys.js';
import { readsOf, type Reads } from './reads.js';
import { keepRollups } from './rolled-types.js';

interface Version {
  readonly journey: string;
  readonly version: string;
}

/** The journeys in force with the files they come from, and every older version on which people still are. */
export class LiveJourneys {
  private readonly pinned = new Map<string, Journey>();
  /** Versions that cannot be had, and why. */
  private readonly unusable = new Map<string, string>();
  /** Of versions that people are inside, what is judged otherwise than when they were loaded; a sentence each. */
  readonly doubts: string[] = [];
  private set: JourneySet;
  private areKept = false;
  private readonly reads = new WeakMap<Journey, Reads>();
  /** Journeys whose entries are counted. */
  readonly limited: readonly Journey[];
  /** Journeys whose people do not simply finish on the file that they entered on. */
  readonly changing: readonly Journey[];
  /** Journeys that start nobody here, and what they need that is not done yet. */
  readonly notRun: ReadonlyMap<string, readonly string[]>;
  /** Whether some journey emits events, or may change a customer's clock; both are told for all at once, for most do neither. */
  emits = false;
  movesClocks = false;
  /** Whether some message is under a cap. */
  hasCaps = false;
  /** Whether somebody may leave a journey without an event. */
  hasStandingExits = false;

  private constructor(
    readonly workspace: Workspace,
    /** The number under which this set of files is kept. */
    readonly bundle: number,
  ) {
    this.notRun = notRun(workspace);
    this.limited = limitedOf(workspace);
    this.changing = workspace.journeys.filter(({ name, onChange }) => onChange !== 'pin' && !this.notRun.has(name));
    this.set = this.gather();
  }

  /** Keeps the files by their content, compiles the versions that people are pinned to, has kept what all these count. */
  static async load(db: Database, workspace: Workspace): Promise<LiveJourneys> {
    const [kept] = await db.run(registerBundle, [workspace.hash, JSON.stringify(Object.fromEntries(workspace.files))]);
    if (kept === undefined) throw new Error('the files could not be kept');
    await db.run(registerVersions, versionColumns(workspace));
    const live = new LiveJourneys(workspace, kept.no);
    await live.find(db, await db.run(readLiveVersions));
    await live.keepRollups(db);
    await beginCounting(db, workspace);
    return live;
  }

  /** False while the day rows of a type are not kept yet; that costs time only (`keepRollups`). */
  get rollupsAreKept(): boolean {
    return this.areKept;
  }

  /** Versions met later were loaded by a process that had what they count kept. */
  async keepRollups(db: Database, tries?: number): Promise<void> {
    const all = [...this.workspace.journeys, ...this.pinned.values()];
    this.areKept = await keepRollups(
      db,
      all.map((journey) => this.readsOf(journey)),
      tries,
    );
  }

  /** What of a customer's history this journey may ask for. */
  readsOf(journey: Journey): Reads {
    const known = this.reads.get(journey) ?? readsOf(journey, this.workspace);
    this.reads.set(journey, known);
    return known;
  }

  get journeys(): JourneySet {
    return this.set;
  }

  /** The version that this enrolment is on. Throws, with the reason, where it cannot be had: nothing can be decided then. */
  of({ journey, version }: Pick<Enrolment, 'journey' | 'version'>): Journey {
    const found = this.set.find(journey, version);
    if (found !== undefined) return found;
    const why = this.unusable.get(`${journey}@${version}`) ?? 'its file is not kept any more';
    throw new Error(`someone is still inside version ${version} of journey ${journey}, which cannot be used: ${why}`);
  }

  /** Another process may run newer files: versions met for the first time are fetched and compiled. */
  async need(db: Connection, enrolments: readonly Pick<Enrolment, 'journey' | 'version'>[]): Promise<void> {
    const missing = enrolments.filter(({ journey, version }) => this.set.find(journey, version) === undefined);
    if (missing.length > 0) await this.find(db, missing);
  }

  private async find(db: Connection, versions: readonly Version[]): Promise<void> {
    const missing = versions.filter(({ journey, version }) => this.set.find(journey, version) === undefined);
    if (missing.length === 0) return;
    const found = await db.run(readVersions, [
      missing.map(({ journey }) => journey),
      missing.map(({ version }) => version),
    ]);
    for (const version of found) this.pin(version);
    this.set = this.gather();
  }

  private gather(): JourneySet {
    const pinned = [...this.pinned.values()];
    const all = [...this.workspace.journeys, ...pinned];
    this.emits = all.some((journey) => allSteps(journey).some(({ kind }) => kind === 'emit'));
    this.movesClocks = all.some(mayMoveClock);
    this.hasStandingExits = all.some(hasStandingExits);
    const purposes = [...this.workspace.policy.purposes.values()];
    this.hasCaps =
      purposes.some(({ caps }) => caps.length > 0) || all.some((journey) => this.readsOf(journey).caps.length > 0);
    return new JourneySet(this.workspace.journeys, pinned, new Set(this.notRun.keys()));
  }

  /** A version that no longer checks beside today's templates stays missing: whoever is on it is reported, not guessed at. */
  private pin({ journey: name, version, source }: Version & { readonly source: string }): void {
    const { journey, problems } = loadJourney(source, name, this.workspace);
    if (journey !== undefined) this.pinned.set(`${name}@${journey.version}`, journey);
    else this.pinKept({ journey: name, version, source }, problems);
  }

  /** It was well when people entered: a check that is newer does not keep them where they are. */
  private pinKept(
    { journey: name, version, source }: Version & { readonly source: string },
    found: readonly Problem[],
  ): void {
    const { journey, problems } = loadKeptJourney(source, name, this.workspace);
    const sentences = (of: readonly Problem[]): string =>
      of
        .filter(({ severity }) => severity === 'error')
        .map(printProblem)
        .join('; ');
    if (journey === undefined) {
      this.unusable.set(`${name}@${version}`, sentences(problems));
      return;
    }
    this.pinned.set(`${name}@${version}`, journey);
    this.doubts.push(
      `people are inside version ${version} of journey ${name}, which would be refused today: ${sentences(found)}`,
    );
  }
}

function versionColumns({ journeys, files }: Workspace): readonly unknown[] {
  return [
    journeys.map(({ name }) => name),
    journeys.map(({ version }) => version),
    journeys.map(({ name }) => files.get(`journeys/${name}.yaml`) ?? ''),
  ];
}
