import { readFileSync } from 'node:fs';
import { printProblem } from '../src/domain/problem.js';
import { loadTemplates } from '../src/domain/message/templates.js';
import { loadWorkspace, type Workspace } from '../src/domain/workspace.js';
import { notRun } from '../src/engine/not-run.js';
import { loadCases } from '../src/simulate/cases/load-cases.js';
import { runCases } from '../src/simulate/cases/run-case.js';
import { printResults } from '../src/simulate/cases/print-results.js';
import { entriesOf, granting } from './given/doc-simulation.js';
import { exampleJourney, examplesIn, filesOf, linesOf, unmarkedIn, type Fragment } from './given/doc-examples.js';

const page = 'docs/language.md';
const examples = examplesIn(page);
const files = filesOf(examples);

function checked(some: Readonly<Record<string, string>>): Workspace {
  const { workspace, problems } = loadWorkspace(new Map(Object.entries(some)));
  const errors = problems.filter(({ severity }) => severity === 'error').map(printProblem);
  expect(errors).toEqual([]);
  if (workspace === undefined) throw new Error('there is no workspace, and no error');
  return workspace;
}

/** The page's files, the fragment in a journey of its own in place of the page's, and only the templates that it sends. */
function withExample(fragment: Fragment): Workspace {
  const journey = exampleJourney(fragment);
  const needed = Object.entries(files).filter(([file]) => {
    const [, template] = /^templates\/([^/]+)/.exec(file) ?? [];
    return template === undefined ? !file.includes('repair-status') : journey.includes(`: ${template}`);
  });
  const all = { 'journeys/granting.yaml': granting, 'journeys/example.yaml': journey };
  return checked({ ...Object.fromEntries(needed), ...all });
}

/** Each block of a kind, named by its line on the page. */
function blocks(kind: string): readonly (readonly [string, string])[] {
  return examples.filter((one) => one.kind === kind).map(({ line, text }) => [`${page}:${String(line)}`, text]);
}

/** Each line of the blocks of a kind. */
function lines(kind: string): readonly string[] {
  return examples.filter((one) => one.kind === kind).flatMap(linesOf);
}

/** What the page shows, and what it only tells of, each as a journey of its own. */
function everything(): Workspace {
  const purposes = [...checked(files).policy.purposes.keys()];
  const fragments: readonly Fragment[] = [
    ...blocks('top').map(([, top]) => ({ top })),
    ...lines('trigger').map((trigger) => ({ trigger: `${trigger}\n` })),
    ...blocks('step').map(([, steps]) => ({ steps })),
    ...lines('condition').filter(isOfStep).map(choosing),
    ...purposes.map((purpose) => ({ steps: `- send: thank-you\n  purpose: ${purpose}\n` })),
    { top: 'on_change: exit\n' },
    { steps: '- send: registered\n- send: linked\n' },
  ];
  const named = fragments.map((fragment, index) => {
    const name = `example-${String(index)}`;
    return [`journeys/${name}.yaml`, exampleJourney(fragment, name)];
  });
  return checked({ ...files, ...toldOf, ...(Object.fromEntries(named) as Record<string, string>) });
}

const toldOf = {
  'templates/registered/sms.hbs': '---\nlookup: registered\n---\nسلام\n',
  'templates/registered/email.mjml': '---\nsubject: سلام\n---\n<mjml><mj-body></mj-body></mjml>\n',
  'templates/linked/sms.hbs': '{{link "https://example.com"}}\n',
};

function isOfStep(condition: string): boolean {
  return !/\bevent\./.test(condition);
}

function choosing(condition: string): Fragment {
  return { steps: `- choose:\n    - when: ${JSON.stringify(condition)}\n      then: [send: thank-you]\n` };
}

