import { describe, expect, it } from 'vitest';
import { redact, readErrorBody } from './error-body.ts';

describe('what a vendor says is wrong', () => {
  it.each([
    [
      'Intercom',
      { type: 'error.list', errors: [{ code: 'parameter_invalid', message: 'Per page is too big' }] },
      'parameter_invalid: Per page is too big',
    ],
    [
      'Jira',
      { errorMessages: ["The value 'X' does not exist for the field 'project'."], errors: {} },
      "The value 'X' does not exist for the field 'project'.",
    ],
    ['Jira, by field', { errorMessages: [], errors: { jql: 'is missing' } }, 'jql: is missing'],
    ['Looker', { message: 'Validation Failed', documentation_url: 'x' }, 'Validation Failed'],
    [
      'Looker, by field',
      { message: 'Bad', errors: [{ field: 'view', message: 'unknown' }] },
      'view: unknown; Bad',
    ],
    [
      'Salesforce',
      [{ errorCode: 'INVALID_FIELD', message: 'No such column' }],
      'INVALID_FIELD: No such column',
    ],
    ['OAuth', { error: 'invalid_client', error_description: 'bad secret' }, 'invalid_client; bad secret'],
    ['nobody', {}, null],
    ['nobody, with numbers', { errors: [1, null] }, null],
  ])('%s: is its code and short message', (_vendor, body, said) => {
    expect(readErrorBody(JSON.stringify(body), [])).toBe(said);
  });

  it('is nothing when the body is no JSON', () => {
    expect(readErrorBody('<html>', [])).toBeNull();
  });

  it('is cut to a line', () => {
    const said = readErrorBody(JSON.stringify({ message: 'a\nb '.repeat(200) }), []) ?? '';
    expect(said).toHaveLength(200);
    expect(said).not.toContain('\n');
  });

  it('loses its secrets', () => {
    expect(redact('token abcdefgh is bad', ['abcdefgh', ''])).toBe('token [secret] is bad');
  });
});
