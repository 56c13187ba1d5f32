/** What a `return.status` means for the message and for the channel. Source: Kavenegar's REST documentation. */
export type StatusClass = 'taken' | 'retry' | 'retry_few_times' | 'channel_down' | 'rejected';

const retry = [409, 429, 451];
const retryFewTimes = [402];
const channelDown = [401, 403, 407, 412, 416, 418, 420, 424, 426, 427, 432, 501];
const rejected = [400, 404, 405, 406, 411, 413, 414, 415, 417, 419, 422, 428, 431, 604, 607];

const classes: ReadonlyMap<number, StatusClass> = new Map<number, StatusClass>([
  [200, 'taken'],
  ...retry.map((status) => [status, 'retry'] as const),
  ...retryFewTimes.map((status) => [status, 'retry_few_times'] as const),
  ...channelDown.map((status) => [status, 'channel_down'] as const),
  ...rejected.map((status) => [status, 'rejected'] as const),
]);

/** 501 is Kavenegar's own ("test account"), not HTTP's; what is in no list is tried again, which `localid` makes safe. */
export function classOf(status: number): StatusClass {
  const known = classes.get(status);
  if (known !== undefined) return known;
  if (status >= 500 && status < 600) return 'retry';
  return status >= 800 && status <= 813 ? 'rejected' : 'retry_few_times';
}

/** Ends of a message that was taken and will not reach its receiver. */
const undeliverable: ReadonlyMap<number, string> = new Map([
  [6, 'failed'],
  [11, 'undelivered'],
  [13, 'cancelled'],
  [14, 'blocked by the receiver'],
]);

/** In words, where an entry's status says that it will never arrive. */
export function whyUndeliverable(entryStatus: number): string | undefined {
  return undeliverable.get(entryStatus);
}

/** Not known to the provider, not ours, or archived. */
export const unknownMessage = 100;
