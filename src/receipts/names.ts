import { isPlainText } from '../intake/cloudevents/storable.js';

const longest = 200;

/** Whether a provider's id or an address can be kept: some text, not too long, without control characters. */
export function isName(text: string): boolean {
  return text !== '' && text.length <= longest && isPlainText(text);
}
