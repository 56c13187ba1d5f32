import { demoAllowed, secretsOf } from './config.js';
import { ConfigError } from './config.error.js';
import { loadConfig } from './load-config.js';

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('the configuration', () => {
  it('needs nothing', () => {
    expect(loadConfig({ PATH: '/bin' })).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
      databaseUrl: undefined,
      kafka: undefined,
      roles: ['api', 'engine', 'sender'],
      journeysDir: 'journeys',
      templatesDir: 'templates',
      dataDir: '.peyk',
      mailbox: false,
      apiKeys: [],
      logLevel: 'info',
      notes: [],
    });
  });

  it('reads every variable', () => {
    const config = loadConfig({
      PEYK_HOST: '0.0.0.0',
      PEYK_PORT: '8080',
      PEYK_PUBLIC_URL: 'https://peyk.example.com/',
      PEYK_DATABASE_URL: 'postgres://u:p%40ss@db/peyk',
      PEYK_KAFKA_BROKERS: 'a:9092, b:9092',
      PEYK_KAFKA_TOPICS: 'shop.events,web.events',
      PEYK_KAFKA_GROUP: 'g',
      PEYK_KAFKA_SSL: 'true',
      PEYK_KAFKA_SASL_MECHANISM: 'SCRAM-SHA-256',
      PEYK_KAFKA_SASL_USERNAME: 'u',
      PEYK_KAFKA_SASL_PASSWORD: 'kafka-secret',
      PEYK_ROLES: 'api, sender',
      PEYK_MAILBOX: 'true',
      PEYK_KAVENEGAR_API_KEY: 'kave-secret',
      PEYK_KAVENEGAR_BASE_URL: 'http://127.0.0.1:4000',
      PEYK_SMTP_URL: 'smtp://u:mail-secret@mail:587',
      PEYK_API_KEYS: 'first-key-of-sixteen,second-key-of-sixteen',
      PEYK_LOG_LEVEL: 'debug',
    });
    expect(config).toMatchObject({
      host: '0.0.0.0',
      port: 8080,
      publicUrl: 'https://peyk.example.com',
      kafka: {
        brokers: ['a:9092', 'b:9092'],
        topics: ['shop.events', 'web.events'],
        ssl: true,
        sasl: { mechanism: 'scram-sha-256' },
      },
      roles: ['api', 'sender'],
      mailbox: true,
      apiKeys: ['first-key-of-sixteen', 'second-key-of-sixteen'],
      logLevel: 'debug',
    });
    expect(secretsOf(config)).toEqual(
      expect.arrayContaining(['p@ss', 'p%40ss', 'mail-secret', 'kafka-secret', 'kave-secret', 'first-key-of-sixteen']),
    );
  });

  it('is frozen to the ground', () => {
    const config = loadConfig({ PEYK_KAFKA_BROKERS: 'a:9092' });
    expect(Object.isFrozen(config) && Object.isFrozen(config.kafka) && Object.isFrozen(config.kafka?.brokers)).toBe(
      true,
    );
  });

  it('takes an empty variable for an absent one, as Compose files leave them', () => {
    expect(loadConfig({ PEYK_PORT: '', PEYK_API_KEYS: ' ' })).toMatchObject({ port: 3000, apiKeys: [] });
  });

  it.each([
    ['PEYK_PORT', '70000', 'PEYK_PORT: expected a port from 0 to 65535, got "70000"'],
    ['PEYK_PORT', '0x50', 'PEYK_PORT: expected a port from 0 to 65535, got "0x50"'],
    ['PEYK_MAILBOX', 'perhaps', 'PEYK_MAILBOX: expected true or false, got "perhaps"'],
    [
      'PEYK_ROLES',
      'api,worker',
      'PEYK_ROLES: expected some of api, engine, sender, with commas between them, got "api,worker"',
    ],
    [
      'PEYK_KAFKA_BROKERS',
      'broker',
      'PEYK_KAFKA_BROKERS: expected host:port, several with commas between them, got "broker"',
    ],
    [
      'PEYK_PUBLIC_URL',
      'peyk.example.com',
      'PEYK_PUBLIC_URL: expected a URL such as https://peyk.example.com, got "peyk.example.com"',
    ],
    ['PEYK_LOG_LEVEL', 'loud', 'PEYK_LOG_LEVEL: expected trace, debug, info, warn, error, fatal or silent, got "loud"'],
    [
      'PEYK_KAVENEGAR_BASE_URL',
      'http://api.kavenegar.com',
      'PEYK_KAVENEGAR_BASE_URL: expected a URL such as https://api.kavenegar.com (plain http only to this machine), got "http://api.kavenegar.com"',
    ],
  ])('says what %s should be when it is %s', (name, value, message) => {
    expect(problemsOf({ [name]: value })).toEqual([message]);
  });

  it('never prints a secret', () => {
    const problems = problemsOf({
      PEYK_DATABASE_URL: 'mysql://root:hunter2@db',
      PEYK_SMTP_URL: 'hunter2',
      PEYK_API_KEYS: 'hunter2 hunter2',
    });
    expect(problems).toHaveLength(3);
    expect(problems.join()).not.toContain('hunter2');
    expect(problems[0]).toContain('PEYK_DATABASE_URL: expected a URL such as postgres://');
  });

  it('names what an unknown variable was meant to be', () => {
    expect(problemsOf({ PEYK_JOURNEY_DIR: 'x', PEYK_XYZZY: '1', PEYK_TELEGRAM_TOKEN: 't' })).toEqual([
      'PEYK_JOURNEY_DIR: there is no such variable; did you mean PEYK_JOURNEYS_DIR?',
      'PEYK_XYZZY: there is no such variable; take it out',
      'PEYK_TELEGRAM_TOKEN: not supported yet; take it out',
    ]);
  });

  it('leaves the variables of our own tests alone', () => {
    expect(problemsOf({ PEYK_TEST_DATABASE_URL: 'postgres://x' })).toEqual([]);
  });

  it('tells everything wrong at once', () => {
    expect(problemsOf({ PEYK_PORT: 'x', PEYK_MAILBOX: 'x', PEYK_HOTS: 'x' })).toHaveLength(3);
  });

  it.each(['0.0.0.0', '::', '192.168.1.4', 'peyk.internal', '127.0.0.1.example.com'])(
    'does not listen on %s without keys',
    (host) => {
      const [problem] = problemsOf({ PEYK_HOST: host });
      expect(problem).toContain('set PEYK_API_KEYS');
      expect(problemsOf({ PEYK_HOST: host, PEYK_API_KEYS: 'k'.repeat(20) })).toEqual([]);
    },
  );

  it.each(['127.0.0.1', 'localhost', '::1', '127.1.2.3'])('listens on %s without keys', (host) => {
    expect(problemsOf({ PEYK_HOST: host })).toEqual([]);
  });

  it('wants all of SASL or none of it, and brokers with it', () => {
    expect(problemsOf({ PEYK_KAFKA_BROKERS: 'a:1', PEYK_KAFKA_SASL_USERNAME: 'u' })).toEqual([
      'PEYK_KAFKA_SASL_MECHANISM, PEYK_KAFKA_SASL_PASSWORD: missing; SASL needs a mechanism, a user name and a password',
    ]);
    expect(problemsOf({ PEYK_KAFKA_TOPICS: 't' })).toEqual([
      'PEYK_KAFKA_TOPICS: has no effect without PEYK_KAFKA_BROKERS; set that too',
    ]);
  });

  it('notes what is read but not in force, and keys that are too short', () => {
    const { notes, retentionDays } = loadConfig({
      PEYK_RETENTION_DAYS: '90',
      PEYK_DEDUP_DAYS: '7',
      PEYK_API_KEYS: 'short',
    });
    expect(retentionDays).toBe(90);
    expect(notes).toEqual([
      'PEYK_DEDUP_DAYS is not in force yet',
      'PEYK_RETENTION_DAYS is not in force yet',
      'PEYK_API_KEYS has a key of fewer than 16 characters, which can be guessed; make a longer one',
    ]);
  });
});

describe('the demo', () => {
  it('is allowed where nothing real is configured', () => {
    expect(demoAllowed(loadConfig({ PEYK_PORT: '0', PEYK_MAILBOX: 'true', PEYK_DATA_DIR: '/tmp/x' }))).toBe(true);
  });

  it.each([
    { PEYK_DATABASE_URL: 'postgres://db/peyk' },
    { PEYK_KAFKA_BROKERS: 'a:9092' },
    { PEYK_KAVENEGAR_API_KEY: 'k' },
    { PEYK_SMTP_URL: 'smtp://mail' },
  ])('is not with %p', (env) => {
    expect(demoAllowed(loadConfig(env))).toBe(false);
  });
});
