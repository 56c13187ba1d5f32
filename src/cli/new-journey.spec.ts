import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { shopFiles } from '../../test/given/workspace.js';
import { check } from './check.js';
import { newJourney } from './new-journey.js';
import { schema } from './schema.js';
import { show } from './show.js';
import { test as testCases } from './test.js';

let root: string;
const at = () => ({ journeys: path.join(root, 'journeys'), templates: path.join(root, 'templates') });

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'peyk-new-'));
  for (const [name, text] of Object.entries(shopFiles)) {
    await mkdir(path.dirname(path.join(root, name)), { recursive: true });
    await writeFile(path.join(root, name), text);
  }
});

afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

describe('peyk new journey', () => {
  it('writes a journey, a template and cases that check and pass', async () => {
    const lines: string[] = [];
    expect(await newJourney('good-customer', at(), (line) => lines.push(line))).toBe(0);
    expect(lines.map((line) => path.relative(root, line))).toEqual([
      'journeys/good-customer.yaml',
      'journeys/good-customer.cases.yaml',
      'templates/good-customer/sms.hbs',
      'templates/good-customer/sample.yaml',
    ]);
    const said: string[] = [];
    expect(await check(at(), (line) => said.push(line))).toBe(0);
    expect(said.filter((line) => line.includes('good-customer'))).toEqual([]);
    expect(await testCases('good-customer', at(), (line) => said.push(line))).toBe(0);
    const cases = await readFile(path.join(root, 'journeys/good-customer.cases.yaml'), 'utf8');
    expect(cases).toMatch(/sent: good-customer, channel: sms/);
  });

  it('starts on the first event that nobody is sorry about', async () => {
    const events =
      'complaint.opened: { text?: text }\norder.cancelled: { order_id: text }\nvisit: { shop: text }\narrival:\n';
    await writeFile(path.join(root, 'journeys/events.yaml'), events);
    await newJourney('a', at(), () => undefined);
    expect(await readFile(path.join(root, 'journeys/a.yaml'), 'utf8')).toContain('  event: visit\n');
  });

  it('overwrites nothing, and wants a name', async () => {
    await newJourney('a', at(), () => undefined);
    await expect(newJourney('a', at(), () => undefined)).rejects.toThrow('a.yaml is there already; take another name');
    await expect(newJourney('Good Customer', at(), () => undefined)).rejects.toThrow('is no name for a journey');
  });
});

describe('peyk show', () => {
  it('prints sentences and a picture, or both as an object', async () => {
    await newJourney('a', at(), () => undefined);
    const lines: string[] = [];
    expect(await show('a', { ...at(), lang: 'en' }, (line) => lines.push(line))).toBe(0);
    expect(lines[0]).toBe('a — a');
    expect(lines.at(-1)).toContain('flowchart TD');
    const json: string[] = [];
    await show('a', { ...at(), lang: 'fa', json: true }, (line) => json.push(line));
    expect(JSON.parse(json.join(''))).toMatchObject({ journey: 'a', steps: [{ id: 'send-a', kind: 'send' }] });
    await expect(show('b', { ...at(), lang: 'en' })).rejects.toThrow('there is no journey "b"; did you mean "a"?');
    await expect(show('welcome-back', { ...at(), lang: 'en' })).rejects.toThrow(
      'there is no journey "welcome-back"; there are a',
    );
  });
});

describe('peyk schema', () => {
  it.each(['/proc/x', '/proc/x/y', '/dev/null/x'])(
    'ends with an error where nothing can be written: %s',
    async (out) => {
      await expect(schema({ ...at(), out }, () => undefined)).rejects.toThrow(`${out} cannot be written to`);
    },
  );

  it('writes a schema a file, with the names of these files', async () => {
    const out = path.join(root, 'schema');
    const lines: string[] = [];
    expect(await schema({ ...at(), out }, (line) => lines.push(line))).toBe(0);
    expect(lines.map((line) => path.basename(line)).sort()).toEqual(
      ['audiences', 'cases', 'customers', 'events', 'journey', 'occasions', 'policy', 'scores'].map(
        (name) => `${name}.schema.json`,
      ),
    );
    expect(await readFile(path.join(out, 'journey.schema.json'), 'utf8')).toContain('"repair-estimate"');
  });
});
