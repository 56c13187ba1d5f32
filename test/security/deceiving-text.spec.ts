import { isPlainText } from '../../src/intake/cloudevents/storable.js';
import { loadTemplates } from '../../src/domain/message/templates.js';
import { normaliseEmail, normalisePhone } from '../../src/domain/message/address.js';
import { givenWorkspace, journeyText, toldOf } from '../given/workspace.js';

/** Turn what is read around, or are not seen at all. */
const turning = ['\u202a', '\u202b', '\u202d', '\u202e', '\u2066', '\u2067', '\u2068'];
const unseen = ['\u200b', '\u200c', '\u200d', '\u2060', '\ufeff', '\u00ad'];
const marks = [...turning, ...unseen];

const scope = { now: 0, clock: { zone: 'Asia/Tehran', calendar: 'jalali' } } as const;

describe('a name that would turn the text around it', () => {
  const templates = loadTemplates(
    new Map([
      ['templates/t/sms.hbs', 'سلام {{customer.name}}، کد شما 1234'],
      ['templates/t/webhook.hbs', '{{customer.name}}: 1234'],
      ['templates/t/telegram.hbs', '{{customer.name}}: 1234'],
      ['templates/t/email.hbs', '---\nsubject: "{{customer.name}}: 1234"\n---\n<p>{{customer.name}}: 1234</p>'],
    ]),
  ).templates;

  it.each(turning)('does not, on any channel (%j)', (mark) => {
    for (const channel of ['sms', 'webhook', 'telegram', 'email'] as const) {
      const name = `سارا${mark}evil`;
      const content = templates.render('t', channel, () => ({ customer: { name } }), scope);
      expect(JSON.stringify(content)).not.toContain(mark);
      expect(JSON.stringify(content)).toContain('1234');
    }
  });

  it('may hold the marks that Persian and families are written with', () => {
    const content = templates.render('t', 'sms', () => ({ customer: { name: 'می\u200cخواهم 👩\u200d💻' } }), scope);
    expect(content).toMatchObject({ text: 'سلام می\u200cخواهم 👩\u200d💻، کد شما 1234' });
  });
});

describe('a mark that nobody sees', () => {
  it.each(marks)('makes no second name in the files (%j)', (mark) => {
    const name = `tier${mark}`;
    const told = [
      toldOf({ 'journeys/customers.yaml': `tier: text\n${JSON.stringify(name)}: text\n` }),
      toldOf({ 'journeys/events.yaml': `visit: { shop?: text }\n${JSON.stringify(`visit${mark}`)}: {}\n` }),
      toldOf({ 'journeys/events.yaml': `visit: { ${JSON.stringify(`shop${mark}`)}: text }\n` }),
      toldOf({
        'journeys/test.yaml': journeyText({ steps: `  - { send: hello, id: ${JSON.stringify(`a${mark}b`)} }` }),
      }),
      toldOf({
        'journeys/test.yaml': journeyText({ steps: `  - { task: call, save_as: ${JSON.stringify(`a${mark}`)} }` }),
      }),
      toldOf({ 'journeys/test.yaml': journeyText({ steps: `  - send: ${JSON.stringify(`hello${mark}`)}` }) }),
      toldOf({
        'journeys/test.yaml': journeyText({
          steps: `  - choose: [ { when: 'trigger.repair${mark}_id == "1"', then: [] } ]`,
        }),
      }),
      toldOf({ [`journeys/te${mark}st.yaml`]: journeyText({}) }),
    ];
    expect(told.map((lines) => lines.length > 0)).toEqual(told.map(() => true));
  });

  it.each(marks)('is no part of a phone number or a mailbox (%j)', (mark) => {
    expect(normalisePhone(`0912${mark}1234567`)).toBe('+989121234567');
    expect(normaliseEmail(`sa${mark}ra@example.com`)).toBeUndefined();
    expect(normaliseEmail(`sara@exam${mark}ple.com`) ?? 'sara@example.com').toBe('sara@example.com');
  });

  it.each(marks)('in an attribute’s name is told as unknown (%j)', (mark) => {
    const { workspace } = givenWorkspace();
    const { warnings } = workspace?.catalogue.checkCustomer({ [`tier${mark}`]: 'gold' }) ?? { warnings: [] };
    expect(warnings).toEqual([expect.stringContaining('did you mean tier?')]);
  });
});

describe('an id with a control character', () => {
  it.each(['\0', '\n', '\r', '\t', '\u001b[31m', '\u0085', '\ud800'])('is refused (%j)', (mark) => {
    expect(isPlainText(`customer${mark}7`)).toBe(false);
  });
});
