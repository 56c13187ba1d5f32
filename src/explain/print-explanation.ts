import { printInstant } from '../domain/time/instant.js';
import { printTraceJson } from '../simulate/print-trace.js';
import type { Asked, Tested } from '../domain/journey/witness.js';
import { sectionsOf, untouched, type Explanation } from './explanation.js';
import type { PassedChannel } from './passed-channels.js';
import type { Heard, HeardTurn } from './testimony.js';
import { pausesOf } from './tell/tell-message.js';

/** For programs: one object a line, in the order of decisions, then how things stand. */
export function printExplanation(explanation: Explanation): readonly string[] {
  const { heard, journey, messages, pauses, gaps, customer } = explanation;
  const isWanted = (name: string): boolean => journey === undefined || name === journey;
  return [
    ...heard.filter(({ turn }) => isWanted(turn.journey)).map(printHeard),
    ...messages
      .filter((message) => isWanted(message.journey))
      .map(({ journey: name, key, enrolment, created_at: at, ...message }) => ({
        ...{ at: printInstant(at), journey: name, key: key ?? undefined, enrolment },
        message: {
          ...message,
          ...instantsOf(message),
          passed: message.passed.map(printPassed),
          paused_by: pausesOf({ ...message, journey: name, key, enrolment, created_at: at }, pauses),
        },
      })),
    ...sectionsOf(explanation).flatMap(({ standing }) => (standing === undefined ? [] : [printStanding(standing)])),
    ...untouched(explanation).map(({ name, startsOn }) => ({
      ...{ journey: name, listens_to: [...startsOn] },
      not_served: explanation.notRun.get(name),
    })),
    ...gaps.map((why) => ({ customer, not_known: why })),
  ].map((line) => JSON.stringify(line));
}

function printHeard(heard: Heard): object {
  const place = placeOf(heard.turn);
  switch (heard.kind) {
    case 'line':
      return { ...place, at: printInstant(heard.line.at), line: JSON.parse(printTraceJson(heard.line)) as unknown };
    case 'asked':
      return { ...place, asked: plainAsked(heard.asked) };
    case 'tested':
      return { ...place, tested: plainTested(heard.tested) };
  }
}

function placeOf({ at, journey, key, enrolment, stimulus, event }: HeardTurn): object {
  const about = event && { ...event, time: printInstant(event.time) };
  return { at: printInstant(at), journey, key, enrolment, stimulus, event: about };
}

function plainAsked({ question: { event, ...question }, source, result, seen }: Asked): object {
  const about = event && { ...event, time: printInstant(event.time) };
  const values = seen.map(({ what, value }) => ({ what, value: value ?? null }));
  return { question: { ...question, event: about }, source, result, seen: values };
}

function plainTested({ rule, step, passed, seen }: Tested): object {
  return { rule, step, passed, seen };
}

type Standing = Explanation['standing'][number];

function printStanding({
  journey,
  key,
  seq,
  status,
  step,
  reason,
  wakeAt,
  enteredAt,
  endedAt,
  startedBy,
}: Standing): object {
  const when = (at: number | undefined): string | undefined => (at === undefined ? undefined : printInstant(at));
  const stands = { status, step, started_by: startedBy, entered_at: when(enteredAt), ended_at: when(endedAt), reason };
  return { journey, key, enrolment: seq, stands: { ...stands, wakes_at: when(wakeAt) } };
}

function printPassed({ at, arrived, ...passed }: PassedChannel): object {
  return { ...passed, at: printInstant(at), arrived: arrived === undefined ? undefined : printInstant(arrived) };
}

const instants = ['attempted_at', 'settled_at', 'next_at', 'leave_by', 'receipt_at', 'fallback_at'] as const;

function instantsOf(message: Readonly<Record<(typeof instants)[number], number | null>>): object {
  return Object.fromEntries(
    instants.map((name) => {
      const at = message[name];
      return [name, at === null || !Number.isFinite(at) ? null : printInstant(at)];
    }),
  );
}
