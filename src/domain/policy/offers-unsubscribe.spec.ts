import { loadFiles, shopFiles } from '../../../test/given/workspace.js';
import { offersUnsubscribe } from './offers-unsubscribe.js';

const policy = `timezone: Asia/Tehran
purposes:
  receipts: { consent: not_needed }
  news: { consent: not_needed }
  marketing: { consent: required }
  tips: { consent: marketing }
  notes: { consent: receipts }
opt_out: { words: [لغو], purposes: [news] }
channel_order: [sms]
`;

it.each([
  ['receipts', false],
  ['notes', false],
  ['news', true],
  ['marketing', true],
  ['tips', true],
  ['unheard-of', true],
])('an e-mail of %s offers a way out by itself: %s', (purpose, expected) => {
  const { workspace, problems } = loadFiles({ ...shopFiles, 'journeys/policy.yaml': policy });
  if (workspace === undefined) throw new Error(JSON.stringify(problems));
  expect(offersUnsubscribe(purpose, workspace.policy)).toBe(expected);
});
