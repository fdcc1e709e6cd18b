import { createRequire } from 'node:module';

const { jestConfig } = createRequire(import.meta.url)('@salesforce/sfdx-lwc-jest/config');

/** Lightning components only; everything else runs in vitest. */
export default {
  ...jestConfig,
  modulePathIgnorePatterns: ['<rootDir>/.sandbox', '<rootDir>/node-scorer', '<rootDir>/sandbox'],
};
