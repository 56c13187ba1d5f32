import { KeptCustomer } from '../../../../test/given/desk.js';
import { policy } from '../../../../test/given/policy.js';
import { workspaceOf } from '../../../../test/given/simulation.js';
import type { LinkCodes, LinkPlace } from '../../message/short-links.js';
import type { Queue, Trace } from '../decision.js';

const files = {
  ...policy(
    '  news: { consent: not_needed, footer: "no11" }\n  asked: { consent: required }\n  ended: { consent: not_needed }',
    'opt_out: { words: ["11"], purposes: [ended] }\nchannel_order: [sms, email]\n',
  ),
  'templates/linked/sms.hbs': 'see {{link "https://example.com/a"}}\n',
  'templates/linked/email.hbs': '---\nsubject: Linked\n---\n<p>{{link "https://example.com/a"}}</p>\n',
  'templates/picky/sms.hbs': '{{#if customer.name}}hello{{/if}}\n',
  'templates/picky/email.hbs': '---\nsubject: Picky\n---\n<p>plain</p>\n',
  'templates/fussy/sms.hbs': 'plain\n',
  'templates/fussy/email.hbs': '---\nsubject: Fussy\n---\n{{#if customer.name}}<p>hello</p>{{/if}}\n',
};
const attributes = { phone: '+989121234567', email: 'a@example.com' };

/** What one step queues and tells; with `links` the messages' links are served. */
function sent(step: string, more: { purpose?: string; links?: LinkCodes } = {}) {
  const { purpose = 'transactional', links } = more;
  const journey = `purpose: ${purpose}\ntrigger: { event: visit }\nsteps: [ ${step} ]`;
  const customer = new KeptCustomer({ ...workspaceOf({ journey, files }), links }, attributes);
  if (purpose === 'asked') customer.take({ type: 'consent.granted', at: -1, data: { purpose } });
  customer.take({ type: 'visit', at: 0 });
  const queued = customer.effects.filter((effect): effect is Queue => effect.kind === 'queue');
  return { attempts: queued.flatMap(({ attempts }) => attempts), trace: customer.trace as readonly Trace[] };
}

/** Serves every link under a number; remembers for which place it was asked. */
function servedLinks(): LinkCodes & { readonly places: LinkPlace[] } {
  const places: LinkPlace[] = [];
  return {
    places,
    codeFor(place, target) {
      places.push(place);
      const code = `${place.channel}${target === undefined ? '-no-more' : ''}`;
      return { code, url: `https://s/${code}`, target };
    },
  };
}

const unsubscribeOf = (attempts: ReturnType<typeof sent>['attempts']) =>
  attempts.map(({ content }) => ('unsubscribe' in content ? content.unsubscribe : undefined));

describe('a message on its channels', () => {
  it('is rendered for each of them, with the footer on the SMS alone', () => {
    const { attempts } = sent('{ send: both }', { purpose: 'news' });
    expect(attempts.map(({ channel, to }) => [channel, to])).toEqual([
      ['sms', '+989121234567'],
      ['email', 'a@example.com'],
    ]);
    expect(attempts.map(({ content }) => content)).toMatchObject([
      { text: 'both\nno11', parts: 1 },
      { text: 'both', subject: 'Both' },
    ]);
  });

  it('sees the instant at which it is sent, and what with gives', () => {
    const { attempts } = sent('{ send: both, with: { extra: "x" } }');
    expect(attempts[1]?.context).toMatchObject({ extra: 'x', now: '2026-11-21T06:30:00.000Z' });
  });
});

describe('a text that does not come out', () => {
  it('on the first channel suppresses the message, and says why', () => {
    const { attempts, trace } = sent('{ send: picky }');
    expect(attempts).toEqual([]);
    expect(trace[1]).toMatchObject({
      kind: 'suppressed',
      reason: 'render_error',
      detail: expect.stringMatching(/./) as string,
    });
  });

  it('on another one is no way to fall back on', () => {
    const { attempts, trace } = sent('{ send: fussy }');
    expect(attempts.map(({ channel }) => channel)).toEqual(['sms']);
    expect(trace[1]).toMatchObject({ kind: 'sent', channel: 'sms', text: 'plain' });
  });
});

describe('the links of a message', () => {
  it('are served for its customer, its name, each channel and the instant', () => {
    const links = servedLinks();
    const { attempts } = sent('{ send: linked }', { links });
    expect(attempts.map(({ content }) => content.text)).toEqual(['see https://s/sms', 'https://s/email']);
    expect(attempts.map((attempt) => attempt.links?.map(({ code, target }) => [code, target]))).toEqual([
      [['sms', 'https://example.com/a']],
      [['email', 'https://example.com/a']],
    ]);
    expect(links.places).toMatchObject([
      { customer: 'c1', channel: 'sms', at: Date.parse('2026-11-21T06:30:00Z') },
      { customer: 'c1', channel: 'email', at: Date.parse('2026-11-21T06:30:00Z') },
    ]);
    expect(new Set(links.places.map(({ message }) => message)).size).toBe(1);
  });

  it('print their targets where nobody serves them', () => {
    const { attempts } = sent('{ send: linked }');
    expect(attempts[0]?.content.text).toBe('see https://example.com/a');
    expect(attempts.map((attempt) => attempt.links)).toEqual([undefined, undefined]);
  });

  it('are none where it has none and offers no way out', () => {
    expect(sent('{ send: both }', { links: servedLinks() }).attempts.map((attempt) => attempt.links)).toEqual([
      ...[undefined, undefined],
    ]);
  });

  it('offer a way out in an e-mail that needs consent or that an opt-out word ends, and in no other', () => {
    const offered = (purpose: string) => {
      const { attempts } = sent('{ send: both }', { purpose, links: servedLinks() });
      return [unsubscribeOf(attempts), attempts.map((attempt) => attempt.links?.map(({ code }) => code))];
    };
    const out = [
      [undefined, 'https://s/email-no-more'],
      [undefined, ['email-no-more']],
    ];
    expect(offered('asked')).toEqual(out);
    expect(offered('ended')).toEqual(out);
    expect(offered('news')).toEqual([
      [undefined, undefined],
      [undefined, undefined],
    ]);
  });
});
