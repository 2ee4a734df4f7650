/** The picture in engine/README.md as rules: an arrow that is not drawn there is an error here. */
const code = '^(engine|server|test)/';
const only = (name, from, allowed) => ({
  name,
  severity: 'error',
  from: { path: from },
  to: { path: code, pathNot: allowed },
});
const pure =
  '(xstate|@marcbachmann/cel-js|yaml|ajv|ajv-formats|handlebars|re2js|decimal\\.js|temporal-polyfill|croner|@sinclair/typebox)';

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: ['\\.d\\.ts$', '^test/'] },
      to: {},
    },
    {
      name: 'no-dev-dependencies',
      severity: 'error',
      from: { pathNot: '^test/' },
      to: { dependencyTypes: ['npm-dev'], pathNot: '/@types/' },
    },
    {
      name: 'nothing-imports-test',
      severity: 'error',
      from: { pathNot: '^test/' },
      to: { path: '^test/' },
    },
    only('kernel', '^engine/kernel/', '^engine/kernel/'),
    {
      name: 'kernel-packages',
      severity: 'error',
      from: { path: '^engine/kernel/' },
      to: { dependencyTypes: ['npm', 'core'], pathNot: `node_modules/${pure}/` },
    },
    only('governance', '^engine/governance/', '^engine/(kernel|governance)/'),
    {
      name: 'governance-packages',
      severity: 'error',
      from: { path: '^engine/governance/' },
      to: {
        dependencyTypes: ['npm', 'core'],
        pathNot: [
          `node_modules/(yaml|canonicalize|csv-parse|@sinclair/typebox)/`,
          '^(node:)?crypto$',
        ],
      },
    },
    only('forms', '^engine/forms/', '^engine/(kernel|governance|forms)/'),
    only('ports', '^engine/ports/', '^engine/(kernel|governance|forms|ports)/'),
    only('runtime', '^engine/runtime/', '^engine/(kernel|governance|forms|ports|runtime)/'),
    only('adapters', '^engine/adapters/', '^engine/(kernel|governance|forms|ports|adapters)/'),
    only(
      'connectors',
      '^engine/connectors/',
      '^engine/(kernel|governance|forms|ports|connectors)/',
    ),
    {
      name: 'adapters-do-not-meet',
      severity: 'error',
      from: { path: '^engine/adapters/([^/]+)/' },
      to: { path: '^engine/adapters/', pathNot: '^engine/adapters/$1/' },
    },
    {
      name: 'connectors-do-not-meet',
      severity: 'error',
      from: { path: '^engine/connectors/([^/]+)/' },
      to: { path: '^engine/connectors/', pathNot: '^engine/connectors/$1/' },
    },
    {
      name: 'engine-knows-no-http-host',
      severity: 'error',
      from: { path: '^engine/' },
      to: { path: 'node_modules/express/' },
    },
    {
      name: 'knex-at-the-edge',
      severity: 'error',
      from: { path: '^(engine|server)/', pathNot: '^engine/(adapters|connectors)/sql/' },
      to: { path: 'node_modules/knex/' },
    },
    only('server', '^server/', '^(server/|engine/index\\.ts)'),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
  },
};
