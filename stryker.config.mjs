/**
 * Mutation testing of the scoring core, the metrics and the guard of a run: `npx stryker run`. Changes the source in small ways and asks whether a
 * test notices. Figures and survivors: docs/mutation.md.
 */
export default {
  testRunner: 'vitest',
  vitest: { configFile: 'node-scorer/test/vitest.mutation.config.ts' },
  mutate: [
    'node-scorer/src/{scoring,metrics}/**/*.ts',
    'node-scorer/src/run/guard.ts',
    '!**/*.test.ts',
    '!**/index.ts',
    // Words for people.
    '!node-scorer/src/metrics/metrics-page.ts',
  ],
  coverageAnalysis: 'perTest',
  // Text that people read is compared word by word where it matters; the words of an error are not.
  mutator: { excludedMutations: ['StringLiteral'] },
  ignorePatterns: ['.sandbox', 'sandbox', 'local-org', 'force-app', 'docs', 'dist', '.cache'],
  reporters: ['clear-text', 'progress-append-only', 'json'],
  clearTextReporter: { allowEmojis: false, logTests: false },
  jsonReporter: { fileName: '.cache/stryker/mutation.json' },
  tempDirName: '.cache/stryker/tmp',
  concurrency: Number(process.env.STRYKER_WORKERS ?? 2),
  timeoutMS: 20_000,
  disableTypeChecks: false,
};
