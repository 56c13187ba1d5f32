import fc from 'fast-check';

/** The rules of one purpose, for a file and for whoever works out what may leave. */
export interface GivenPurpose {
  readonly name: string;
  readonly consent: string;
  readonly quiet: Hours | undefined;
  readonly caps: readonly GivenCap[];
  readonly drops: boolean;
  readonly isBlackedOut: boolean;
  readonly exceptsTroubled: boolean;
  readonly notAfter: number | undefined;
  readonly sample: number | undefined;
}

/** `[21, 9]`: from nine in the evening until nine in the morning. */
export type Hours = readonly [number, number];

export interface GivenCap {
  readonly messages: number;
  readonly amount: number;
  readonly unit: 'hour' | 'day';
}

/** Days of `fast`, on which some purposes are silent. */
export const fastDays = ['2026-03-04', '2026-03-05', '2026-03-08', '2026-03-10', '2026-03-13', '2026-03-21'];
export const purposeNames = ['plain', 'quiet', 'market', 'survey'] as const;
export const optOutWord = 'لغو';
export const optInWord = '12';
export const repliedPurposes: readonly string[] = ['market', 'survey'];

const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined });

export const quietHours = fc.constantFrom<Hours>([21, 9], [22, 8], [12, 14], [0, 6]);
export const cap: fc.Arbitrary<GivenCap> = fc.record({
  messages: fc.constantFrom(1, 1, 2, 3),
  amount: fc.constantFrom(1, 2, 5),
  unit: fc.constantFrom('hour', 'day'),
});
/** In hours. */
export const notAfter = fc.constantFrom(1, 6, 30, 72);

function purpose(name: string, consents: readonly string[]): fc.Arbitrary<GivenPurpose> {
  const isPlain = name === 'plain';
  return fc.record({
    name: fc.constant(name),
    consent: fc.constantFrom(...consents),
    quiet: isPlain ? fc.constant(undefined) : maybe(quietHours),
    caps: isPlain ? fc.constant([]) : fc.array(cap, { maxLength: 2, size: 'max' }),
    drops: fc.constantFrom(false, false, true),
    isBlackedOut: isPlain ? fc.constant(false) : fc.boolean(),
    exceptsTroubled: isPlain ? fc.constant(false) : fc.boolean(),
    notAfter: isPlain ? fc.constant(undefined) : fc.constantFrom(undefined, undefined, 6, 30, 72),
    sample: name === 'survey' ? maybe(fc.constantFrom(0.3, 0.7)) : fc.constant(undefined),
  });
}

export const purposes: fc.Arbitrary<readonly GivenPurpose[]> = fc.tuple(
  purpose('plain', ['not_needed']),
  purpose('quiet', ['not_needed', 'required']),
  purpose('market', ['required', 'required', 'not_needed']),
  purpose('survey', ['market', 'not_needed']),
);

export function policyText(given: readonly GivenPurpose[]): string {
  return `timezone: Asia/Tehran
calendar: jalali
working_hours: { sat-wed: "09:00-18:00", thu: "09:00-13:00" }
purposes:
${given.map(purposeLine).join('\n')}
opt_out: { words: [${optOutWord}], purposes: [${repliedPurposes.join(', ')}] }
opt_in: { words: ["${optInWord}"], purposes: [${repliedPurposes.join(', ')}] }
channel_order: [sms, email]
channels:
  sms: { provider: kavenegar, sender: "10004346", cost: 3500 rial }
`;
}

function purposeLine(one: GivenPurpose): string {
  const { name, consent, quiet, caps, drops, isBlackedOut, exceptsTroubled, notAfter: hours, sample } = one;
  const parts = [
    `consent: ${consent}`,
    ...(quiet === undefined ? [] : [`quiet_hours: "${hoursText(quiet)}"`]),
    ...(caps.length === 0 ? [] : [`caps: [${caps.map(capText).join(', ')}]`]),
    ...(drops ? ['when_capped: drop'] : []),
    ...(isBlackedOut ? ['blackout: [fast]'] : []),
    ...(exceptsTroubled ? ['except: [troubled]'] : []),
    ...(hours === undefined ? [] : [`not_after: ${String(hours)} hours`]),
    ...(sample === undefined ? [] : [`sample: ${String(sample * 100)}%`]),
  ];
  return `  ${name}: { ${parts.join(', ')} }`;
}

export function hoursText(hours: Hours): string {
  return hours.map((hour) => `${String(hour).padStart(2, '0')}:00`).join('-');
}

export function capText({ messages, amount, unit }: GivenCap): string {
  return `${String(messages)} per ${String(amount)} ${unit}s`;
}
