import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

interface Profile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** The functions that cost most by themselves, of all profiles in a folder: share of the time not idle, name and place. */
export async function topOfProfiles(folder: string, most = 40): Promise<string> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.cpuprofile'));
  const lines: string[] = [];
  for (const file of files) {
    const profile = JSON.parse(await readFile(path.join(folder, file), 'utf8')) as Profile;
    lines.push(path.join(folder, file), ...topOf(profile, most));
  }
  return lines.join('\n');
}

function topOf({ nodes, samples, timeDeltas }: Profile, most: number): string[] {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, frameOf(callFrame)]));
  const self = new Map<string, number>();
  samples.forEach((id, at) => {
    const frame = frames.get(id) ?? '?';
    self.set(frame, (self.get(frame) ?? 0) + (timeDeltas[at] ?? 0));
  });
  const idle = self.get('(idle) ') ?? 0;
  const busy = [...self.values()].reduce((sum, time) => sum + time, 0) - idle;
  const top = [...self].filter(([frame]) => frame !== '(idle) ').sort(([, a], [, b]) => b - a);
  const told = top.slice(0, most).map(([frame, time]) => `${((time / busy) * 100).toFixed(1).padStart(5)} %  ${frame}`);
  return [`  busy ${(busy / 1e6).toFixed(2)} s, idle ${(idle / 1e6).toFixed(2)} s`, ...told];
}

function frameOf({ functionName, url, lineNumber }: Profile['nodes'][number]['callFrame']): string {
  const place = url === '' ? '' : `${url.replace(/^.*\/(node_modules|dist)\//, '')}:${String(lineNumber + 1)}`;
  return `${functionName === '' ? '(anonymous)' : functionName} ${place}`;
}
