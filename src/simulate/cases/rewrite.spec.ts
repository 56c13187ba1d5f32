import { parse } from 'yaml';
import type { Line } from './case.js';
import type { Row } from './compare.js';
import { rewriteExpects } from './rewrite.js';

const position = { file: 'journeys/a.cases.yaml', line: 1, column: 1 };
const at = '2026-11-21T06:30:00.000Z';
const sent = (template: string, more: object = {}): Line => ({
  ...{ at, kind: 'sent', customer: 'c1', journey: 'a', template, channel: 'sms', text: 'سلام سارا' },
  ...more,
});
const same = (template: string): Row => ({
  kind: 'same',
  expected: { kind: 'sent', position, fields: { template }, textContains: [] },
  line: sent(template),
});
const unlisted = (template: string): Row => ({ kind: 'unlisted', line: sent(template) });
const missing: Row = { kind: 'missing', expected: { kind: 'sent', position, fields: {}, textContains: [] } };

const rewrite = (text: string, rows: readonly Row[], name = 'one', more: readonly string[] = []): string =>
  rewriteExpects(text, [{ name, rows, more }], 'Asia/Tehran');

const file = `# cases of a
cases:
  - name: one   # the first
    customers: [ { id: c1 } ]
    expect:   # what happens
      # first of all
      - { sent: hello }   # a greeting
      # then
      - sent: bye
        channel: sms
    # behind

  - name:   two
    expect: [ { sent: hello } ]
`;

describe('writing what happened into a file of cases', () => {
  it('changes nothing where all holds', () => {
    expect(rewrite(file, [same('hello'), same('bye')])).toBe(file);
  });

  it('adds, takes away, and leaves everything else as it is', () => {
    expect(rewrite(file, [unlisted('third'), same('hello'), missing])).toBe(
      file
        .replace(
          '      # first of all\n',
          '      # first of all\n      - { at: 2026-11-21T10:00:00+03:30, sent: third, channel: sms }\n',
        )
        .replace('      - sent: bye\n        channel: sms\n', ''),
    );
  });

  it('keeps what an item says, and its texts as far as they still stand there', () => {
    const expected = {
      kind: 'sent',
      position,
      fields: { template: 'hello', customer: 'c2' },
      textContains: ['سلام', 'علی'],
    } as const;
    const text = rewrite(file, [{ kind: 'different', expected, line: sent('hello') }], 'two');
    expect(text).toContain(
      '  - name:   two\n    expect:\n      - { at: 2026-11-21T10:00:00+03:30, sent: hello, channel: sms, customer: c1, text_contains: [سلام] }\n',
    );
  });

  it('writes an empty list where nothing happened', () => {
    expect(rewrite(file, [missing], 'two')).toBe(file.replace('[ { sent: hello } ]', '[]'));
  });

  it('fills one that is empty', () => {
    const item = '{ at: 2026-11-21T10:00:00+03:30, sent: hello, channel: sms }';
    const empty = (value: string): string => `cases:\n  - name: one\n    expect:${value}\n    until: x\n`;
    for (const value of ['', ' []', ' ~'])
      expect(rewrite(empty(value), [unlisted('hello')])).toBe(empty(`\n      - ${item}`));
    expect(parse(rewrite(empty(' # soon'), [unlisted('hello')]))).toMatchObject({
      cases: [{ expect: [{ sent: 'hello' }] }],
    });
  });

  it('stays in braces where the case is in braces', () => {
    const text = 'cases: [ { name: one, expect: [ { sent: hello }, { sent: third } ], until: x } ]\n';
    expect(rewrite(text, [same('hello'), unlisted('bye'), missing])).toBe(
      'cases: [ { name: one, expect: [{ sent: hello }, { at: 2026-11-21T10:00:00+03:30, sent: bye, channel: sms }], until: x } ]\n',
    );
  });

  it('adds an expect where there is none, also in braces', () => {
    const item = '{ at: 2026-11-21T10:00:00+03:30, sent: hello, channel: sms, customer: c1 }';
    expect(rewrite('cases:\n- name: one # so\n', [unlisted('hello')], 'one', ['customer'])).toBe(
      `cases:\n- name: one # so\n  expect:\n    - ${item}\n`,
    );
    expect(rewrite('cases: [ { name: one } ]\n', [unlisted('hello')], 'one', ['customer'])).toBe(
      `cases: [ { name: one, expect: [${item}] } ]\n`,
    );
  });
});
