import { readFileSync } from 'node:fs';
import { loadWorkspace } from '../src/domain/workspace.js';
import { readCustomers, readEvents } from '../src/simulate/read-inputs.js';
import { simulate } from '../src/simulate/simulator.js';
import { readWorkspaceFiles } from '../src/workspace/read-files.js';

const shipped = (await readWorkspaceFiles({ journeys: 'journeys', templates: 'templates' })).files;

const pages = [
  'README.md',
  'docs/authoring.md',
  'docs/fa/authoring.md',
  'docs/language.md',
  'docs/fa/language.md',
  'docs/events.md',
  'docs/operations.md',
];

describe('what the docs show', () => {
  it('runs: the sample day that README simulates tells the customer at every stage', () => {
    const { workspace } = loadWorkspace(shipped);
    if (workspace === undefined) throw new Error('the shipped files are not well');
    const read = (file: string): string => readFileSync(`test/given/${file}`, 'utf8');
    const { accepted: customers } = readCustomers(read('repair-customers.jsonl'), workspace);
    const { accepted: events, refused } = readEvents(read('repair-day.jsonl'), workspace);
    const sent: string[] = [];
    simulate({
      workspace,
      customers,
      events,
      from: undefined,
      until: Date.parse('2026-11-30T00:00:00+03:30'),
      channelResults: {},
      print: (line) => {
        if (line.kind === 'sent') sent.push(line.template);
      },
    });
    expect(refused).toEqual([]);
    expect(sent).toEqual([
      'repair-received',
      'repair-at-workshop',
      'repair-still-diagnosing',
      'repair-estimate',
      'repair-ready',
    ]);
  });

  it('names only commands that there are', () => {
    const commands = new Set(
      pages.flatMap((file) =>
        [...readFileSync(file, 'utf8').matchAll(/npx\s+peyk\s+([a-z-]+)/g)].map(([, command]) => command),
      ),
    );
    const source = readFileSync('src/cli/main.ts', 'utf8');
    for (const command of commands) expect(source).toMatch(new RegExp(`command\\('${command ?? ''}[ ']`));
  });
});
