/** Names that are always there and cannot be given to anything else. */
export const takenNames: readonly string[] = [
  ...['event', 'trigger', 'trigger_event', 'started_by', 'customer', 'now', 'past'],
  ...['true', 'false', 'null', 'in', 'and', 'or', 'not'],
];
