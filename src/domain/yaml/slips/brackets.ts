import { closers, openBrackets } from './lexemes.js';
import { endOfWritten, inserted, lineAt, lineBelow, type Fault, type Slip } from './slip.js';

/** `[sms, email` without its end, or one end too many. */
export function findOpenBracket({ message, at }: Fault, text: string): Slip | undefined {
  if (/^Unexpected flow-(?:map|seq)-end token/.test(message)) return closingNothing(at, text);
  if (!/^Flow (?:map|sequence) in block collection/.test(message)) return undefined;
  const bracket = message.startsWith('Flow map') ? '{' : '[';
  const open = openBrackets(text, at).findLast(({ source }) => source === bracket);
  const closer = closers[bracket];
  if (open === undefined || closer === undefined) return undefined;
  const line = lineAt(text, open.start);
  const end = at <= line.end && /[}\]]/.test(text.charAt(at)) ? at : endOfWritten(line);
  return {
    at: open.start,
    message: `this "${bracket}" is not closed; write "${closer}" where it ends`,
    repaired: inserted(text, end, end === at ? `${closer} ` : ` ${closer}`),
    isSure:
      isListed(text.slice(open.start, end)) &&
      (at <= line.end || lineBelow(text, line)?.start === lineAt(text, at).start),
  };
}

/** `[sms, email` and `{ event: visit`: more than one word that happens to begin with a bracket. */
function isListed(written: string): boolean {
  return /, |: /.test(written);
}

function closingNothing(at: number, text: string): Slip {
  const bracket = text.charAt(at);
  return {
    at,
    message: `this "${bracket}" closes nothing; take it away`,
    repaired: `${text.slice(0, at)} ${text.slice(at + 1)}`,
    isSure: true,
  };
}
