/** Imports point one way (docs/ARCHITECTURE.md). */
const only = (name, from, allowed) => ({
  name,
  severity: 'error',
  comment: `${from} imports, of ours, only: ${allowed.join(', ') || 'itself'}`,
  from: { path: `^src/${from}/`, pathNot: '\\.spec\\.ts$' },
  to: { path: '^src/', pathNot: [from, ...allowed].map((folder) => `^src/${folder}(/|\\.ts$)`) },
});

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    only('domain-is-pure', 'domain', []),
    only('channels-know-the-domain-only', 'channels', ['domain']),
    only('store-knows-the-domain-and-intake-shapes', 'store', ['domain', 'intake/intake']),
    only('explain-decides-anew-and-reads', 'explain', ['domain', 'engine', 'store', 'simulate', 'language']),
    {
      name: 'crash-points-is-a-leaf',
      severity: 'error',
      from: { path: '^src/crash-points\\.ts$' },
      to: {},
    },
    {
      name: 'domain-has-no-io',
      severity: 'error',
      from: { path: '^src/domain/', pathNot: '\\.spec\\.ts$' },
      to: {
        path: '^(@nestjs|typeorm|pg|kafkajs|undici|fastify|nodemailer|kavenegar|(node:)?(fs|net|http|https|child_process|timers|os))(/|$)',
      },
    },
    {
      name: 'only-store-has-the-database',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/store/' },
      to: { path: 'node_modules/(typeorm|pg)/' },
    },
    {
      name: 'only-intake-kafka-has-kafkajs',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/intake/kafka/' },
      to: { path: 'node_modules/kafkajs/' },
    },
    {
      name: 'engine-never-sees-channels',
      severity: 'error',
      from: { path: '^src/engine/' },
      to: { path: '^src/(channels|outbox|intake/http)/' },
    },
    {
      name: 'outbox-sees-the-port-only',
      severity: 'error',
      from: { path: '^src/outbox/', pathNot: '\\.module\\.ts$' },
      to: { path: '^src/channels/', pathNot: '^src/channels/channel\\.ts$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    moduleSystems: ['es6'],
    skipAnalysisNotInRules: true,
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.json'] },
  },
};
