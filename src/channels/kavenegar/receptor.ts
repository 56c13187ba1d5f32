/** E.164 as Kavenegar takes it: 09… for Iran, 00… for others; undefined for what is no phone number. */
export function receptorOf(phone: string): string | undefined {
  if (!/^\+[1-9]\d{6,14}$/.test(phone)) return undefined;
  return phone.startsWith('+98') ? `0${phone.slice(3)}` : `00${phone.slice(1)}`;
}
