import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { Readable, Writable } from 'node:stream';
import { parseEnv } from 'node:util';
import { main } from '../../node-scorer/src/cli/index.ts';
import { withSecrets } from '../../node-scorer/src/config/secrets.ts';
import { ScorerError } from '../../node-scorer/src/errors.ts';
import { startSecretsManager, type SecretsManager } from './secrets-manager.ts';

const example = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');
const known = Object.keys(parseEnv(example)).filter((name) => name !== 'AWS_SECRET_ID');

const SECRETS = {
  prod: JSON.stringify({ JIRA_BASE_URL: 'https://acme.example', JIRA_API_TOKEN: 'planted-jira' }),
  full: JSON.stringify(Object.fromEntries(known.map((name) => [name, `planted-${name}`]))),
  'not-json': 'INTERCOM_API_TOKEN=planted-intercom',
  list: '["planted-list"]',
  text: '"planted-text"',
  wrong: JSON.stringify({
    JIRA_API_TOKN: 'planted-typing-error',
    'planted-value-as-key': 'INTERCOM_API_TOKEN',
    SCORER_PORT: 8080,
    AWS_SECRET_ID: 'planted-other-secret',
  }),
  binary: Buffer.from('planted-binary'),
};

describe('credentials from AWS Secrets Manager (simulated)', () => {
  let aws: SecretsManager;
  const read = (id: string, env: Readonly<Record<string, string>> = {}) =>
    withSecrets({ ...aws.env, AWS_SECRET_ID: id, ...env });

  beforeAll(async () => {
    aws = await startSecretsManager(SECRETS, {
      denied: [400, { __type: 'AccessDeniedException', Message: 'not authorized: planted-message' }],
      throttled: [400, { __type: 'ThrottlingException', message: 'Rate exceeded: planted-message' }],
      broken: [500, { __type: 'InternalServiceError', message: 'planted-message' }],
    });
  });
  afterAll(() => aws.close());

  it('leaves the environment as it is, and asks nobody, without AWS_SECRET_ID', async () => {
    const environment = { ...aws.env, JIRA_EMAIL: 'health@example.com' };
    expect(await withSecrets(environment)).toEqual({ variables: environment, overruled: [] });
    expect(await withSecrets({ AWS_SECRET_ID: ' ' })).toMatchObject({ overruled: [] });
    expect(aws.calls).toEqual([]);
  });

  it('adds the variables of the secret, and the secret wins', async () => {
    const { variables, overruled } = await read('prod', {
      JIRA_API_TOKEN: 'from-the-shell',
      JIRA_BASE_URL: 'https://acme.example',
      JIRA_EMAIL: 'health@example.com',
    });
    expect(variables).toMatchObject({
      JIRA_API_TOKEN: 'planted-jira',
      JIRA_BASE_URL: 'https://acme.example',
      JIRA_EMAIL: 'health@example.com',
    });
    expect(overruled).toEqual(['JIRA_API_TOKEN']);
  });

  it('takes every variable of .env.example but the name of the secret itself', async () => {
    expect(known.length).toBeGreaterThan(20);
    const { variables } = await read('full');
    for (const name of known) expect(variables[name]).toBe(`planted-${name}`);
    expect(variables['AWS_SECRET_ID']).toBe('full');
  });

  it.each([
    ['absent', 'ResourceNotFoundException (HTTP 400)', 'ENVIRONMENT_INVALID'],
    ['denied', 'AccessDeniedException (HTTP 400)', 'ENVIRONMENT_INVALID'],
    ['throttled', 'ThrottlingException (HTTP 400)', 'SOURCE_DOWN'],
    ['broken', 'InternalServiceError (HTTP 500)', 'SOURCE_DOWN'],
    ['not-json', 'a text that is no JSON', 'ENVIRONMENT_INVALID'],
    ['list', 'a list', 'ENVIRONMENT_INVALID'],
    ['text', 'a string', 'ENVIRONMENT_INVALID'],
    ['binary', 'a binary secret', 'ENVIRONMENT_INVALID'],
  ])('says of a secret that is %s: found %s (%s), and shows nothing of it', async (id, found, code) => {
    const error = await errorOf(read(id));
    expect(error.code).toBe(code);
    expect(error.message).toContain(`secret ${id}: found ${found}, expected`);
    expect(error.message).not.toContain('planted');
  });

  it('lists every name and value that is wrong, and shows no value', async () => {
    const { message } = await errorOf(read('wrong'));
    expect(message.split('\n')).toEqual([
      'Secret wrong: 4 problems',
      '  JIRA_API_TOKN: found a name that is not known, expected a variable of .env.example; remove it',
      '  key 2: found a name that is not known, expected a variable of .env.example; remove it',
      '  SCORER_PORT: found a number, expected a text; put it in quotation marks',
      '  AWS_SECRET_ID: found a name that is not known, expected a variable of .env.example; remove it',
    ]);
  });

  it.each([
    ['a key that AWS does not know', { AWS_SECRET_ACCESS_KEY: 'another' }, 'InvalidSignatureException'],
    ['no region', { AWS_REGION: '', AWS_DEFAULT_REGION: '' }, 'no region'],
  ])('says what to set with %s', async (_name, env, found) => {
    const error = await errorOf(read('prod', env));
    expect(error).toMatchObject({ code: 'ENVIRONMENT_INVALID', kind: 'config' });
    expect(error.message).toContain(found);
    expect(error.message).toContain('AWS_REGION');
    expect(error.message).not.toContain('planted');
  });

  it('serves a command, which says what of the environment it overrules', async () => {
    const written = { stdout: '', stderr: '' };
    const sink = (name: keyof typeof written) =>
      new Writable({
        write: (chunk: Buffer, _, done) => {
          written[name] += chunk.toString('utf8');
          done();
        },
      });
    const heard: unknown[] = [];
    const exit = await main(['extract', '--source', 'jira', '--period', '2026-10'], {
      stdin: Readable.from([]),
      stdout: sink('stdout'),
      stderr: sink('stderr'),
      env: { ...aws.env, AWS_SECRET_ID: 'prod', JIRA_API_TOKEN: 'planted-in-the-shell' },
      cwd: tmpdir(),
      now: Date.now,
      onCredentials: (where, variables) => heard.push([where, variables['JIRA_API_TOKEN']]),
    });
    expect(exit).toBe(2);
    expect(heard).toEqual([['cli', 'planted-jira']]);
    expect(written.stderr).toContain(
      'AWS_SECRET_ID: the secret wins over what is set besides: JIRA_API_TOKEN',
    );
    // The rest of the group is not in the secret, and is told.
    expect(written.stderr).toContain('JIRA_EMAIL: found nothing, expected a value');
    expect(JSON.stringify(written)).not.toContain('planted');
  });

  it('is to be tried again when nobody answers', async () => {
    const closed = await startSecretsManager({});
    await closed.close();
    const error = await errorOf(read('prod', { AWS_ENDPOINT_URL_SECRETS_MANAGER: closed.url }));
    expect(error).toMatchObject({ code: 'SOURCE_DOWN', kind: 'transient' });
    expect(error.message).toContain('found ECONNREFUSED');
  });
});

async function errorOf(promise: Promise<unknown>): Promise<ScorerError> {
  const error: unknown = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof ScorerError) return error;
  throw new Error(`found ${String(error)}, expected a ScorerError`);
}
