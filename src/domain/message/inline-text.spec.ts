import type { Position } from '../problem.js';
import type { Field } from '../expression/kind.js';
import { compileInlineText } from './inline-text.js';

const clock = { zone: 'Asia/Tehran', calendar: 'jalali' } as const;
const spot = (offset: number): Position => ({ file: 'journeys/a.yaml', line: 7, column: 20 + offset });
const customer: Field = {
  kind: { kind: 'record', fields: { name: { kind: { kind: 'text' }, optional: true } } },
  optional: false,
};

describe('a text in a journey', () => {
  it('prints what is there, and nothing for what is absent', () => {
    const text = compileInlineText('تماس با {{customer.name}} {{toman cost}}!', spot);
    expect(text.render({ customer: { name: 'سارا' }, cost: 50_000 }, clock)).toBe('تماس با سارا ۵٬۰۰۰ تومان!');
    expect(text.render({ customer: {} }, clock)).toBe('تماس با  !');
    expect(text.render({ customer: { name: {} }, cost: 'many' }, clock)).toBe('تماس با  !');
  });

  it('needs no guards, but names that can be there', () => {
    expect(compileInlineText('{{customer.name}}', spot).check({ customer })).toEqual([]);
    expect(compileInlineText('با {{customer.nam}}', spot).check({ customer })).toEqual([
      { position: spot(5), message: '"customer" has no field "nam"; did you mean "name"?' },
    ]);
  });

  it('tells what is no template at its place in the file', () => {
    expect(compileInlineText('a\n{{{customer.name}}}', spot).problems).toEqual([
      { position: spot(2), message: expect.stringMatching(/^raw HTML/) as string },
    ]);
  });
});
