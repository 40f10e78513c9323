// The rooms of the house and whom each may import (docs/architecture.md). A wrong import fails `npm run lint`.
const rooms = {
  domain: [],
  'event-store': ['domain'],
  telemetry: [],
  audit: ['domain', 'event-store', 'telemetry'],
  commands: ['domain', 'event-store', 'telemetry'],
  projections: ['domain', 'event-store', 'telemetry'],
  subscriptions: ['domain', 'event-store', 'projections', 'telemetry'],
  api: ['domain', 'event-store', 'audit', 'commands', 'projections', 'subscriptions', 'telemetry'],
  cli: ['domain', 'event-store', 'audit', 'commands', 'projections', 'subscriptions', 'api', 'telemetry'],
};
const all = Object.keys(rooms);
const packagesOf = {
  // No framework, no I/O: the domain may only use pure libraries.
  domain: ['class-validator', 'reflect-metadata', 'canonicalize', 'i18n-iso-countries'],
};

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true, dependencyTypesNot: ['type-only'] } },
    {
      name: 'not-to-tests',
      severity: 'error',
      from: { path: '^src' },
      to: { path: '^(tests|examples|clients|console)/' },
    },
    {
      name: 'client-stands-alone',
      comment: 'It runs in browsers, and knows the ledger by the types that are made of the API’s description.',
      severity: 'error',
      from: { path: '^clients/' },
      to: { pathNot: '^clients/' },
    },
    {
      name: 'console-is-a-client',
      comment: 'It knows what every client knows, and no more.',
      severity: 'error',
      from: { path: '^console/' },
      to: { path: '^(src|tests|bench|examples|clients)/', pathNot: '^clients/typescript/src/index\\.ts$' },
    },
    {
      name: 'verifier-stands-alone',
      comment: 'Whoever audits the ledger reads the formats and the verifier, and nothing else.',
      severity: 'error',
      from: { path: '^src/audit/(log|verify)/' },
      to: { path: '^src/', pathNot: '^src/(audit/(log|verify)/|domain/event\\.ts$)' },
    },
    {
      name: 'examples-know-the-domain',
      comment: 'An example writes commands, as anyone would: of the project it may know the words.',
      severity: 'error',
      from: { path: '^examples/' },
      to: { path: '^(tests|bench|src/(?!domain/))' },
    },
    ...all.map((room) => ({
      name: `${room}-imports`,
      severity: 'error',
      from: { path: `^src/${room}/` },
      to: { path: '^src/([^/]+)/', pathNot: `^src/(${[room, ...rooms[room]].join('|')})/` },
    })),
    {
      name: 'domain-is-pure',
      severity: 'error',
      from: { path: '^src/domain/' },
      to: {
        dependencyTypes: ['npm', 'npm-dev', 'core'],
        pathNot: `node_modules/(${packagesOf.domain.join('|')})/|^(crypto|module)$`,
      },
    },
    {
      name: 'sqlite-behind-one-file',
      comment: 'node:sqlite is to take its place when the platform allows: only one file knows the library.',
      severity: 'error',
      from: { pathNot: '^src/event-store/embedded/sqlite\\.ts$' },
      to: { path: 'node_modules/libsql/' },
    },
    {
      name: 'eventstoredb-client-behind-its-adapter',
      severity: 'error',
      from: { path: '^src', pathNot: '^src/event-store/(eventstoredb/|endpoint/definitions\\.ts$)' },
      to: { path: 'node_modules/@eventstore/' },
    },
    {
      name: 'endpoint-without-the-client',
      comment: 'The server needs the definitions of the protocol that come with the client, not the client.',
      severity: 'error',
      from: { path: '^src/event-store/endpoint/' },
      to: { path: 'node_modules/@eventstore/', pathNot: 'node_modules/@eventstore/db-client/generated/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'require', 'node', 'default'],
    },
  },
};
