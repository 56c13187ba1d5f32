import { loadTemplates } from './templates.js';
import { unusedTemplates } from './unused-templates.js';

describe('templates that no journey uses', () => {
  const { templates } = loadTemplates(
    new Map([
      ['templates/a/sms.hbs', 'x'],
      ['templates/b/telegram.hbs', 'x'],
    ]),
  );

  it('are warned of, each at its first text', () => {
    expect(unusedTemplates(new Set(['a']), templates)).toEqual([
      {
        severity: 'warning',
        position: { file: 'templates/b/telegram.hbs', line: 1, column: 1 },
        message: 'no journey uses template "b"; send it, or take its folder away',
      },
    ]);
    expect(unusedTemplates(new Set(['a', 'b']), templates)).toEqual([]);
  });
});
