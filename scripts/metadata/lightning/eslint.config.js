/**
 * Rules for Lightning components, apart from the root's: they are another language, with decorators and templates, and
 * Salesforce gives the rules. `eslint -c scripts/metadata/lightning/eslint.config.js force-app` runs them alone.
 */
import lwc from '@salesforce/eslint-config-lwc';

export default [
  ...lwc.configs.recommended,
  {
    rules: {
      // The compiler lets these through, and what an org does with them nobody here knows.
      'no-restricted-syntax': [
        'error',
        { selector: 'MetaProperty[meta.name="import"]', message: 'import.meta is not known in an org.' },
        {
          selector: 'Program > ExpressionStatement > AwaitExpression',
          message: 'No await outside a function.',
        },
        { selector: 'Literal[bigint]', message: 'BigInt is not known to work in an org.' },
      ],
    },
  },
];
