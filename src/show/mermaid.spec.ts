import { givenJourney } from '../../test/given/workspace.js';
import { drawMermaid } from './mermaid.js';

describe('the picture of a journey', () => {
  it('has a node for each step, and a line for each way on', () => {
    const journey = givenJourney({
      steps: `  - send: hello
  - wait_for:
      - { event: visit, stay: true, then: [ send: bye ] }
      - { event: repair.ready }
    at_most: 2 days
  - choose:
      - when: trigger.repair_id == "a"
        then: [ stop: done ]
  - send: bye
`,
    });
    expect(drawMermaid(journey).split('\n')).toEqual([
      'flowchart TD',
      '  start(["repair.received"])',
      '  s1["send-hello"]',
      '  s2("wait-for-any")',
      '  s3["send-bye"]',
      '  s4{"choose"}',
      '  s5(["stop"])',
      '  s6["send-bye-2"]',
      '  done(["end"])',
      '  start --> s1',
      '  s1 --> s2',
      '  s2 -->|"visit"| s3',
      '  s2 -->|"repair.ready / time-out"| s4',
      '  s3 -.-> s2',
      '  s4 --> s6',
      '  s4 -->|"trigger.repair_id == #quot;a#quot;"| s5',
      '  s6 --> done',
    ]);
  });

  it('shows the titles of the journey and of its tasks', () => {
    const journey = givenJourney({
      top: 'title: وضعیت "تعمیر"',
      steps: '  - task: "call {{customer.name}}"\n  - send: hello\n',
    });
    expect(drawMermaid(journey).split('\n').slice(1, 4)).toEqual([
      '  start(["وضعیت #quot;تعمیر#quot;<br>repair.received"])',
      '  s1["task<br>call {{customer.name}}"]',
      '  s2["send-hello"]',
    ]);
  });
});
