import { consentFor } from './consent.js';
import type { Policy } from './policy.js';

/** Whether e-mails of that purpose offer a way out by themselves: what needs consent, and what an opt-out word ends. */
export function offersUnsubscribe(purpose: string, { purposes, optOut }: Pick<Policy, 'purposes' | 'optOut'>): boolean {
  return consentFor(purpose, purposes).required || optOut?.purposes.includes(purpose) === true;
}
