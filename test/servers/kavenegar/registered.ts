import type { Params } from './faults.js';
import type { Account, Reply } from './methods.js';

const longestToken = 100;
const spaces = new Map([
  ['token', 0],
  ['token2', 0],
  ['token3', 0],
  ['token10', 5],
  ['token20', 8],
]);

/** `verify/lookup`: a registered text with its places filled; it knows no `localid`, and a repeat is sent again. */
export function lookup(params: Params, { ledger, templates }: Account): Reply {
  const { receptor, template, token } = params;
  if (receptor === undefined || template === undefined || token === undefined) return refused(400);
  const mobile = /^(?:\+98|0098|98|0)?(9\d{9})$/.exec(receptor)?.[1];
  if (mobile === undefined) return refused(411);
  const text = templates.get(template);
  if (text === undefined) return refused(424);
  for (const [name, most] of spaces) if (!isToken(params[name], most)) return refused(431);
  const draft = { receptor: `0${mobile}`, text: filled(text, params), localid: undefined, sender: 'verify' };
  if (ledger.credit !== undefined && ledger.price([draft]) > ledger.credit) return refused(418);
  return { status: 200, entries: [ledger.accept(draft)] };
}

function isToken(token: string | undefined, most: number): boolean {
  if (token === undefined) return true;
  return token !== '' && token.length <= longestToken && !/[\n_]/.test(token) && token.split(' ').length - 1 <= most;
}

function filled(text: string, params: Params): string {
  return text.replace(/%(token\d*)/g, (_, name: string) => params[name] ?? '');
}

function refused(status: number): Reply {
  return { status, entries: null };
}
