import { defineConfig } from 'vitest/config';

/** The tests that prove the scoring core; properties with few runs, because each mutant asks for them again. */
export default defineConfig({
  test: {
    include: ['node-scorer/src/scoring/**/*.test.ts', 'node-scorer/test/{golden,property}/**/*.test.ts'],
    exclude: ['**/generated-core.test.ts'],
    env: { PROPERTY_RUNS: '25' },
    testTimeout: 20_000,
  },
});
