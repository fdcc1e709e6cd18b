import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { Readable, Writable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { main } from '../../node-scorer/src/cli/index.ts';
import { ScorerError } from '../../node-scorer/src/errors.ts';
import { reportError, watchForFaults } from '../../node-scorer/src/service/report-errors.ts';

interface Report {
  readonly token: string;
  readonly text: string;
}

describe('reports of errors to Rollbar (a local receiver)', () => {
  const reports: Report[] = [];
  let status = 200;
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
    request.on('end', () => {
      reports.push({ token: String(request.headers['x-rollbar-access-token']), text });
      if (status === 0) return;
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify(status === 200 ? { err: 0, result: { uuid: '1' } } : { err: 1, message: 'no' }),
      );
    });
  });
  let env: Record<string, string>;

  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    env = {
      ROLLBAR_ACCESS_TOKEN: 'planted-rollbar-token',
      ROLLBAR_ENDPOINT: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/1/item/`,
      INTERCOM_API_TOKEN: 'planted-intercom-token',
      JIRA_EMAIL: 'planted@example.com',
      JIRA_API_TOKEN: 'planted-jira-token',
      JIRA_PAT: 'planted-jira-pat',
      LOOKER_CLIENT_SECRET: 'planted-looker-secret',
      SF_CLIENT_SECRET: 'planted-sf-secret',
      SF_ACCESS_TOKEN: '00D000000000001!planted.session.of.sf',
      SF_PASSWORD: 'planted-sf-password',
    };
  });
  beforeEach(() => {
    reports.length = 0;
    status = 200;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it('sends name, message, stack and causes of a fault, and where it happened', async () => {
    const error = new TypeError('x is undefined', { cause: new RangeError('out of range') });
    expect(await reportError(error, 'lambda', env)).toBe(true);
    const { data } = JSON.parse(reports[0]?.text ?? '') as {
      data: {
        custom: object;
        body: { trace_chain: { frames: { filename: string }[]; exception: object }[] };
      };
    };
    const chain = data.body.trace_chain;
    expect(chain.map(({ exception }) => exception)).toEqual([
      { class: 'TypeError', message: 'x is undefined' },
      { class: 'RangeError', message: 'out of range' },
    ]);
    expect(chain[0]?.frames.some(({ filename }) => filename.includes('report-errors.test'))).toBe(true);
    expect(data.custom).toEqual({ where: 'lambda', node: process.version });
    expect(reports).toHaveLength(1);
    expect(reports[0]?.token).toBe('planted-rollbar-token');
  });

  it('sends no secret, wherever the error carries it', async () => {
    const secrets = Object.entries(env).filter(([name]) => name !== 'ROLLBAR_ENDPOINT');
    const basic = Buffer.from('planted@example.com:planted-jira-token').toString('base64');
    const all = `${secrets.map(([, value]) => value).join(' ')} Basic ${basic}`;
    const error = Object.assign(new Error(`call failed: ${all}`, { cause: new Error(all) }), {
      config: { headers: { authorization: 'Bearer planted-intercom-token' } },
      name: 'planted-jira-token',
    });
    process.argv.push('--token=planted-argument');
    try {
      expect(await reportError(error, 'cli', env)).toBe(true);
    } finally {
      process.argv.pop();
    }
    const [{ text } = { text: '' }] = reports;
    expect(text).toContain('call failed: ***');
    expect(text).not.toContain('planted');
    expect(text).not.toContain(basic);
    expect(text).not.toContain('trace_chain":[]');
  });

  it('sends nothing of what a person or time must mend', async () => {
    expect(await reportError(new ScorerError('USAGE', 'wrong'), 'cli', env)).toBe(false);
    expect(await reportError(new ScorerError('SOURCE_DOWN', 'down'), 'cli', env)).toBe(false);
    expect(reports).toEqual([]);
    expect(await reportError(new ScorerError('DEFECT', 'ours'), 'cli', env)).toBe(true);
    expect(reports[0]?.text).toContain('ScorerError DEFECT');
  });

  it('sends nothing without a token', async () => {
    const { ROLLBAR_ACCESS_TOKEN: token, ...without } = env;
    expect(token).toBeDefined();
    expect(await reportError(new Error('x'), 'service', without)).toBe(false);
    expect(await reportError(new Error('x'), 'service', { ...env, ROLLBAR_ACCESS_TOKEN: ' ' })).toBe(false);
    expect(reports).toEqual([]);
  });

  it.each([
    ['refuses it', 403],
    ['is broken', 500],
  ])('goes on when Rollbar %s', async (_, answer) => {
    status = answer;
    expect(await reportError(new Error('x'), 'service', env)).toBe(false);
  });

  it('goes on when Rollbar never answers, or nobody is there', async () => {
    status = 0;
    expect(await reportError(new Error('x'), 'service', env)).toBe(false);
    const nobody = { ...env, ROLLBAR_ENDPOINT: 'http://127.0.0.1:1/' };
    expect(await reportError(new Error('x'), 'service', nobody)).toBe(false);
  });

  it('comes from a command that fails for a reason nobody foresaw', async () => {
    let stderr = '';
    const exit = await main(['catalogue'], {
      stdin: Readable.from([]),
      stdout: Object.assign(new Writable(), {
        write: () => {
          throw new TypeError('broken pipe of planted-jira-token');
        },
      }),
      stderr: new Writable({
        write: (chunk: Buffer, _, done) => {
          stderr += chunk.toString('utf8');
          done();
        },
      }),
      env,
      cwd: tmpdir(),
      now: Date.now,
    });
    expect(exit).toBe(1);
    expect(stderr).toContain('DEFECT: TypeError: broken pipe of ***');
    expect(reports).toHaveLength(1);
    expect(reports[0]?.text).not.toContain('planted');
  });

  it.each(['uncaughtException', 'unhandledRejection'])(
    'ends a process for an %s with its message, without secrets, and a report',
    async (event) => {
      let stderr = '';
      const host = Object.assign(new EventEmitter(), {
        exit: (code: number) => void host.emit('exited', code),
        stderr: { write: (text: string) => (stderr += text) },
      });
      watchForFaults(host as unknown as NodeJS.Process, 'service', env);
      const exited = once(host, 'exited');
      host.emit(event, new Error('lost planted-jira-token'));
      expect(await exited).toEqual([1]);
      expect(stderr).toContain('DEFECT: Error: lost ***\n');
      expect(stderr).not.toContain('planted');
      expect(reports).toHaveLength(1);
    },
  );
});
