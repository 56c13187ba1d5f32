import type { Heard, HookRequest, Inbound } from '../channels/inbound.js';
import type { Refusal } from '../intake/intake.js';

/** What one way back understands of a request. */
export interface Understood {
  readonly inbound: Inbound;
  readonly heard: readonly Heard[];
}

/** Of a list each item by itself: what is understood, and what is wrong with the others. */
export interface UnderstoodInPart {
  readonly understood: readonly Understood[];
  readonly refused: readonly Refusal[];
}

/** More would be no slip of the pen. */
const MOST_REFUSED = 20;

export function firstToUnderstand(inbounds: readonly Inbound[], request: HookRequest): Understood | undefined {
  for (const inbound of inbounds) {
    const heard = inbound.hear(request);
    if (heard !== undefined) return { inbound, heard };
  }
  return undefined;
}

/** Undefined where it is no list. */
export function understoodInPart(inbounds: readonly Inbound[], request: HookRequest): UnderstoodInPart | undefined {
  if (!Array.isArray(request.body) || request.body.length === 0) return undefined;
  const understood: Understood[] = [];
  const refused: Refusal[] = [];
  for (const [index, item] of (request.body as readonly unknown[]).entries()) {
    const one = Array.isArray(item) ? undefined : firstToUnderstand(inbounds, { ...request, query: {}, body: item });
    if (one !== undefined) understood.push(one);
    else if (refused.length < MOST_REFUSED) refused.push(refusalOf(inbounds, index, item));
  }
  return { understood, refused };
}

function refusalOf(inbounds: readonly Inbound[], index: number, item: unknown): Refusal {
  const place = `body[${String(index)}]`;
  for (const { whyNot } of inbounds) {
    const fault = whyNot?.(item);
    if (fault !== undefined)
      return { place: fault.field === '' ? place : `${place}.${fault.field}`, message: fault.message };
  }
  return { place, message: 'says nothing that is known here' };
}
