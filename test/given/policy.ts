/** The shop's policy file with these purposes besides `transactional`, and more lines of it. */
export function policy(purposes: string, more = ''): { readonly 'journeys/policy.yaml': string } {
  const order = more.includes('channel_order') ? '' : 'channel_order: [sms, email, telegram]\n';
  const text = `timezone: Asia/Tehran
calendar: jalali
purposes:
  transactional: { consent: not_needed }
${purposes}
${order}${more}
`;
  return { 'journeys/policy.yaml': text };
}
