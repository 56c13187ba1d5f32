import { parseDocument } from 'yaml';
import { loadWorkspace } from '../../src/domain/workspace.js';
import { readWorkspaceFiles } from '../../src/workspace/read-files.js';
import type { Bench, OpenBench } from '../bench.js';
import type { Run } from '../measure.js';
import type { Options } from '../options.js';
import { profiled } from '../rig/profiled.js';

const JOURNEYS = 1_000;

/** What a change of a large workspace waits for. */
export const check: Bench = {
  name: 'check',
  unit: 'journeys',
  work: '`peyk check` of 1,000 journeys; beside it parsing the same files with yaml',
  beside: 'yaml',
  atLeast: 1 / 3,
  open,
};

async function open({ scale }: Options): Promise<OpenBench> {
  const folder = (name: string): string => new URL(`../../../${name}`, import.meta.url).pathname;
  const { files: shipped } = await readWorkspaceFiles({ journeys: folder('journeys'), templates: folder('templates') });
  const journeys = copies(shipped, Math.max(10, Math.round(JOURNEYS * scale)));
  const files = new Map([...shipped].filter(([name]) => !isJourney(name)).concat([...journeys]));
  const ours = (): Run =>
    timed(journeys.size, () => {
      mustBeWell(files);
    });
  const bare = (): Run =>
    timed(journeys.size, () => {
      for (const [name, text] of files) if (name.endsWith('.yaml')) parseDocument(text);
    });
  // Both compiled before either is timed.
  ours();
  bare();
  return {
    ours: () => Promise.resolve(ours()),
    bare: () => Promise.resolve(bare()),
    profile: () => profiled(ours),
    close: () => Promise.resolve(),
  };
}

/** The shipped journeys again and again, each under a name of its own. */
function copies(shipped: ReadonlyMap<string, string>, count: number): ReadonlyMap<string, string> {
  const originals = [...shipped].filter(([name]) => isJourney(name));
  const made = new Map<string, string>();
  for (let number = 0; number < count; number += 1) {
    const [file = '', text = ''] = originals[number % originals.length] ?? [];
    const name = `${file.slice('journeys/'.length, -'.yaml'.length)}-${String(number)}`;
    made.set(`journeys/${name}.yaml`, text.replace(/^journey: \S+/m, `journey: ${name}`));
  }
  return made;
}

function isJourney(name: string): boolean {
  return /^journeys\/[a-z-]+\.yaml$/.test(name) && !others.includes(name.slice('journeys/'.length));
}
const others = ['policy.yaml', 'events.yaml', 'customers.yaml', 'occasions.yaml', 'audiences.yaml', 'scores.yaml'];

function mustBeWell(files: ReadonlyMap<string, string>): void {
  const { problems } = loadWorkspace(files);
  const wrong = problems.find(({ severity }) => severity === 'error');
  if (wrong !== undefined) throw new Error(`${wrong.position.file}: ${wrong.message}`);
}

function timed(count: number, work: () => void): Run {
  const began = performance.now();
  work();
  return { rate: count / ((performance.now() - began) / 1000) };
}
