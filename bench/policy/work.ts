import { files } from '../main/work.js';

const HOUR = 3_600_000;

/** The hour that Tehran's clock shows so many hours from now, as quiet hours are written. */
export function hourIn(hours: number): string {
  const at = new Date(Date.now() + hours * HOUR);
  const hour = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Tehran', hour: '2-digit', hourCycle: 'h23' });
  return `${hour.format(at)}:00`;
}

/** The work of `main`, each message under all that a marketing policy asks, of which nothing keeps it from leaving. */
export function filesWithPolicy(): Readonly<Record<string, string>> {
  const journey = files['journeys/bench-purchase.yaml'] ?? '';
  return {
    ...files,
    'journeys/policy.yaml': `timezone: Asia/Tehran
calendar: jalali
purposes:
  marketing:
    consent: required
    quiet_hours: "${hourIn(6)}-${hourIn(10)}"
    caps: [ 3 per 1 day, 9 per 7 days ]
    blackout: [ long-ago ]
    except: [ complaining ]
    sample: 100%
    not_after: 3 days
opt_out: { words: ["11"], purposes: [marketing] }
channel_order: [sms]
channels:
  sms: { provider: kavenegar, sender: '10004346' }
`,
    'journeys/occasions.yaml': 'long-ago: { dates: [2020-01-01] }\n',
    'journeys/audiences.yaml': 'complaining: count("complaint.opened", "30 days") > 0\n',
    'journeys/events.yaml': `${files['journeys/events.yaml'] ?? ''}complaint.opened: { about?: text }\n`,
    'journeys/bench-purchase.yaml': journey.replace('purpose: transactional', 'purpose: marketing'),
  };
}
