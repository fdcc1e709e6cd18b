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
  http: ['errors.ts', 'config/environment.ts'],
  extract: ['facts', 'http', 'scoring', 'errors.ts', 'config/sources.ts'],
  load: ['scoring', 'http', 'errors.ts'],
  config: ['scoring', 'metrics', 'errors.ts'],
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

const vendors = ['intercom', 'jira', 'looker', 'salesforce'];
const vendorRules = vendors.map((vendor) => ({
  name: `${vendor}-knows-no-other-vendor`,
  severity: 'error',
  comment: 'An extractor never imports another vendor.',
  from: { path: `^${src}extract/${vendor}/` },
  to: { path: `^${src}extract/(${vendors.filter((other) => other !== vendor).join('|')})/` },
}));

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
    {
      name: 'unlisted-folder',
      severity: 'error',
      comment: 'A new folder of the scorer needs a line in this file.',
      from: {},
      to: { path: `^${src}[^/]+/`, pathNot: `^${src}(${Object.keys(allowed).join('|')})/` },
    },
    {
      name: 'sandbox-never-imports-the-scorer',
      severity: 'error',
      comment: 'A stand-in that shares code with the scorer shares its bugs.',
      from: { path: '^(sandbox|local-org)/' },
      to: { path: '^node-scorer/' },
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
      from: {},
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
