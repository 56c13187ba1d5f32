import type { Contact } from '../domain/policy/contacts.js';
import { loadWorkspace } from '../domain/workspace.js';
import { keptContacts, type KeptContacts } from './kept-contacts.js';

const day = 86_400_000;

function keptBy(condition: string): KeptContacts {
  const { workspace, problems } = loadWorkspace(
    new Map([
      [
        'journeys/policy.yaml',
        `timezone: Asia/Tehran
purposes:
  transactional: { consent: not_needed }
  marketing: { consent: not_needed, caps: [3 per 7 days] }
channel_order: [sms]
`,
      ],
      ['journeys/events.yaml', 'visited: {}\n'],
      [
        'journeys/greet.yaml',
        `journey: greet
purpose: marketing
trigger: { event: visited, when: '${condition}' }
steps: [{ send: hello }]
`,
      ],
      ['templates/hello/sms.hbs', 'سلام\n'],
    ]),
  );
  if (workspace === undefined) throw new Error(JSON.stringify(problems));
  return keptContacts(workspace);
}

function contact(purpose: string, at: number): Contact {
  return { message: `${purpose}-${String(at)}`, at, purpose, failed: false, cost: 0 };
}

describe('messages that somebody may still ask about', () => {
  const all = [contact('marketing', 0), contact('transactional', 20 * day), contact('marketing', 15 * day)];

  it('are those that some cap may count', () => {
    const kept = keptBy('count("visited") > 0');
    expect(kept(all, 20 * day)).toEqual([contact('marketing', 15 * day)]);
  });

  it('are all while the longest cap lasts, and the very same list then', () => {
    const recent = all.filter(({ purpose }) => purpose === 'marketing');
    expect(keptBy('count("visited") > 0')(recent, 7 * day)).toBe(recent);
  });

  it('are all where a condition asks what messages cost', () => {
    expect(keptBy('spent("30 days") < toman(1000)')(all, 400 * day)).toBe(all);
  });
});
