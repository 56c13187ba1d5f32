import { failureResult, type MailFailure } from './failure.js';

function after(failure: Partial<MailFailure>): unknown {
  const nothing = { code: undefined, command: undefined, responseCode: undefined, message: 'm', bodyStarted: false };
  const { reason, ...result } = { reason: undefined, ...failureResult({ ...nothing, ...failure }) };
  expect(reason).toBe('m');
  return result;
}

describe('a mail that did not go', () => {
  it.each<[string, Partial<MailFailure>, string]>([
    ['a refused connection', { code: 'ESOCKET', command: 'CONN' }, 'retry'],
    ['a name without an address', { code: 'EDNS', command: 'CONN' }, 'retry'],
    ['a TLS failure', { code: 'ETLS', command: 'STARTTLS' }, 'retry'],
    ['a time-out before the text', { code: 'ETIMEDOUT', command: 'CONN' }, 'retry'],
    ['a time-out after the text', { code: 'ETIMEDOUT', command: 'CONN', bodyStarted: true }, 'unknown'],
    ['a lost connection after the text', { code: 'ECONNECTION', command: 'CONN', bodyStarted: true }, 'unknown'],
    ['an unexpected answer after the text', { code: 'EPROTOCOL', responseCode: 250, bodyStarted: true }, 'unknown'],
    ['a wrong password', { code: 'EAUTH', command: 'AUTH PLAIN', responseCode: 535 }, 'channel_down'],
    ['a login that cannot be checked just now', { code: 'EAUTH', command: 'AUTH PLAIN', responseCode: 454 }, 'retry'],
    ['a login without a password', { code: 'EAUTH', command: 'API' }, 'channel_down'],
    [
      'a login that is wanted and not configured',
      { code: 'EENVELOPE', command: 'MAIL FROM', responseCode: 530 },
      'channel_down',
    ],
    ['no STARTTLS where it is needed', { code: 'ETLS', command: 'STARTTLS', responseCode: 502 }, 'channel_down'],
    ['a refused greeting', { code: 'EPROTOCOL', command: 'CONN', responseCode: 554 }, 'channel_down'],
    ['a refused sender', { code: 'EENVELOPE', command: 'MAIL FROM', responseCode: 550 }, 'channel_down'],
    ['a mail too large', { code: 'EENVELOPE', command: 'MAIL FROM', responseCode: 552 }, 'rejected'],
    ['a mail larger than announced', { code: 'EMESSAGE', command: 'MAIL FROM' }, 'rejected'],
    ['an address that Nodemailer refuses', { code: 'EENVELOPE', command: 'API' }, 'rejected'],
    ['an unknown receiver', { code: 'EENVELOPE', command: 'RCPT TO', responseCode: 550 }, 'rejected'],
    ['a grey-listed receiver', { code: 'EENVELOPE', command: 'RCPT TO', responseCode: 451 }, 'retry'],
    ['a refused text', { code: 'EMESSAGE', command: 'DATA', responseCode: 554, bodyStarted: true }, 'rejected'],
    ['a text refused for now', { code: 'EMESSAGE', command: 'DATA', responseCode: 452, bodyStarted: true }, 'retry'],
    ['a server that shuts down', { code: 'ECONNECTION', command: 'CONN', responseCode: 421 }, 'retry'],
    ['a wrong configuration', { code: 'ECONFIG' }, 'channel_down'],
  ])('because of %s', (_, failure, kind) => {
    expect(after(failure)).toEqual({ kind });
  });

  it('is tried a few times where the session, not the mail, was at fault', () => {
    const expected = { kind: 'retry', fewTimes: true };
    expect(after({ code: 'EENVELOPE', command: 'DATA', responseCode: 503 })).toEqual(expected);
    expect(after({ code: 'ECONNECTION', command: 'CONN', responseCode: 554 })).toEqual(expected);
  });
});
