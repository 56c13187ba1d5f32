import type { Enrolment } from '../domain/journey/enrolment.js';
import { JourneySet } from '../domain/journey/journey-set.js';
import type { Journey } from '../domain/journey/journey.js';
import { printProblem } from '../domain/problem.js';
import { loadKeptJourney, loadWorkspace, type Workspace } from '../domain/workspace.js';
import { notRun } from '../engine/not-run.js';
import { NotKnownError } from './customer-record.js';

type Pinned = Pick<Enrolment, 'journey' | 'version'>;

interface Bundle {
  readonly workspace: Workspace;
  /** Compiled beside this bundle's templates, as the engine does. */
  readonly pinned: Map<string, Journey>;
  set: JourneySet;
}

/** The sets of files that decisions were made with, as far as they are kept. */
export class KeptFiles {
  private readonly files = new Map<number, ReadonlyMap<string, string>>();
  private readonly bundles = new Map<number, Bundle>();
  /** Every journey file that was met, by its version. */
  private readonly sources = new Map<string, string>();

  add(no: number, files: Readonly<Record<string, string>>): void {
    this.files.set(no, new Map(Object.entries(files)));
  }

  has(no: number): boolean {
    return this.files.has(no);
  }

  workspaceOf(no: number): Workspace {
    return this.bundle(no).workspace;
  }

  /** The journeys in force with a bundle, and the versions that these people are on. */
  journeysOf(no: number, people: Iterable<Pinned>): JourneySet {
    const bundle = this.bundle(no);
    let added = false;
    for (const one of people) {
      if (bundle.set.find(one.journey, one.version) !== undefined || bundle.pinned.has(nameOf(one))) continue;
      bundle.pinned.set(nameOf(one), this.compile(one, bundle.workspace));
      added = true;
    }
    if (added) bundle.set = setOf(bundle.workspace, [...bundle.pinned.values()]);
    return bundle.set;
  }

  private compile(pinned: Pinned, workspace: Workspace): Journey {
    const source = this.sources.get(nameOf(pinned));
    if (source === undefined)
      throw new NotKnownError(`version ${pinned.version} of journey ${pinned.journey} is not kept`);
    const { journey, problems } = loadKeptJourney(source, pinned.journey, workspace);
    if (journey === undefined) throw new NotKnownError(problems.map(printProblem).join('; '));
    return journey;
  }

  private bundle(no: number): Bundle {
    const known = this.bundles.get(no);
    if (known !== undefined) return known;
    const workspace = this.load(no);
    for (const { name, version } of workspace.journeys) {
      this.sources.set(nameOf({ journey: name, version }), workspace.files.get(`journeys/${name}.yaml`) ?? '');
    }
    const bundle = { workspace, pinned: new Map<string, Journey>(), set: setOf(workspace, []) };
    this.bundles.set(no, bundle);
    return bundle;
  }

  private load(no: number): Workspace {
    const files = this.files.get(no);
    if (files === undefined) throw new NotKnownError(`the files of bundle ${String(no)} are gone`);
    const { workspace, problems } = loadWorkspace(files, true);
    if (workspace !== undefined) return workspace;
    const errors = problems.filter(({ severity }) => severity === 'error').map(printProblem);
    throw new NotKnownError(`the files of bundle ${String(no)} are not well any more: ${errors.join('; ')}`);
  }
}

/** As serving has it: journeys that need what it does not do start nobody. */
function setOf(workspace: Workspace, pinned: readonly Journey[]): JourneySet {
  return new JourneySet(workspace.journeys, pinned, new Set(notRun(workspace).keys()));
}

function nameOf({ journey, version }: Pinned): string {
  return `${journey}@${version}`;
}
