import { Problems } from '../../yaml/problems.js';
import { parseYaml } from '../../yaml/parse.js';
import { printProblem } from '../../problem.js';
import { givenIds, StepIds } from './ids.js';

const at = (line: number) => ({ file: 'f', line, column: 1 });

describe('the ids that a file gives', () => {
  const idsIn = (text: string) => {
    const node = parseYaml('f', text, new Problems());
    return node === undefined ? [] : [...givenIds(node)];
  };

  it('are those of steps, however deep', () => {
    expect(
      idsIn('steps:\n  - { send: x, id: a }\n  - choose:\n      - { when: y, then: [ { wait: 1 day, id: b } ] }\n'),
    ).toEqual([...['a', 'b']]);
  });

  it('are none that stand in data', () => {
    const data = ['with', 'data', 'body', 'set', 'answers'];
    expect(data.flatMap((key) => idsIn(`- { send: x, ${key}: { send: y, id: z } }\n`))).toEqual([]);
    expect(idsIn('- { webhook: x, body: { deep: [ { send: y, id: z } ] }, id: a }\n')).toEqual(['a']);
  });

  it('are none of what is no step, and none that is no word', () => {
    expect(idsIn('trigger: { manual: { id: text } }\nid: c\nlimits: { id: d }\n')).toEqual([]);
    expect(idsIn('- { send: x, id: [a] }\n- { send: y, ids: b }\n')).toEqual([]);
  });
});

describe('step ids', () => {
  const idsWith = (given: readonly string[], moves = false) => {
    const problems = new Problems();
    return { ids: new StepIds(new Set(given), problems, moves), told: () => problems.sorted().map(printProblem) };
  };

  it('repeat with a number, past those that are given', () => {
    const { ids, told } = idsWith(['send-hello-2']);
    const made = ['send-hello', 'send-hello', 'send-Hello World!', 'send-hello'].map((base) => ids.make(base, at(1)));
    expect(made).toEqual(['send-hello', 'send-hello-3', 'send-hello-world-', 'send-hello-4']);
    expect(ids.all).toEqual(made);
    expect(told()).toEqual([]);
  });

  it('leave the first place to a given one further below', () => {
    const { ids } = idsWith(['send-hello']);
    expect([ids.make('send-hello', at(1)), ids.take('send-hello', at(2))]).toEqual(['send-hello-2', 'send-hello']);
  });

  it('are told where one is given twice', () => {
    const { ids, told } = idsWith(['a']);
    ids.take('a', at(3));
    ids.take('a', at(5));
    expect(told()).toEqual(['f:5:1: the id "a" is taken by the step in line 3']);
  });

  it('that a place makes are warned of where people are moved by them', () => {
    const { ids, told } = idsWith([], true);
    ids.make('wait', at(1));
    ids.make('wait', at(2));
    expect(told()).toEqual([
      'f:2:1: warning: this step is "wait-2" only by its place, which on_change: move goes by; give it an id of its own',
    ]);
  });
});
