import { on, workspaceOf } from '../../test/given/simulation.js';
import { readEvents } from '../simulate/read-inputs.js';
import { explainSimulation } from './explain-simulation.js';
import { tellExplanation } from './tell/tell-explanation.js';

describe('of two customers who are one', () => {
  const workspace = workspaceOf({ journey: 'trigger: { event: visit }\nsteps: [ { wait: 1 day }, { stop: over } ]' });
  const events = [
    on('11-21 09:00', 'visit', {}, { subject: 'old' }),
    on('11-21 10:00', 'customer.merged', { from: 'old', into: 'new' }, { subject: 'new' }),
  ];
  const explained = (customer: string) =>
    explainSimulation(
      {
        ...{ workspace, customers: [], from: undefined, until: Date.parse('2026-12-01T00:00:00Z'), channelResults: {} },
        events: readEvents(events.map((event) => JSON.stringify(event)).join('\n'), workspace).accepted,
      },
      { customer, journey: undefined },
    );
  const kinds = (customer: string): readonly string[] =>
    explained(customer).heard.flatMap((one) => (one.kind === 'line' ? [one.line.kind] : []));

  it('each is told under the name of then, with what is told of the other', () => {
    expect([kinds('old'), kinds('new')]).toEqual([
      ['entered', 'waiting'],
      ['resumed', 'exited'],
    ]);
    expect(explained('old').gaps).toEqual(['it was merged into customer new: what came after that is told of new']);
    expect(explained('new').gaps).toEqual(['customer old was merged into it: what came before that is told of old']);
  });

  it('whoever goes on as the other stands nowhere any more', () => {
    expect(explained('old').standing).toEqual([]);
    expect(explained('new').standing).toMatchObject([{ customer: 'new', status: 'ended', reason: 'over' }]);
  });

  it('says so in Persian too', () => {
    expect(['old', 'new'].map((id) => tellExplanation(explained(id), 'fa').at(-1))).toEqual([
      'معلوم نیست: با مشتری new یکی شد: آنچه پس از آن رخ داد زیر نام new گفته می‌شود',
      'معلوم نیست: مشتری old با آن یکی شد: آنچه پیش از آن رخ داد زیر نام old گفته می‌شود',
    ]);
  });
});
