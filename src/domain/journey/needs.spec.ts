import { givenWorkspace, journeyText, shopFiles } from '../../../test/given/workspace.js';
import { needsOf } from './needs.js';

const files = {
  'journeys/policy.yaml': `timezone: Asia/Tehran
purposes:
  transactional: { consent: not_needed }
  marketing: { consent: required, quiet_hours: "21:00-09:00", caps: 1 per 1 day, blackout: yalda, except: vip, sample: 5%, footer: bye, not_after: 1 day }
  choosy: { consent: not_needed, except: rich }
channel_order: [push, sms]
`,
  'journeys/occasions.yaml': 'yalda: { jalali: 09-30 }\n',
  'journeys/audiences.yaml': 'vip: count("visit") > 5\nrich: credit() > 0\n',
  'journeys/scores.yaml': 'loyalty: count("visit") * 10\n',
  'journeys/events.yaml': `${shopFiles['journeys/events.yaml'] ?? ''}news: { data: { a?: text }, broadcast: true }\n`,
  'templates/chat/push.hbs': 'سلام\n',
  'templates/tracked/sms.hbs': '{{link "https://example.com"}}\n',
};

function needs(parts: Parameters<typeof journeyText>[0]): readonly string[] {
  const { workspace, problems } = givenWorkspace({ ...files, 'journeys/test.yaml': journeyText(parts) });
  const [journey] = workspace?.journeys ?? [];
  if (workspace === undefined || journey === undefined) throw new Error(JSON.stringify(problems));
  return needsOf(journey, workspace.policy, workspace.templates, workspace.audiences);
}

describe('what production does not serve yet', () => {
  it('is nothing of what it has served all along', () => {
    const steps = `  - { send: hello, not_after: 1 day }
  - { wait_for: visit, at_most: 1 day }
  - wait: { at: "10:00" }
  - { split: [ { name: a, weight: 50%, then: [ set: { tier: gold } ] } ], id: which }
  - { emit: visit }
  - { task: call, within: 1 working day }`;
    expect(needs({ steps })).toEqual([]);
  });

  it.each<[Parameters<typeof journeyText>[0], readonly string[]]>([
    [{ trigger: 'trigger: { every: day, at: "10:00" }' }, ['trigger every']],
    [{ trigger: 'trigger: { event: news, audience: everyone }' }, ['trigger broadcast']],
    [{ trigger: 'trigger: { manual: }' }, ['trigger manual']],
    [{ trigger: 'trigger: { event: visit, audience: vip }' }, []],
    [{ steps: '  - choose: [ { when: score("loyalty") > 5, then: [] } ]' }, []],
    [{ steps: '  - choose: [ { when: quintile("loyalty") == 5, then: [] } ]' }, ['quintile']],
    [{ steps: '  - choose: [ { when: credit() > 0 and spent() > 0, then: [] } ]' }, ['credit', 'spent']],
    [{ steps: '  - { ask: hello, answers: text }' }, []],
    [{ steps: '  - webhook: https://example.com' }, []],
    [{ steps: '  - { grant: 5 toman, save_as: a }\n  - take_back: a' }, ['grant', 'take_back']],
    [{ steps: '  - { task: call, save_as: a }\n  - take_back: a' }, []],
    [{ steps: '  - { send: hello, via: sms, fallback_after: 1 hour, else: [] }' }, []],
    [{ steps: '  - send: chat' }, ['channel push']],
    [{ steps: '  - send: tracked' }, []],
    [{ top: 'policy: { caps: 1 per 1 day }' }, []],
    [{ top: 'limits: { entries: 5, credit: 5 toman }' }, ['limits.credit']],
    [{ steps: '  - { send: hello, purpose: marketing }' }, []],
    [{ steps: '  - { send: hello, purpose: choosy }' }, ['credit']],
  ])('of %j is %j', (parts, expected) => {
    expect(needs(parts)).toEqual(expected);
  });

  it('is there for the end too', () => {
    const text = `${journeyText({ steps: '  - { grant: 5 toman, save_as: a }' })}at_end: [ take_back: a ]\n`;
    const { workspace } = givenWorkspace({ 'journeys/test.yaml': text });
    const [journey] = workspace?.journeys ?? [];
    expect(journey && workspace && needsOf(journey, workspace.policy)).toEqual(['grant', 'take_back']);
  });
});
