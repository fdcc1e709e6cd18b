import { createRequire } from 'node:module';

const { jestConfig } = createRequire(import.meta.url)('@salesforce/sfdx-lwc-jest/config');

/** Lightning components only. */
export default {
  ...jestConfig,
  // A style sheet that others import is a module of its own.
  moduleFileExtensions: [...jestConfig.moduleFileExtensions, 'css'],
  // Everything else runs in vitest.
  roots: ['<rootDir>/force-app'],
  setupFiles: ['<rootDir>/scripts/jest-labels.js'],
  // What tests share lies beside them and is no test itself.
  testMatch: ['**/__tests__/**/*.test.js'],
  // A busy machine takes its time over a whole card; only what hangs is told.
  testTimeout: 120_000,
};
