import { dayOfHijri, hijriOfDay } from '../src/domain/time/hijri.js';
import { printProblem } from '../src/domain/problem.js';
import { smsParts } from '../src/domain/message/sms-parts.js';
import { unreached } from '../src/simulate/cases/coverage.js';
import { runCases } from '../src/simulate/cases/run-case.js';
import { loadWithCases } from '../src/workspace/load-with-cases.js';

const { workspace, cases, problems } = await loadWithCases({ journeys: 'journeys', templates: 'templates' });
if (workspace === undefined)
  throw new Error(`the shipped files are not well:\n${problems.map(printProblem).join('\n')}`);
const results = runCases(cases, workspace);
const lunar = [
  ...(workspace.files.get('journeys/occasions.yaml') ?? '').matchAll(
    /^(\S+): \{ hijri: (\d\d)-(\d\d),.* dates: \[(.*)\]/gm,
  ),
].map(([, name = '', month, day, dates = '']) => [name, Number(month), Number(day), dates.split(', ')] as const);

describe('what is shipped', () => {
  it('checks without a warning', () => {
    expect(problems.map(printProblem)).toEqual([]);
  });

  it('has cases of every journey', () => {
    expect(cases.map(({ journey }) => journey).sort()).toEqual(workspace.journeys.map(({ name }) => name));
  });

  it.each(results.map((result) => [`${result.journey}: ${result.case.name}`, result] as const))(
    'does what it says: %s',
    (_, { rows, warnings }) => {
      expect(rows.filter(({ kind }) => kind !== 'same')).toEqual([]);
      expect(warnings).toEqual([]);
    },
  );

  it('has cases that reach every step and every arm', () => {
    expect(unreached(results, workspace)).toEqual([]);
  });

  it('sends every template in some case, in SMS of three parts at most', () => {
    const sent = results.flatMap(({ lines }) => lines.filter(({ kind }) => kind === 'sent'));
    expect([...new Set(sent.map((line) => line['template']))].sort()).toEqual([...workspace.templates.names()].sort());
    const texts = sent.flatMap(({ channel, text }) => (channel === 'sms' && typeof text === 'string' ? [text] : []));
    expect(texts.length).toBeGreaterThan(30);
    // Whoever is called سارا has a short name.
    const longer = texts.map((text) => text.replace('سارا', 'محمدامیرحسین'));
    expect(longer.filter((text) => smsParts(text) > 3)).toEqual([]);
  });

  it.each(lunar)('lists %s within two days of the computed moon, five times', (_, month, day, dates) => {
    expect(dates).toHaveLength(5);
    const off = dates.map((date) => {
      const listed = Date.parse(`${date}Z`) / 86_400_000;
      return listed - dayOfHijri({ year: hijriOfDay(listed).year, month, day });
    });
    expect(off.filter((days) => Math.abs(days) > 2)).toEqual([]);
  });

  it('is written with Persian letters', () => {
    const arabic = [...workspace.files].filter(([, text]) => /[يكىة\u0660-\u0669]/.test(text)).map(([name]) => name);
    expect(arabic).toEqual([]);
  });
});
