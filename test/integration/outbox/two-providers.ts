import { Outbox, ScriptedChannel } from './outbox-fixture.js';

/** An outbox, and two providers of texts, new for every test. */
export class TwoProviders {
  first = providerNamed('first');
  second = providerNamed('second');
  private opened: Outbox | undefined;

  get outbox(): Outbox {
    if (this.opened === undefined) throw new Error('expected a test that runs');
    return this.opened;
  }

  /** For the tests of the block in which it is called. */
  static forEveryTest(): TwoProviders {
    const given = new TwoProviders();
    beforeAll(async () => {
      given.opened = await Outbox.open();
    });
    beforeEach(() => {
      given.first = providerNamed('first');
      given.second = providerNamed('second');
    });
    afterEach(() => given.outbox.stopAll());
    afterAll(() => given.outbox.close());
    return given;
  }
}

function providerNamed(name: string): ScriptedChannel {
  return new ScriptedChannel('sms', 5, name);
}
