import { integer, readAnswer } from './answer.js';

describe('the envelope of Kavenegar', () => {
  it('is read whatever the HTTP status', () => {
    const body = '{"return":{"status":418,"message":"اعتبار"},"entries":null}';
    const read = { kind: 'answered', status: 418, message: 'اعتبار', entries: [], afterMs: 5 };
    expect(readAnswer(418, body, 5)).toEqual(read);
    expect(readAnswer(500, body, 5)).toEqual(read);
    expect(readAnswer(200, body, 5)).toEqual(read);
  });

  it('may hold one entry instead of a list', () => {
    const answer = readAnswer(200, '{"return":{"status":200},"entries":{"remaincredit":1}}', undefined);
    expect(answer).toMatchObject({ message: '', entries: [{ remaincredit: 1 }] });
  });

  it.each([
    '',
    '<html>',
    '{"return":{"status":20',
    '[]',
    'null',
    '{}',
    '{"return":{}}',
    '{"return":{"status":"ok"}}',
    '{"return":200}',
  ])('is not %j', (body) => {
    expect(readAnswer(200, body, undefined)).toEqual({ kind: 'unreadable', httpStatus: 200, afterMs: undefined });
  });

  it('leaves out what is no entry', () => {
    const answer = readAnswer(200, '{"return":{"status":200},"entries":[null,1,{"status":1}]}', undefined);
    expect(answer).toMatchObject({ entries: [{ status: 1 }] });
  });
});

describe('a number of Kavenegar', () => {
  it.each([
    [8792343, 8792343],
    ['8792343', 8792343],
    ['4503599627370497', 4503599627370497],
    ['', undefined],
    ['1.5', undefined],
    [1.5, undefined],
    [null, undefined],
    [undefined, undefined],
    ['99999999999999999999', undefined],
  ])('%j is read as %j', (value, expected) => {
    expect(integer(value)).toBe(expected);
  });
});
