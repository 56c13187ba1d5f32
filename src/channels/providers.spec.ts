import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll(path.sep, '/'))
  .filter((name) => /(?<!\.spec)\.ts$/.test(name));

/** The lines elsewhere that name a file of an adapter's folder. */
function linesAbout(folder: string): readonly string[] {
  const about = new RegExp(`from '[^']*/${folder}/[^']*'`);
  return sources
    .filter((name) => !name.startsWith(`channels/${folder}/`))
    .flatMap((name) => {
      const lines = readFileSync(path.join('src', name), 'utf8').split('\n');
      return lines.filter((line) => about.test(line)).map((line) => `${name}: ${line}`);
    });
}

describe('an adapter', () => {
  it.each(['smtp', 'telegram', 'bale', 'safir'])('is one folder and one line: %s', (folder) => {
    const [line, ...others] = linesAbout(folder).filter((each) => !each.startsWith('channels/inbounds.ts'));
    expect(line).toBe(`channels/providers.ts: export { ${folder} } from './${folder}/provider.js';`);
    expect(others).toEqual([]);
  });

  it.each(['telegram', 'bale'])('is one line more where it tells us something: %s', (folder) => {
    const lines = linesAbout(folder).filter((each) => each.startsWith('channels/inbounds.ts'));
    expect(lines).toEqual([`channels/inbounds.ts: import { ${folder}Inbound } from './${folder}/inbound.js';`]);
  });
});
