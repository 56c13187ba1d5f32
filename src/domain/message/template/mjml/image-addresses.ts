import { writtenOfMark, type MarkedText } from './marked-text.js';
import type { Attribute } from './tags.js';

/** Attributes that name an image to be loaded. */
const ofImages: ReadonlySet<string> = new Set([
  ...['src', 'thumbnails-src', 'background-url'],
  ...['icon-wrapped-url', 'icon-unwrapped-url', 'left-icon', 'right-icon'],
]);

/** Why the image that an attribute names cannot be loaded, where one can tell. */
export function imageFault({ name, value }: Attribute, marked: MarkedText): string | undefined {
  return ofImages.has(name) ? addressFault(value, marked) : undefined;
}

/** A mail stands nowhere: what is named as beside it is nowhere either. Of what begins with a value nothing is known. */
export function addressFault(
  address: string | undefined,
  { marks, pattern }: Pick<MarkedText, 'marks' | 'pattern'>,
): string | undefined {
  if (address === undefined || /^https?:\/\//i.test(address.trim()) || address.trim().search(pattern) === 0)
    return undefined;
  const written = address.replace(pattern, (_, index: string) => {
    const mark = marks[Number(index)];
    return mark?.part === 'print' ? writtenOfMark(mark) : '';
  });
  return `no mail program can load the image "${written}"; write its whole address, such as https://example.com/logo.png`;
}