describe('docs/language.md', () => {
  it('marks every example, so that each is tried', () => {
    expect(unmarkedIn(page)).toEqual([]);
  });

  it('has a Persian sister that shows the same examples', () => {
    const own = new Set(examples.map(({ kind, about, text }) => `${kind} ${about}\n${text}`));
    const shown = examplesIn('docs/fa/language.md').map(({ kind, about, text }) => `${kind} ${about}\n${text}`);
    expect(shown.length).toBeGreaterThan(25);
    expect(shown.filter((one) => !own.has(one))).toEqual([]);
    expect(unmarkedIn('docs/fa/language.md')).toEqual([]);
  });

  it('shows files that check well together', () => {
    expect(checked(files).journeys.map(({ name }) => name)).toEqual(['repair-status']);
  });

  it('shows cases that hold', () => {
    const workspace = checked(files);
    const { cases, problems } = loadCases(workspace.files, workspace);
    expect(problems.map(printProblem)).toEqual([]);
    const results = runCases(cases, workspace);
    expect(results.length).toBeGreaterThan(1);
    expect(results.every(({ ok }) => ok) ? [] : printResults(results, [], 'Asia/Tehran')).toEqual([]);
  });

  it.each(blocks('top'))('shows keys that check well: %s', (_, top) => {
    expect(entriesOf(withExample({ top }))).toBe(/^draft: true$/m.test(top) ? 0 : 1);
  });

  it.each(lines('trigger'))('shows a trigger that starts somebody: %s', (trigger) => {
    expect(entriesOf(withExample({ trigger: `${trigger}\n` }))).toBeGreaterThan(0);
  });

  it.each(blocks('step'))('shows steps that run: %s', (_, steps) => {
    expect(entriesOf(withExample({ steps }))).toBe(1);
  });

  it.each(lines('moment'))('shows a moment that stands wherever a duration may: %s', (moment) => {
    const steps = [
      `- { send: thank-you, not_after: ${moment} }`,
      `- { grant: 5000 toman, expires: ${moment} }`,
      `- { task: call them, due: ${moment} }`,
      `- { wait_for: repair.ready, at_most: ${moment} }`,
      `- { ask: how-was-it, answers: 1..5, within: ${moment} }`,
    ];
    expect(entriesOf(withExample({ steps: `${steps.join('\n')}\n` }))).toBe(1);
  });

  it.each(lines('condition'))('shows a condition that checks well: %s', (condition) => {
    const trigger = `trigger: { event: purchase.completed, when: ${JSON.stringify(condition)} }\n`;
    const fragment = isOfStep(condition) ? choosing(condition) : { trigger };
    expect(entriesOf(withExample(fragment))).toBe(1);
  });

  it.each(lines('expression'))('shows an expression that checks well: %s', (expression) => {
    const steps = `- send: thank-you\n  with: { value: ${JSON.stringify(`=${expression}`)} }\n`;
    expect(entriesOf(withExample({ steps }))).toBe(1);
  });

  it('names what is not served, and nothing that is', () => {
    const [, list = ''] = /<!-- not served -->\n\n([^]*?)\n\n/.exec(readFileSync(page, 'utf8')) ?? [];
    const named = [...list.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
    const needed = new Set([...notRun(everything()).values()].flat());
    const channels = [...needed].filter((name) => /^channel [a-z]+$/.test(name));
    expect(channels.length).toBeGreaterThan(0);
    expect(named.sort()).toEqual([...needed].filter((name) => !channels.includes(name)).sort());
  });

  it.each(lines('text').map((line) => line.split(/ {2,}/) as [string, string]))(
    'says what a template prints: %s',
    (template, printed) => {
      const { templates, problems } = loadTemplates(new Map([['templates/shown/sms.hbs', template]]));
      expect(problems.map(printProblem)).toEqual([]);
      const scope = { now: 0, clock: { zone: 'Asia/Tehran', calendar: 'jalali' } } as const;
      expect(templates.render('shown', 'sms', () => ({}), scope)).toMatchObject({ text: printed });
    },
  );
});
