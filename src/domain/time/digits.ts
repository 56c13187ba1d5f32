/** ASCII digits as Persian ones; everything else as it is. */
export function toPersianDigits(text: string): string {
  return text.replace(/[0-9]/g, (digit) => persian.charAt(Number(digit)));
}

/** Persian and Arabic digits as ASCII ones; everything else as it is. */
export function toAsciiDigits(text: string): string {
  return text.replace(/[۰-۹٠-٩]/g, (digit) => String(digit.charCodeAt(0) & 0xf));
}

const persian = '۰۱۲۳۴۵۶۷۸۹';
