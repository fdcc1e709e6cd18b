import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [
      'node-scorer/**/*.test.ts',
      'sandbox/**/*.test.ts',
      'local-org/**/*.test.ts',
      'test/**/*.test.ts',
    ],
    // A machine may be busy with other work: a time limit tells a test that hangs from one that is slow, nothing else.
    testTimeout: 120_000,
    hookTimeout: 300_000,
  },
});
