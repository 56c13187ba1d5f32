const digit = '[0-9۰-۹٠-٩]';
/** Not inside a longer number or a decimal one; a percent-encoded sign may stand right before it. */
const start = String.raw`(?:(?<![0-9۰-۹٠-٩])(?<![0-9]\.)|(?<=%[0-9A-Fa-f]{2}))`;
const gap = '(?:[ -]|%20)?';
const mobile = `(?:(?:\\+|%2[Bb]|00|۰۰|٠٠)?(?:98|۹۸|٩٨)${gap}|[0۰٠])?[9۹٩]${digit}{2}${gap}${digit}{3}${gap}${digit}{2}${gap}${digit}{2}`;
const landline = `[0۰٠][1-9۱-۹١-٩]${digit}{9}`;
const international = `(?:\\+|%2[Bb])${digit}{8,15}`;
const phones = new RegExp(`${start}(?:${international}|${mobile}|${landline})(?!${digit})`, 'gu');
const emails = /[\p{L}\p{N}._+'-]{1,64}(?:@|%40)[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}/gu;
const bearer = /\b(Bearer|Basic)(\s+|%20)[\w.~+/=-]+/gi;
const urlPassword = /(:\/\/[^\s/:@"]{0,256}):[^\s/@"]{1,256}@/g;
const kavenegarKey = /(\/v1\/)[^\s/"]{8,256}(?=\/(?:sms|verify|call|account|utils)\/)/g;

/** `+989121234567` as `+98912*****67`: enough to recognise, too little to call. */
export function maskPhone(phone: string): string {
  const hidden = Math.min(5, Math.max(0, phone.length - 2));
  return `${phone.slice(0, phone.length - 2 - hidden)}${'*'.repeat(hidden)}${phone.slice(-2)}`;
}

/** `sara@example.com` as `s***@example.com`. */
export function maskEmail(email: string): string {
  const [first = ''] = email;
  const at = /@|%40/.exec(email)?.index ?? email.length;
  return `${first}***${email.slice(at)}`;
}

/** Hides phone numbers, e-mail addresses, passwords in URLs and API keys wherever they stand in a text. */
export function maskText(text: string): string {
  return text
    .replace(bearer, '$1$2***')
    .replace(urlPassword, '$1:***@')
    .replace(kavenegarKey, '$1***')
    .replace(emails, maskEmail)
    .replace(phones, maskPhone);
}

/** `maskText` that also knows this process's own secrets. Very short ones would hide half of every line. */
export function createMask(secrets: readonly string[]): (text: string) => string {
  const known = secrets.filter((secret) => secret.length >= 4);
  const written = [...new Set(known.flatMap((secret) => [secret, encodeURIComponent(secret), escaped(secret)]))];
  written.sort((a, b) => b.length - a.length);
  return (text) => maskText(written.reduce((rest, secret) => rest.replaceAll(secret, '***'), text));
}

/** As it stands in a JSON line. */
function escaped(secret: string): string {
  return JSON.stringify(secret).slice(1, -1);
}

/** The fields of an event or of a change that hold an address, masked, however deep. */
export function maskAddresses(value: unknown, field = ''): unknown {
  if (typeof value === 'string') return addressFields.has(field) ? maskText(value) : value;
  if (Array.isArray(value)) return value.map((item) => maskAddresses(item, field));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, maskAddresses(part, name)]));
}

const addressFields = new Set(['phone', 'mobile', 'email', 'from', 'to', 'address']);
