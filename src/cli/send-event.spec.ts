import { sendEvent } from './send-event.js';
import { UsageError } from './usage-error.js';

describe('peyk send-event', () => {
  it.each(['foo', 'localhost:3000', 'ftp://127.0.0.1', '127.0.0.1:3000'])(
    'says what --url should be when it is %s',
    async (url) => {
      const sending = sendEvent('/nowhere.jsonl', { url });
      await expect(sending).rejects.toThrow(UsageError);
      await expect(sending).rejects.toThrow(`--url ${url}: expected where Peyk serves, such as http://127.0.0.1:3000`);
    },
  );

  it('says why a file cannot be read', async () => {
    await expect(sendEvent('/nowhere.jsonl', { url: 'http://127.0.0.1:3000' })).rejects.toThrow(
      '/nowhere.jsonl cannot be read: it is not there',
    );
  });
});
