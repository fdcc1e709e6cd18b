import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { ScorerError } from '../errors.ts';
import { makeLog } from './log.ts';
import { makeScrubber } from './scrub.ts';

const SECRET = 'planted-secret-Yk29Zq';

/** What a log line becomes. */
function line(write: (log: ReturnType<typeof makeLog>) => void): {
  text: string;
  fields: Record<string, unknown>;
} {
  let text = '';
  const out = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      text += chunk.toString('utf8');
      done();
    },
  });
  write(makeLog(out, makeScrubber({ JIRA_API_TOKEN: SECRET })));
  return { text, fields: JSON.parse(text) as Record<string, unknown> };
}

describe('a log line', () => {
  it('is one JSON object with level, time, fields and message', () => {
    const { fields } = line((log) => log.info({ runId: 'r-1', status: 202 }, 'answered'));
    expect(fields).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string,
      runId: 'r-1',
      status: 202,
      msg: 'answered',
    });
  });

  it.each([
    ['message', (log: ReturnType<typeof makeLog>) => log.info(`sent ${SECRET}`)],
    ['field', (log: ReturnType<typeof makeLog>) => log.info({ why: `refused ${SECRET}` }, 'x')],
    ['list', (log: ReturnType<typeof makeLog>) => log.warn({ missing: [`JIRA: ${SECRET}`] }, 'x')],
    [
      'header',
      (log: ReturnType<typeof makeLog>) => log.info({ req: { headers: { authorization: SECRET } } }, 'x'),
    ],
    ['nested credential', (log: ReturnType<typeof makeLog>) => log.info({ asked: { token: SECRET } }, 'x')],
    ['error', (log: ReturnType<typeof makeLog>) => log.error({ err: new Error(`401 for ${SECRET}`) }, 'x')],
    ['error alone', (log: ReturnType<typeof makeLog>) => log.error(new Error(`401 for ${SECRET}`))],
    [
      'field that a library has put on an error',
      (log: ReturnType<typeof makeLog>) =>
        log.error(
          { err: Object.assign(new Error('x'), { config: { headers: { Authorization: SECRET } } }) },
          'x',
        ),
    ],
    ['error without a message', (log: ReturnType<typeof makeLog>) => log.error({ err: new Error(SECRET) })],
    [
      'field deep inside',
      (log: ReturnType<typeof makeLog>) => log.info({ a: { b: [{ c: `x ${SECRET}` }] } }, 'x'),
    ],
    [
      'cause of an error',
      (log: ReturnType<typeof makeLog>) =>
        log.error({ err: new Error('x', { cause: new Error(SECRET) }) }, 'x'),
    ],
  ])('holds no secret that was in a %s', (_name, write) => {
    expect(line(write).text).not.toContain(SECRET);
  });

  it('tells the stack of a fault, and only the message of a coded error', () => {
    const fault = line((log) => log.error({ err: new TypeError('x is undefined') }, 'defect')).fields['err'];
    expect(fault).toMatchObject({
      name: 'TypeError',
      stack: expect.stringContaining('log.test.ts') as string,
    });
    const coded = line((log) => log.warn({ err: new ScorerError('USAGE', 'found x') }, 'refused')).fields[
      'err'
    ];
    expect(coded).toEqual({ name: 'ScorerError', code: 'USAGE', message: 'found x' });
  });
});
