import { tokenNames, type TokenName, type Tokens } from '../../domain/message/template/tokens.js';
import type { SendResult } from '../channel.js';
import type { Answer } from './answer.js';
import { sendResult } from './send-result.js';

/** What `verify/lookup` takes beside the receiver; or why it would refuse, told without a call. */
export type RegisteredParams =
  | { readonly kind: 'params'; readonly params: Readonly<Record<string, string>> }
  | Extract<SendResult, { kind: 'rejected' }>;

const longestToken = 100;
/** How many spaces each may hold. */
const spaces: Readonly<Record<TokenName, number>> = { token: 0, token2: 0, token3: 0, token10: 5, token20: 8 };
/** The account or the template lacks something: other texts leave all the same. */
const ofTheTemplate = [424, 426, 432];

export function registeredParams(template: string, tokens: Tokens | undefined): RegisteredParams {
  if (tokens?.token === undefined) {
    return refused(`"${template}" needs a token; name it with "token: …" in the front matter of the text`);
  }
  for (const name of tokenNames) {
    const problem = problemOf(name, tokens[name] ?? '');
    if (problem !== undefined) return refused(`"${template}": ${problem}`);
  }
  return { kind: 'params', params: { template, ...tokens } };
}

/**
 * This way has no `localid`: a repeat is sent a second time, and nobody can be asked afterwards (`statuslocalmessageid` would
 * say "unknown" of a message that has arrived). So whatever may have been taken is in doubt, and its purpose decides.
 */
export function registeredResult(answer: Answer): SendResult {
  if (answer.kind === 'answered' && ofTheTemplate.includes(answer.status)) {
    return refused(`Kavenegar ${String(answer.status)}: ${answer.message}`);
  }
  const result = sendResult(answer);
  return result.kind === 'retry' && result.perhapsTaken === true ? { kind: 'unknown', reason: result.reason } : result;
}

function problemOf(name: TokenName, token: string): string | undefined {
  if (token.length > longestToken) return `${name} has more than ${String(longestToken)} characters`;
  if (/[\r\n_\p{Surrogate}]/u.test(token)) return `${name} holds a line break, "_" or half a character`;
  const held = token.split(/\s/u).length - 1;
  if (held <= spaces[name]) return undefined;
  return name === 'token20'
    ? 'token20 holds more than 8 spaces'
    : `${name} holds more than ${String(spaces[name])} spaces; token10 may hold 5, token20 8`;
}

function refused(reason: string): Extract<SendResult, { kind: 'rejected' }> {
  return { kind: 'rejected', reason };
}
