import { on, simulated, workspaceOf } from '../../../test/given/simulation.js';

function idsOf(steps: string): readonly string[] {
  const [journey] = workspaceOf({ journey: `trigger: { event: visit }\nsteps:\n${steps}` }).journeys;
  return [...(journey?.steps.keys() ?? [])];
}

describe('step ids', () => {
  it('are the main key and its target', () => {
    const steps = `  - send: hello
  - wait: 2 days
  - wait_for: repair.sent_to_workshop
  - wait_for: [ { event: visit }, { event: purchase } ]
  - choose: [ { when: 1 == 2, then: [ { stop: enough } ] } ]
`;
    expect(idsOf(steps)).toEqual([
      'send-hello',
      'wait-2-days',
      'wait-for-repair-sent-to-workshop',
      'wait-for-any',
      'choose',
      'stop',
    ]);
  });

  it('get -2, -3 where they repeat, in reading order, branches included', () => {
    const steps = `  - send: hello
  - choose:
      - { when: 1 == 2, then: [ send: hello, wait: 1 day ] }
      - { else: [ send: bye ] }
  - wait_for:
      - { event: visit, stay: true, then: [ send: hello ] }
      - { after: 1 day, then: [ wait: 1 day ] }
      - { event: purchase }
  - send: hello
  - send: bye
`;
    expect(idsOf(steps)).toEqual([
      'send-hello',
      'choose',
      'send-hello-2',
      'wait-1-day',
      'send-bye',
      'wait-for-any',
      'send-hello-3',
      'wait-1-day-2',
      'send-hello-4',
      'send-bye-2',
    ]);
  });

  it('are as given where they are given, and the others keep clear of those', () => {
    expect(
      idsOf(
        '  - { send: hello, id: greeting }\n  - send: hello\n  - { send: bye, id: send-hello-2 }\n  - send: hello\n',
      ),
    ).toEqual(['greeting', 'send-hello', 'send-hello-2', 'send-hello-3']);
  });

  it('are what is printed', () => {
    const journey =
      'trigger: { event: visit }\nsteps: [ { send: hello }, { send: hello }, { wait: 1 hour, id: pause } ]';
    const { lines } = simulated({ journey, events: [on('11-21 10:00', 'visit')] });
    expect(lines.map(({ kind, step }) => [kind, step])).toEqual([
      ['entered', undefined],
      ['sent', 'send-hello'],
      ['sent', 'send-hello-2'],
      ['waiting', 'pause'],
      ['resumed', 'pause'],
      ['exited', undefined],
    ]);
  });
});
