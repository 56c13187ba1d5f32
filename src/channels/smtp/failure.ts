import type { SendResult } from '../channel.js';

/** What Nodemailer says of a mail that did not go, and whether any of its text had left by then. */
export interface MailFailure {
  readonly code: string | undefined;
  /** The step that failed: CONN, EHLO, AUTH …, MAIL FROM, RCPT TO, DATA. */
  readonly command: string | undefined;
  readonly responseCode: number | undefined;
  readonly message: string;
  readonly bodyStarted: boolean;
}

/** Nodemailer names the step only for refusals; what a lost connection means hangs on whether the text had left. */
export function failureResult(failure: MailFailure): SendResult {
  const reason = failure.message;
  if (failure.responseCode !== undefined && failure.responseCode >= 400) return refused(failure, failure.responseCode);
  if (failure.code === 'EAUTH' || failure.code === 'ECONFIG') return { kind: 'channel_down', reason };
  if (failure.bodyStarted) return { kind: 'unknown', reason };
  // Refused by Nodemailer itself: the address, or larger than the server takes.
  if (failure.code === 'EENVELOPE' || failure.code === 'EMESSAGE') return { kind: 'rejected', reason };
  return { kind: 'retry', reason };
}

/** The server said no: 4xx for now, 5xx for good, and whom it means depends on the step. */
function refused(failure: MailFailure, responseCode: number): SendResult {
  const reason = failure.message;
  if (responseCode < 500) return { kind: 'retry', reason };
  // 503: commands in the wrong order, a matter of the session and not of the message.
  if (responseCode === 503) return { kind: 'retry', reason, fewTimes: true };
  if (isOurAccount(failure, responseCode)) return { kind: 'channel_down', reason };
  if (isAboutMessage(failure, responseCode)) return { kind: 'rejected', reason };
  // A refusal without its line end, cut off by the close: which command it answered is not known.
  return failure.code === 'ECONNECTION' ? { kind: 'retry', reason, fewTimes: true } : { kind: 'channel_down', reason };
}

function isOurAccount(failure: MailFailure, responseCode: number): boolean {
  return failure.code === 'EAUTH' || [530, 534, 535, 538].includes(responseCode);
}

/** 552 at MAIL FROM is the size; any other refusal before RCPT TO (greeting, EHLO, STARTTLS, sender) would meet every mail. */
function isAboutMessage(failure: MailFailure, responseCode: number): boolean {
  if (failure.bodyStarted || failure.command === 'RCPT TO' || failure.command === 'DATA') return true;
  return failure.command === 'MAIL FROM' && responseCode === 552;
}
