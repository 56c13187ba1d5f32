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
      PEYK_TELEGRAM_TOKEN: '1:telegram-secret',
      PEYK_TELEGRAM_API_ROOT: 'https://telegram.example.com',
      PEYK_BALE_TOKEN: '2:bale-secret',
      PEYK_BALE_API_ROOT: 'http://127.0.0.1:4001',
      PEYK_BALE_SAFIR_KEY: 'safir-secret',
      PEYK_BALE_SAFIR_BOT_ID: '361469114',
      PEYK_BALE_SAFIR_BASE_URL: 'http://localhost:4002',
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
      telegram: { token: '1:telegram-secret', apiRoot: 'https://telegram.example.com' },
      bale: { token: '2:bale-secret', apiRoot: 'http://127.0.0.1:4001' },
      safir: { apiKey: 'safir-secret', botId: 361469114, baseUrl: 'http://localhost:4002' },
      mailbox: true,
      apiKeys: ['first-key-of-sixteen', 'second-key-of-sixteen'],
      logLevel: 'debug',
    });
    expect(secretsOf(config)).toEqual(
      expect.arrayContaining([
        'p@ss',
        'p%40ss',
        'mail-secret',
        'kafka-secret',
        'kave-secret',
        '1:telegram-secret',
        '2:bale-secret',
        'safir-secret',
        'first-key-of-sixteen',
      ]),
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
      'PEYK_ROLES: expected some of api, engine, sender, with commas between them, got "api,worker"; number 2 of them, "worker", is wrong',
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
    ...[
      'https://peyk.example.com/?a=b',
      'https://peyk.example.com/#x',
      'https://پیک.example',
      'https://a@b.example',
    ].map((text): [string, string, string] => [
      'PEYK_PUBLIC_URL',
      text,
      `PEYK_PUBLIC_URL: expected a URL such as https://peyk.example.com, got "${text}"`,
    ]),
    ['PEYK_LOG_LEVEL', 'loud', 'PEYK_LOG_LEVEL: expected trace, debug, info, warn, error, fatal or silent, got "loud"'],
    [
      'PEYK_KAVENEGAR_BASE_URL',
      'http://api.kavenegar.com',
      'PEYK_KAVENEGAR_BASE_URL: expected a URL such as https://api.kavenegar.com (plain http only to this machine), got "http://api.kavenegar.com"',
    ],
    [
      'PEYK_TELEGRAM_API_ROOT',
      'http://api.telegram.org',
      'PEYK_TELEGRAM_API_ROOT: expected a URL such as https://api.telegram.org (plain http only to this machine), got "http://api.telegram.org"',
    ],
    ['PEYK_BALE_SAFIR_BOT_ID', '@shop', 'PEYK_BALE_SAFIR_BOT_ID: expected the number of a bot, got "@shop"'],
  ])('says what %s should be when it is %s', (name, value, message) => {
    expect(problemsOf({ [name]: value })).toEqual([message]);
  });

  it('takes what web hooks are signed with, and hosts that may be called', () => {
    const config = loadConfig({
      PEYK_WEBHOOK_SECRET: 'a-secret-of-16-or-more',
      PEYK_WEBHOOK_ALLOW: 'CRM.internal, 10.0.0.5:8080,[::1]:9',
    });
    expect(config.webhook).toEqual({
      secret: 'a-secret-of-16-or-more',
      allow: ['crm.internal', '10.0.0.5:8080', '[::1]:9'],
    });
    expect(secretsOf(config)).toContain('a-secret-of-16-or-more');
    expect(loadConfig({}).webhook).toEqual({ secret: undefined, allow: [] });
    for (const bad of ['short', 'with a space in the middle']) {
      expect(problemsOf({ PEYK_WEBHOOK_SECRET: bad })).toEqual([expect.not.stringContaining(bad)]);
    }
    for (const bad of ['http://crm.internal', '*.internal', 'crm.internal/x', 'a b', 'crm:port', 'a,,b']) {
      expect(problemsOf({ PEYK_WEBHOOK_ALLOW: bad })).toEqual([expect.stringContaining('PEYK_WEBHOOK_ALLOW')]);
    }
  });

  it('takes a secret of the hooks that stands in a path as it is written, and is not soon guessed', () => {
    const secret = 'Az09-._~Az09-._~';
    expect(loadConfig({ PEYK_HOOK_SECRET: secret }).hookSecret).toBe(secret);
    expect(secretsOf(loadConfig({ PEYK_HOOK_SECRET: secret }))).toContain(secret);
    for (const bad of [
      'short',
      'with a space in the middle',
      'with/a/slash/in/the/middle',
      'with%20a%20percent%20sign',
    ]) {
      const [problem] = problemsOf({ PEYK_HOOK_SECRET: bad });
      expect(problem).toMatch(/^PEYK_HOOK_SECRET: expected at least 16 letters/);
      expect(problem).not.toContain(bad);
    }
  });

  it('never prints a secret', () => {
    const problems = problemsOf({
      PEYK_DATABASE_URL: 'mysql://root:hunter2@db',
      PEYK_SMTP_URL: 'hunter2',
      PEYK_API_KEYS: 'hunter2 hunter2',
      PEYK_TELEGRAM_TOKEN: '1/hunter2',
      PEYK_BALE_TOKEN: 'hunter2 hunter2',
      PEYK_BALE_SAFIR_KEY: 'hunter2\nhunter2',
    });
    expect(problems).toHaveLength(6);
    expect(problems.join()).not.toContain('hunter2');
    expect(problems[0]).toContain('PEYK_DATABASE_URL: expected a URL such as postgres://');
  });

  it('names what an unknown variable was meant to be', () => {
    expect(problemsOf({ PEYK_JOURNEY_DIR: 'x', PEYK_XYZZY: '1', PEYK_TELEGRAM_TOKN: 't' })).toEqual([
      'PEYK_JOURNEY_DIR: there is no such variable; did you mean PEYK_JOURNEYS_DIR?',
      'PEYK_XYZZY: there is no such variable; take it out',
      'PEYK_TELEGRAM_TOKN: there is no such variable; did you mean PEYK_TELEGRAM_TOKEN?',
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
      'PEYK_RETENTION_DAYS is in force for calls of web hooks and short links only; events are kept',
      'PEYK_API_KEYS has a key of fewer than 16 characters, which can be guessed; make a longer one',
    ]);
  });
});

describe('the demo', () => {
  it('is allowed where nothing real is configured', () => {
    expect(demoAllowed(loadConfig({ PEYK_PORT: '0', PEYK_MAILBOX: 'true', PEYK_DATA_DIR: '/data/x' }))).toBe(true);
  });

  it.each([
    { PEYK_DATABASE_URL: 'postgres://db/peyk' },
    { PEYK_KAFKA_BROKERS: 'a:9092' },
    { PEYK_KAVENEGAR_API_KEY: 'k' },
    { PEYK_TELEGRAM_TOKEN: '1:t' },
    { PEYK_BALE_TOKEN: '1:t' },
    { PEYK_BALE_SAFIR_KEY: 'k' },
    { PEYK_SMTP_URL: 'smtp://mail' },
  ])('is not with %p', (env) => {
    expect(demoAllowed(loadConfig(env))).toBe(false);
  });
});
