import { environment, there } from '../../../test/given/expression.js';
import { compileExpression } from './compile.js';

/** `colour` is red, blue or green; `stars` 1 to 5; both may be asked for. */
const asked = {
  ...environment,
  names: {
    ...environment.names,
    colour: there({ kind: 'text', among: ['red', 'blue', 'green'] }),
    stars: there({ kind: 'integer', among: { from: 1, to: 5 } }),
  },
};

const problemsOf = (source: string, kept = false) =>
  compileExpression(source, { ...asked, kept }, 'value').problems.map(
    ({ severity, start, end, message }) => `${severity} [${source.slice(start, end)}] ${message}`,
  );

describe('a value that can never be', () => {
  it.each([
    ['colour == "rde"', 'error [colour == "rde"] "colour" is never "rde"; did you mean "red"?'],
    ['"yellow!" == colour', 'error ["yellow!" == colour] "colour" is never "yellow!"; it is one of red, blue, green'],
    ['stars == 0', 'error [stars == 0] "stars" is never 0; it is a whole number from 1 to 5'],
    ['stars == 6', 'error [stars == 6] "stars" is never 6; it is a whole number from 1 to 5'],
    ['stars == 1.5', 'error [stars == 1.5] "stars" is never 1.5; it is a whole number from 1 to 5'],
    ['colour in ["red", "rde"]', 'error ["rde"] "colour" is never "rde"; did you mean "red"?'],
    ['(colour == "rde") == trigger.paid', 'error [colour == "rde"] "colour" is never "rde"; did you mean "red"?'],
    ['(colour == "rde") + 1', 'error [colour == "rde"] "colour" is never "rde"; did you mean "red"?'],
    ['(colour in ["rde"]) + 1', 'error ["rde"] "colour" is never "rde"; did you mean "red"?'],
  ])('is refused once: %s', (source, message) => {
    expect(problemsOf(source)).toEqual([message]);
  });

  it('is told of each in a list', () => {
    expect(problemsOf('stars in [0, 1, 5, 6]')).toEqual([
      'error [0] "stars" is never 0; it is a whole number from 1 to 5',
      'error [6] "stars" is never 6; it is a whole number from 1 to 5',
    ]);
  });

  it.each([
    'colour == "red"',
    '"green" == colour',
    'colour in ["red", "blue"]',
    'stars == 1',
    'stars == 5',
    'stars in [1, 5]',
    'stars == trigger.count',
    'colour == started_by',
    'colour in trigger.tags',
    'started_by == "rde"',
    'colour == null',
    'stars > 7',
  ])('is none in %s', (source) => {
    expect(problemsOf(source)).toEqual([]);
  });

  it('is only warned of in what is kept from before: it has a meaning all the same', () => {
    const warned = 'warning [colour == "rde"] "colour" is never "rde"; did you mean "red"?';
    expect(problemsOf('colour == "rde"', true)).toEqual([warned]);
    const { expression } = compileExpression('colour in ["rde", "red"]', { ...asked, kept: true }, 'value');
    expect(expression?.kind).toEqual({ kind: 'boolean' });
  });

  it('has no name where it has none in the journey', () => {
    expect(problemsOf('[colour].exists(c, c == "rde")')).toEqual([
      'error [c == "rde"] this is never "rde"; did you mean "red"?',
    ]);
  });
});
