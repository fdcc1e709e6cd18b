import { defineConfig } from 'vitest/config';

/** The tests that prove the scoring core, the metrics and the guard of a run; properties with few runs, because each mutant asks for them again. */
export default defineConfig({
  test: {
    include: [
      'node-scorer/src/{scoring,metrics}/**/*.test.ts',
      'node-scorer/src/run/guard.test.ts',
      'node-scorer/test/{golden,property}/**/*.test.ts',
    ],
    exclude: ['**/generated-core.test.ts', '**/metrics-page.test.ts'],
    env: { PROPERTY_RUNS: '25' },
    testTimeout: 20_000,
  },
});
