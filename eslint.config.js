import tseslint from 'typescript-eslint';

const forbidden = [
  {
    selector: "CallExpression[callee.object.name='console'][callee.property.name='debug']",
    message: 'Write through the output that was passed in.',
  },
];

export default tseslint.config(
  { ignores: ['**/node_modules/', '.sandbox/', '.scorer/', '.cache/', '**/dist/', 'force-app/**'] },
  ...tseslint.configs.recommendedTypeChecked,
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      'no-restricted-syntax': ['error', ...forbidden],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
    },
  },
  {
    // The scoring core knows no clock and no chance: the same readings give the same score, for ever.
    files: ['node-scorer/src/{scoring,statistics,advice}/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-globals': ['error', 'Date', 'process', 'console', 'setTimeout', 'fetch', 'performance'],
      'no-restricted-properties': ['error', { object: 'Math', property: 'random' }],
    },
  },
  { files: ['**/*.js', '**/*.mjs', '**/*.cjs'], extends: [tseslint.configs.disableTypeChecked] },
);
