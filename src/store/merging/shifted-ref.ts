/**
 * What decisions call a message (`<journey>/<enrolment>/<step>/<decision>.<place>`) as it is called where the customer's decision
 * numbers are `by` ahead: both SQL expressions. No name has a slash or a full stop.
 */
export function shiftedRef(ref: string, by: string): string {
  const part = (no: number): string => `split_part(${ref}, '/', ${String(no)})`;
  const decision = (no: number): string => `split_part(${part(4)}, '.', ${String(no)})`;
  return `${part(1)} || '/' || (${part(2)}::integer + ${by}) || '/' || ${part(3)} || '/' || (${decision(1)}::integer + ${by}) || '.' || ${decision(2)}`;
}

/** What is noted as `<what>:<decision number>` of a customer whose numbers are `by` ahead. */
export function shiftedNote(note: string, by: string): string {
  return `case when ${note} ~ '^(event|timer|file|merge):[0-9]+$'
    then split_part(${note}, ':', 1) || ':' || (split_part(${note}, ':', 2)::integer + ${by}) else ${note} end`;
}
