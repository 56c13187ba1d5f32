import { files as main } from '../main/work.js';

/** One message a purchase, under these quiet hours. */
export function files(quietHours: string): Readonly<Record<string, string>> {
  return {
    'journeys/policy.yaml': (main['journeys/policy.yaml'] ?? '').replace(
      'transactional: { consent: not_needed }',
      `service: { consent: not_needed, quiet_hours: "${quietHours}" }`,
    ),
    'journeys/events.yaml': main['journeys/events.yaml'] ?? '',
    'journeys/bench-purchase.yaml': `journey: bench-purchase
purpose: service
trigger: { event: purchase.completed, max_age: 3650 days }
steps: [ send: bench-thanks ]
`,
    'templates/bench-thanks/sms.hbs': main['templates/bench-thanks/sms.hbs'] ?? '',
  };
}
