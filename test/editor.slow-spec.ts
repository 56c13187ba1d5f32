import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { schemasOf } from '../src/schema/schemas.js';
import { readWorkspaceFiles } from '../src/workspace/read-files.js';

const { files } = await readWorkspaceFiles({ journeys: 'journeys', templates: 'templates' });

interface Asked {
  readonly text: string;
  /** Where the cursor stands, both from 0. */
  readonly at?: { readonly line: number; readonly character: number };
}
interface Answer {
  /** `line: message`. */
  readonly problems: readonly string[];
  readonly offers: readonly string[];
  readonly hover: string;
}

/** What an editor with yaml-language-server says of these journeys. */
function editor(...documents: readonly Asked[]): readonly Answer[] {
  const schema = schemasOf(files).get('journey.schema.json');
  const { stdout, stderr, status } = spawnSync(process.execPath, ['test/given/editor.mjs'], {
    input: JSON.stringify({ schema, documents }),
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as readonly Answer[];
}

describe('an editor with yaml-language-server', () => {
  it('finds nothing wrong in the shipped journeys', () => {
    const journeys = [...files].filter(([name, text]) => name.startsWith('journeys/') && /^journey: /m.test(text));
    expect(journeys.length).toBeGreaterThanOrEqual(7);
    const answers = editor(...journeys.map(([, text]) => ({ text })));
    expect(answers.map(({ problems }, number) => [journeys[number]?.[0], ...problems])).toEqual(
      journeys.map(([name]) => [name]),
    );
  });

  it('underlines a purpose that the policy has not, and a key that there is not', () => {
    const [answer] = editor({
      text: 'journey: a\npurpose: markting\ntriger: { event: purchase.completed }\nsteps: []\n',
    });
    expect(answer?.problems.join('\n')).toMatch(/^2: .*"marketing"/m);
    expect(answer?.problems.join('\n')).toMatch(/^3: .*triger/m);
  });

  it('offers the purposes of this workspace, and tells what a key means', () => {
    const [offered, told] = editor(
      { text: 'journey: a\npurpose: \n', at: { line: 1, character: 9 } },
      { text: 'journey: a\nholdout: 5%\n', at: { line: 1, character: 2 } },
    );
    expect(offered?.offers).toEqual(expect.arrayContaining(['transactional', 'marketing']));
    expect(told?.hover).toMatch(/share/);
  });

  it('has the committed schemas as this workspace gives them', () => {
    for (const [name, schema] of schemasOf(files)) {
      expect(JSON.parse(readFileSync(`schema/${name}`, 'utf8'))).toEqual(JSON.parse(JSON.stringify(schema)));
    }
  });
});
