import { askForKafka } from './ask.js';

const kafka = await askForKafka();

/**
 * A `describe` whose tests need the run's broker; its address is handed over. Without one they are reported as skipped,
 * each by its name; with CI=true they fail and say why there is none.
 */
export function describeWithKafka(name: string, body: (brokers: string) => void): void {
  if ('brokers' in kafka) declare(describe, name, kafka.brokers, body);
  else if (process.env['CI'] === 'true') describe(name, failing(kafka.unavailable));
  else declare(describe.skip, `${name} (skipped: ${kafka.unavailable})`, 'none', body);
}

function declare(describe_: jest.Describe, name: string, brokers: string, body: (brokers: string) => void): void {
  describe_(name, () => {
    body(brokers);
  });
}

function failing(reason: string): () => void {
  return () => {
    it('needs a Kafka broker', () => {
      throw new Error(reason);
    });
  };
}
