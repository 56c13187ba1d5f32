import type { Rule, Tested } from '../../domain/journey/witness.js';
import { isJsonObject, type Json } from '../../domain/json.js';
import type { Speech } from './values.js';

type Seen = Tested['seen'];
type Telling = (seen: Seen, speech: Speech, passed: boolean) => string;

/** One test of a start, of what counts, or of a message, in a sentence. */
export function tellTested({ rule, seen, passed }: Tested, speech: Speech): string {
  return tellings[rule](seen, speech, passed);
}

const tellings: Readonly<Record<Rule, Telling>> = {
  draft: (_, speech) => speech.say('draft'),
  paused: (_, speech) => speech.say('paused'),
  max_age: ({ time, arrival, max_age: age }, speech) =>
    speech.say('max_age', { time: speech.moment(time), arrival: speech.moment(arrival), max_age: speech.text(age) }),
  key: ({ field }, speech) => speech.say('key', { field: speech.text(field) }),
  runs: tellRuns,
  already_active: ({ since, step }, speech) => {
    const at = speech.moment(since);
    if (step === undefined) return speech.say('already_active', { since: at });
    return speech.say('already_active_at', { since: at, step: speech.text(step) });
  },
  re_entry: tellReEntry,
  holdout: (seen, speech, passed) => speech.say(passed ? 'holdout' : 'holdout_not', drawn(seen, speech)),
  limit: tellLimit,
  about: tellAbout,
  since: tellWindow,
  split: tellSplit,
  consent: tellConsent,
  channels: tellChannels,
  sample: (seen, speech, passed) => speech.say(passed ? 'sample' : 'sample_not', drawn(seen, speech)),
  not_after: ({ until }, speech, passed) =>
    speech.say(passed ? 'not_after' : 'not_after_not', { until: speech.moment(until) }),
  blackout: ({ days, until }, speech, passed) =>
    speech.say(passed ? 'blackout' : 'blackout_not', { days: listed(days, speech), until: speech.moment(until) }),
  quiet_hours: ({ hours, until }, speech, passed) =>
    speech.say(passed ? 'quiet_hours' : 'quiet_hours_not', {
      hours: listed(hours, speech),
      until: speech.moment(until),
    }),
  caps: tellCaps,
};

function tellRuns({ from, to }: Seen, speech: Speech, passed: boolean): string {
  return speech.say(passed ? 'runs' : 'runs_not', {
    from: from === undefined ? '' : speech.say('since', { at: speech.moment(from) }),
    to: to === undefined ? '' : speech.say('runs_to', { at: speech.moment(to) }),
  });
}

function tellReEntry({ again, last_exit: last, from }: Seen, speech: Speech): string {
  const left = speech.moment(last);
  if (from === undefined) return speech.say('re_entry_never', { last_exit: left });
  return speech.say('re_entry', { again: speech.text(again), last_exit: left, from: speech.moment(from) });
}

function drawn({ drawn: share, share: of }: Seen, speech: Speech): Readonly<Record<string, string>> {
  return { drawn: speech.share(Number(share)), share: speech.share(Number(of)) };
}

function tellLimit({ what, so_far: soFar, limit, per }: Seen, speech: Speech): string {
  const isCredit = what === 'credit';
  const tell = (value: Json | undefined): string => (isCredit ? speech.rials(Number(value)) : speech.text(value));
  const during = per === undefined ? '' : speech.say('per', { duration: speech.text(per) });
  return speech.say(isCredit ? 'limit_credit' : 'limit_entries', {
    so_far: tell(soFar),
    limit: tell(limit),
    per: during,
  });
}

function tellAbout({ field, value, own }: Seen, speech: Speech, passed: boolean): string {
  const slots = { field: speech.text(field), value: speech.text(value), own: speech.text(own) };
  return speech.say(passed ? 'about' : 'about_not', slots);
}

function tellWindow({ event, since, from, found }: Seen, speech: Speech): string {
  const times = Array.isArray(found) ? found.map((time) => speech.moment(time)) : [];
  const came = times.length === 0 ? speech.say('none_yet') : speech.say('came', { at: speech.list(times) });
  const slots = { event: speech.text(event), from: speech.moment(from), found: came };
  return speech.say(since === 'entry' ? 'window_entry' : 'window_last_wait', slots);
}

function tellSplit({ drawn: share, arms }: Seen, speech: Speech): string {
  const told = objects(arms).map(({ name, up_to: upTo }) =>
    speech.say('split_arm', { name: speech.text(name), share: speech.share(Number(upTo)) }),
  );
  return speech.say('split', { drawn: speech.share(Number(share)), arms: speech.list(told) });
}

function tellConsent({ purpose, required, of, given, problem }: Seen, speech: Speech): string {
  const slots = { purpose: speech.text(purpose), of: speech.text(of) };
  if (problem === 'opted_out' || problem === 'no_consent') return speech.say(`consent_${problem}`, slots);
  if (given === true) return speech.say('consent_given', slots);
  return speech.say(required === true ? 'consent_elsewhere' : 'consent_not_needed', slots);
}

function tellChannels({ open, closed }: Seen, speech: Speech): string {
  const names = Array.isArray(open) ? open.map((name) => speech.say('channel_open', { name: speech.text(name) })) : [];
  const others = Object.entries(isJsonObject(closed) ? closed : {}).map(([name, why]) =>
    speech.say(whyClosed[speech.text(why)] ?? 'channel_not_asked_for', { name }),
  );
  const all = [...(names.length === 0 ? [speech.say('no_channel')] : names), ...others];
  return speech.say('channels', { open: speech.list(all) });
}

const whyClosed: Readonly<Record<string, 'channel_opted_out' | 'channel_no_address' | undefined>> = {
  opted_out: 'channel_opted_out',
  no_address: 'channel_no_address',
};

function tellCaps({ caps, until }: Seen, speech: Speech, passed: boolean): string {
  const told = objects(caps).map(({ cap, sent }) => {
    const times = Array.isArray(sent) ? sent : [];
    const at = speech.list(times.slice(-shown).map((time) => speech.moment(time)));
    return speech.say(times.length === 0 ? 'cap' : 'cap_at', {
      cap: speech.text(cap),
      n: speech.number(times.length),
      at,
    });
  });
  return speech.say(passed ? 'caps' : 'caps_not', { caps: speech.list(told), until: speech.moment(until) });
}

/** Of many messages the newest are told. */
const shown = 3;

function listed(value: Json | undefined, speech: Speech): string {
  return Array.isArray(value) ? speech.list(value.map((item) => speech.text(item))) : '';
}

function objects(value: Json | undefined): readonly Readonly<Record<string, Json>>[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}
