import { QuietLogger } from './quiet-logger.js';

describe('the log of TypeORM', () => {
  it('tells warnings and migrations, and no statement or value', () => {
    const lines: string[] = [];
    const logger = new QuietLogger((line) => lines.push(line));
    logger.logQuery();
    logger.logQueryError();
    logger.logSchemaBuild();
    logger.log('info', 'chatter');
    logger.log('warn', 'take care');
    logger.logMigration('first failed');
    logger.logQuerySlow(1200);
    expect(lines).toEqual(['take care', 'first failed', 'a statement took 1200 ms']);
  });
});
