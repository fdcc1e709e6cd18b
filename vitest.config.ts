import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['node-scorer/**/*.test.ts', 'sandbox/**/*.test.ts', 'test/**/*.test.ts'],
    testTimeout: 20_000,
  },
});
