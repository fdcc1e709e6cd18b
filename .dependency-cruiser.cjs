/**
 * Who may import whom. A folder without a rule here may import nothing of ours (see `unlisted-folder`).
 * Types of the configuration travel with the settings: `import type` from config is allowed where settings are used.
 */
const src = 'node-scorer/src/';

/** What each folder may import of the others. */
const allowed = {
  scoring: [],
  statistics: ['scoring'],
  facts: ['scoring'],
  metrics: ['scoring', 'facts'],
  advice: ['scoring', 'metrics'],
  http: ['errors.ts'],
  extract: [
    'facts',
    'http',
    'scoring',
    'metrics',
    'errors.ts',
    'config/schema-parts.ts',
    'config/nearest.ts',
  ],
  load: ['scoring', 'advice', 'http', 'errors.ts'],
  config: ['scoring', 'metrics', 'errors.ts', 'extract/registry.ts', 'extract/source.ts'],
  run: [
    'scoring',
    'statistics',
    'advice',
    'facts',
    'metrics',
    'http',
    'extract',
    'load',
    'config',
    'errors.ts',
  ],
  service: ['run', 'scoring', 'config', 'errors.ts'],
  cli: [
    'run',
    'scoring',
    'statistics',
    'advice',
    'metrics',
    'facts',
    'config',
    'http',
    'extract',
    'load',
    'service',
    'errors.ts',
  ],
};

const folderRules = Object.entries(allowed).map(([folder, targets]) => ({
  name: `${folder}-imports-only-its-own`,
  severity: 'error',
  comment: `${folder} may import ${targets.join(', ') || 'nothing outside itself'}`,
  from: { path: `^${src}${folder}/`, pathNot: '\\.test\\.ts$' },
  to: { path: `^${src}`, pathNot: [folder + '/', ...targets].map((target) => `^${src}${target}`) },
}));

/* eslint-disable @typescript-eslint/no-require-imports -- dependency-cruiser takes its rules as CommonJS. */
const { readdirSync } = require('node:fs');
const { join } = require('node:path');
/* eslint-enable */
const vendors = readdirSync(join(__dirname, src, 'extract'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const vendorRules = vendors.map((vendor) => ({
  name: `${vendor}-knows-no-other-vendor`,
  severity: 'error',
  comment: 'An extractor never imports another vendor.',
  from: { path: `^${src}extract/${vendor}/` },
  to: { path: `^${src}extract/(${vendors.filter((other) => other !== vendor).join('|')})/` },
}));

/** What each folder of scripts may import of the others. */
const scriptRooms = {
  build: [],
  connect: ['scripts/sf-env.ts'],
  demo: ['local-org', 'node-scorer/src', 'sandbox', 'scripts/connect'],
  deploy: ['local-org', 'scripts/metadata', 'scripts/sf-env.ts'],
  evaluate: ['node-scorer/src'],
  generate: ['local-org', 'node-scorer/src'],
  metadata: ['local-org'],
  prove: [],
};
const OURS = '^(node-scorer|sandbox|local-org|scripts|test|force-app)/';

const scriptRules = Object.entries(scriptRooms).map(([folder, targets]) => ({
  name: `scripts-${folder}-imports-only-its-own`,
  severity: 'error',
  comment: `scripts/${folder} may import ${targets.join(', ') || 'nothing outside itself'}`,
  from: { path: `^scripts/${folder}/` },
  to: { path: OURS, pathNot: [`scripts/${folder}/`, ...targets].map((target) => `^${target}`) },
}));

/** The entry points of the local org, as its package.json exports them. */
// eslint-disable-next-line @typescript-eslint/no-require-imports -- dependency-cruiser takes its rules as CommonJS.
const entries = Object.values(require('./local-org/package.json').exports).map(
  (file) => `^local-org/${file.slice(2).replaceAll('.', '\\.')}$`,
);

const localOrgRules = [
  {
    name: 'local-org-stands-alone',
    severity: 'error',
    comment: 'It is for anyone who tests a client of Salesforce: nothing of this project is in it.',
    from: { path: '^local-org/' },
    to: { path: OURS, pathNot: '^local-org/' },
  },
  {
    name: 'local-org-by-its-exports',
    severity: 'error',
    comment:
      'Import it by name: local-org, local-org/metadata … What its package.json does not export is its own.',
    from: { path: OURS, pathNot: '^local-org/' },
    to: { path: '^local-org/', pathNot: entries },
  },
  {
    name: 'only-tests-look-inside-the-local-org',
    severity: 'error',
    comment: 'What runs talks to an org by its protocols, as to a real one.',
    from: { path: OURS, pathNot: '^(test|local-org)/' },
    to: { path: '^local-org/inside\\.ts$' },
  },
  {
    name: 'local-org-has-no-circles',
    severity: 'error',
    comment: 'Not even of types: what two files share stands in a third.',
    from: { path: '^local-org/' },
    to: { circular: true },
  },
  {
    name: 'metadata-is-a-room-of-its-own',
    severity: 'error',
    comment: 'Metadata are read without an org: the gate and the deploy script start none.',
    from: { path: '^local-org/metadata/' },
    to: { path: OURS, pathNot: '^local-org/metadata/' },
  },
];

module.exports = {
  forbidden: [
    {
      name: 'scoring-imports-nothing',
      severity: 'error',
      comment: 'The scoring core is pure: no package, no Node module, nothing outside its folder.',
      from: { path: `^${src}scoring/`, pathNot: '\\.test\\.ts$' },
      to: { pathNot: `^${src}scoring/` },
    },
    ...folderRules,
    ...vendorRules,
    ...scriptRules,
    ...localOrgRules,
    {
      name: 'unlisted-folder',
      severity: 'error',
      comment: 'A new folder of the scorer needs a line in this file.',
      from: {},
      to: { path: `^${src}[^/]+/`, pathNot: `^${src}(${Object.keys(allowed).join('|')})/` },
    },
    {
      name: 'unlisted-folder-of-scripts',
      severity: 'error',
      comment: 'A new folder of scripts needs a line in this file.',
      from: {},
      to: { path: '^scripts/[^/]+/', pathNot: `^scripts/(${Object.keys(scriptRooms).join('|')})/` },
    },
    {
      name: 'sandbox-never-imports-the-scorer',
      severity: 'error',
      comment: 'A stand-in that shares code with the scorer shares its bugs.',
      from: { path: '^sandbox/' },
      to: { path: '^(node-scorer|scripts|test)/' },
    },
    {
      name: 'tests-of-stand-ins-know-no-scorer',
      severity: 'error',
      comment: 'They say what a vendor does; what the scorer makes of it is tested elsewhere.',
      from: { path: '^test/(standins|org|metadata|deploy|connect)/' },
      to: { path: '^node-scorer/' },
    },
    {
      name: 'scripts-import-no-tests',
      severity: 'error',
      comment:
        'What a person runs does not need the tests; two scripts show the card in the states of its tests.',
      from: { path: '^scripts/', pathNot: '^scripts/(page-bench|screenshots)\\.ts$' },
      to: { path: '^test/' },
    },
    {
      name: 'scorer-never-imports-the-sandbox',
      severity: 'error',
      from: { path: '^node-scorer/src/' },
      to: { path: '^(sandbox|local-org|scripts|test)/' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      comment:
        'Two files that only name types of each other are no ring: nothing of it is left when they run.',
      from: { pathNot: '^test/architecture/planted/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.mjs', '.js', '.cjs', '.json'] },
  },
};
