/** What a content type says that the bytes are. */
export type BodyKind = 'event' | 'batch' | 'json' | 'other';

/** `application/cloudevents+json; charset=utf-8` and the like, in any case; parameters do not matter. */
export function bodyKind(contentType: string): BodyKind {
  // As nearly everybody writes it.
  if (contentType === 'application/cloudevents+json') return 'event';
  const type = (contentType.split(';', 1)[0] ?? '').trim().toLowerCase();
  if (type === 'application/cloudevents+json') return 'event';
  if (type === 'application/cloudevents-batch+json') return 'batch';
  return isJsonType(type) ? 'json' : 'other';
}

/** As CloudEvents 1.0 says, any type whose subtype is json or ends in +json. */
export function isJsonType(type: string): boolean {
  return /^[\w.-]+\/(?:[\w.-]+\+)?json$/i.test(type);
}
