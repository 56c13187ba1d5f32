import { journeyText, toldOf } from '../../../../test/given/workspace.js';

const told = (steps: string, more: { top?: string; trigger?: string } = {}) =>
  toldOf({ 'journeys/test.yaml': journeyText({ steps, ...more }) });

/** A send that may stand only where the estimate is certainly there. */
const needsEstimate = '  - send: repair-estimate';
const absent = [expect.stringMatching(/^templates\/repair-estimate\/sms.hbs:1:/)];

describe('what is certainly there', () => {
  it('is a name below a wait that cannot be left without it', () => {
    expect(told(`  - { wait_for: repair.estimated, save_as: estimate }\n${needsEstimate}`)).toEqual([]);
    const stops = '  - { wait_for: repair.estimated, save_as: estimate, at_most: 1 day, else: [ stop: never came ] }';
    expect(told(`${stops}\n${needsEstimate}`)).toEqual([]);
  });

  it('is not what a time-out leaves out', () => {
    expect(told(`  - { wait_for: repair.estimated, save_as: estimate, at_most: 1 day }\n${needsEstimate}`)).toEqual(
      absent,
    );
    const goesOn = '  - { wait_for: repair.estimated, save_as: estimate, at_most: 1 day, else: [ send: hello ] }';
    expect(told(`${goesOn}\n${needsEstimate}`)).toEqual(absent);
  });

  it('is what every arm that leaves saves; arms that stay and clocks do not leave', () => {
    const arms = (more: string) => `  - wait_for:
      - { event: repair.estimated, save_as: estimate }
      - { event: visit, stay: true, then: [ send: hello ] }
      - { after: 1 day, then: [ send: hello ] }
      - { event: repair.ready, ${more} }
${needsEstimate}`;
    expect(told(arms('then: [ stop: early ]'))).toEqual([]);
    expect(told(arms('then: [ send: hello ]'))).toEqual(absent);
  });

  it('is what a choose alternative asks for, in its then', () => {
    const maybe = `  - wait_for: [ { event: repair.estimated, save_as: estimate }, { event: repair.ready } ]`;
    expect(told(`${maybe}\n  - choose: [ { when: known(estimate), then: [ send: repair-estimate ] } ]`)).toEqual([]);
    expect(told(`${maybe}\n  - choose: [ { when: estimate != null, then: [ send: repair-estimate ] } ]`)).toEqual([]);
    expect(told(`${maybe}\n  - choose: [ { when: known(estimate), then: [] } ]\n${needsEstimate}`)).toEqual(absent);
  });

  it('is what a choose leaves no way around', () => {
    const maybe = `  - wait_for: [ { event: repair.estimated, save_as: estimate }, { event: repair.ready } ]`;
    const guard = '  - choose: [ { when: known(estimate), then: [ send: hello ] }, { else: [ stop: none ] } ]';
    expect(told(`${maybe}\n${guard}\n${needsEstimate}`)).toEqual([]);
  });

  it('is forgotten when a step that saves it begins anew', () => {
    const first = '  - { wait_for: repair.estimated, save_as: estimate }';
    const second = '  - { wait_for: repair.estimated, save_as: estimate, at_most: 1 day }';
    expect(told(`${first}\n${second}\n${needsEstimate}`)).toEqual(absent);
  });

  it.each([
    [
      'ask',
      '{ ask: hello, answers: text, save_as: it, else: [ stop: no ] }',
      '{ ask: hello, answers: text, save_as: it }',
    ],
    [
      'task',
      '{ task: call, results: [done], within: 1 hour, save_as: it, else: [ stop: no ] }',
      '{ task: call, results: [done], within: 1 hour, save_as: it }',
    ],
  ])('is forgotten when %s begins anew', (kind, sure, unsure) => {
    const uses = '  - { send: hello, with: { what: "=it.%" } }'.replace('%', kind === 'ask' ? 'value' : 'result');
    const maybe = [expect.stringContaining('this may be absent')];
    expect(told(`  - ${sure}\n${uses}`)).toEqual([]);
    expect(told(`  - ${sure}\n  - ${unsure}\n${uses}`)).toEqual(maybe);
    expect(told(`  - ${sure}\n  - ${unsure.replace('save_as: it', 'save_as: other')}\n${uses}`)).toEqual([]);
  });

  it.each([
    ['{ webhook: "https://example.com", save_as: it }', 'body: { a: =it.status }'],
    ['{ grant: 5 toman, save_as: it }', 'at_most: =it.amount'],
  ])('is forgotten before %s is read anew', (step, use) => {
    const again = step.replace('save_as', `${use}, save_as`);
    expect(told(`  - ${step}\n  - ${again.replace('save_as: it', 'save_as: other')}`)).toEqual([]);
    expect(told(`  - ${step}\n  - ${again}`)).toEqual([expect.stringMatching(/absent|unknown name/)]);
  });

  it('may be forgotten in the then of an arm that stays', () => {
    const loop = `  - { wait_for: repair.estimated, save_as: estimate }
  - wait_for:
      - event: visit
        stay: true
        then: [ { wait_for: repair.estimated, save_as: estimate, at_most: 1 day } ]
      - event: repair.ready`;
    expect(told(`${loop}\n${needsEstimate}`)).toEqual(absent);
  });

  it("is what every trigger's condition asks for", () => {
    const steps = '  - { send: hello, with: { what: =trigger.device } }';
    const guarded = 'trigger: { event: repair.received, when: known(event.device) }';
    expect(told(steps, { trigger: guarded })).toEqual([]);
    expect(told(steps)).toEqual([expect.stringContaining('this may be absent')]);
    const one = 'trigger: [ { event: repair.received, when: known(event.device) }, { event: repair.received } ]';
    expect(told(steps, { trigger: one })).toEqual([expect.stringContaining('this may be absent')]);
  });

  it('is what the condition of the wait asked the saved event for', () => {
    const steps = `  - { wait_for: repair.estimated, save_as: estimate, when: known(event.ready_at) }
  - { send: hello, not_after: =estimate.ready_at }`;
    expect(told(steps)).toEqual([]);
    expect(told(steps.replace(', when: known(event.ready_at)', ''))).toEqual([
      expect.stringContaining('this may be absent'),
    ]);
  });
});

