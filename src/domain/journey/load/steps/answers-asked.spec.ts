import { journeyText, toldOf } from '../../../../../test/given/workspace.js';

const told = (steps: string): readonly string[] =>
  toldOf({ 'journeys/test.yaml': journeyText({ steps }) }).map((line) => line.replace('journeys/test.yaml:', ''));

const asked = (answers: string, when: string): readonly string[] =>
  told(
    `  - { ask: hello, answers: ${answers}, save_as: answer, else: [ stop: none ] }\n  - choose: [ { when: '${when}', then: [ send: bye ] } ]`,
  ).map((line) => line.slice(line.indexOf(' ') + 1));

describe('an answer beside what it can never be', () => {
  it.each([
    ['[good, bad]', 'answer.value == "gud"', '"answer.value" is never "gud"; it is one of good, bad'],
    ['[good, bad]', '"godo" != answer.value', '"answer.value" is never "godo"; did you mean "good"?'],
    ['[good, bad]', 'answer.value == "so so"', '"answer.value" is never "so so"; it is one of good, bad'],
    ['{ yes: [1, بله], no: [2, نه] }', 'answer.value == "بله"', '"answer.value" is never "بله"; it is one of yes, no'],
    [
      '{ yes: [1, بله], no: [2, نه] }',
      'answer.value in ["yes", "noo"]',
      '"answer.value" is never "noo"; did you mean "no"?',
    ],
    ['1..5', 'answer.value == 7', '"answer.value" is never 7; it is a whole number from 1 to 5'],
    ['1..5', 'answer.value == 2.5', '"answer.value" is never 2.5; it is a whole number from 1 to 5'],
    ['1..5', 'answer.value in [4, 5, 6]', '"answer.value" is never 6; it is a whole number from 1 to 5'],
    ['1..5', 'answer.value >= 4 and answer.value != 0', '"answer.value" is never 0; it is a whole number from 1 to 5'],
  ])('%s: %s is told', (answers, when, message) => {
    expect(asked(answers, when)).toEqual([message]);
  });

  it.each([
    ['[good, bad]', 'answer.value == "good"'],
    ['[good, bad]', 'answer.text == "gud"'],
    ['[good, bad]', 'default(answer.value, "none") == "none"'],
    ['[good, bad]', 'answer.value + "!" == "good!"'],
    ['text', 'answer.value == "gud"'],
    ['1..5', 'answer.value * 2 == 8'],
    ['1..5', '-answer.value == -3'],
    ['1..5', 'round_to(answer.value, 2) == 0'],
    ['1..5', 'answer.value in [4, 5]'],
  ])('%s: %s is none of that', (answers, when) => {
    expect(asked(answers, when)).toEqual([]);
  });

  it('stands at its place in a list', () => {
    const when = `'answer.value in ["yes", "noo"]'`;
    const steps = `  - { ask: hello, answers: [yes, no], save_as: answer, else: [ stop: none ] }\n  - choose: [ { when: ${when}, then: [ send: bye ] } ]`;
    expect(told(steps)[0]).toMatch(/^6:48: /);
  });

  it('is what any of the questions takes that save it under the name', () => {
    const ask = (answers: string): string => `{ ask: hello, answers: ${answers}, save_as: a, else: [ stop: none ] }`;
    const both = (when: string): readonly string[] =>
      told(`  - choose:
      - { when: known(trigger.device), then: [ ${ask('[red, blue]')} ] }
      - { else: [ ${ask('[blue, green]')} ] }
  - choose: [ { when: '${when}', then: [ send: bye ] } ]`);
    expect(both('a.value in ["red", "blue", "green"]')).toEqual([]);
    expect(both('a.value == "gren"')).toEqual(['8:24: "a.value" is never "gren"; did you mean "green"?']);
  });
});

describe("a task's result beside what it can never be", () => {
  const task = (results: string, when: string): readonly string[] =>
    told(
      `  - { task: call, ${results} within: 1 day, save_as: call, else: [ stop: late ] }\n  - choose: [ { when: '${when}', then: [ send: bye ] } ]`,
    );

  it('is told', () => {
    expect(task('results: [solved, no_answer],', 'call.result == "solvd"')).toEqual([
      '6:24: "call.result" is never "solvd"; did you mean "solved"?',
    ]);
  });

  it('is anything where no results are listed', () => {
    expect(task('', 'call.result == "solvd"')).toEqual([]);
  });
});

describe('what was saved beside a single value', () => {
  it.each([
    ['1..5', 'answer >= 4', '"answer" is a record (value, text, channel); write answer.value'],
    ['1..5', 'answer == 4', '"answer" is a record (value, text, channel); write answer.value'],
    ['1..5', 'answer in [4, 5]', '"answer" is a record (value, text, channel); write answer.value'],
    ['1..5', 'answer * 2 == 4', '"answer" is a record (value, text, channel); write answer.value'],
    ['1..5', 'answer == "red"', '"answer" is a record (value, text, channel); write answer.text'],
    ['[red, blue]', 'answer == "red"', '"answer" is a record (value, text, channel); write answer.value'],
    ['text', 'says(answer, "red")', '"answer" is a record (value, text, channel); write answer.value'],
    [
      'text',
      'trigger == "red"',
      '"trigger" is a record (repair_id, device, due_date, back_at); write trigger.repair_id',
    ],
  ])('%s: %s names its fields', (answers, when, message) => {
    expect(asked(answers, when)).toEqual([message]);
  });
});