describe('which names there are', () => {
  it('are those that were saved above, not those below', () => {
    expect(
      told(
        '  - choose: [ { when: known(estimate), then: [] } ]\n  - { wait_for: repair.estimated, save_as: estimate }',
      ),
    ).toEqual([expect.stringMatching(/^journeys\/test.yaml:5:\d+: .*estimate/)]);
  });

  it('are those of an arm that stays, in the arms beside it and below', () => {
    const steps = `  - wait_for:
      - { event: repair.estimated, save_as: estimate, stay: true }
      - { event: repair.ready, then: [ choose: [ { when: known(estimate), then: [ send: repair-estimate ] } ] ] }
  - choose: [ { when: known(estimate), then: [ send: repair-estimate ] } ]`;
    expect(told(steps)).toEqual([]);
  });

  it('are all that may have been saved, for exits and goals', () => {
    const top =
      'exit: { when: estimate.cost > toman(9) }\ngoal: { event: visit, when: known(estimate), value: estimate.cost }';
    expect(told('  - { wait_for: repair.estimated, save_as: estimate }', { top })).toEqual([]);
  });

  it('hold event only where one is under test', () => {
    expect(told('  - choose: [ { when: known(event.device), then: [] } ]')).toEqual([
      expect.stringMatching(/:5:\d+: .*event/),
    ]);
    expect(told('  - wait_for: [ { after: 1 day, when: known(event.device), then: [] }, { event: visit } ]')).toEqual([
      expect.stringMatching(/:5:\d+: .*event/),
    ]);
    expect(told('  - send: hello', { top: 'exit: { when: known(event.x) }' })).toEqual([
      expect.stringMatching(/:3:\d+: .*event/),
    ]);
  });

  it('have, with several triggers, what only one of them has as something that may be absent', () => {
    const trigger = 'trigger: [ { event: repair.received }, { event: visit } ]';
    expect(told('  - { send: hello, with: { a: =trigger.repair_id } }', { trigger })).toEqual([
      expect.stringContaining('this may be absent'),
    ]);
    expect(told('  - { send: hello, with: { a: "{{trigger.repair_id}}{{trigger.shop}}" } }', { trigger })).toEqual([]);
  });

  it('hold what two waits saved under one name', () => {
    const steps = (guard: string) => `  - wait_for:
      - { event: repair.estimated, save_as: last }
      - { event: repair.ready, save_as: last }
  - { send: hello, with: { id: =last.repair_id, cost: ${guard} } }`;
    expect(told(steps('"=default(last.cost, toman(0))"'))).toEqual([]);
    expect(told(steps('=last.cost'))).toEqual([expect.stringContaining('this may be absent')]);
  });
});
