import { describe, expect, it } from 'vitest';
import { isHttpEvent, readRunEvent } from './lambda-event.ts';

describe('the event of a run', () => {
  it.each([
    ['nothing', undefined, {}],
    ['an empty event', {}, {}],
    ['a month', { period: '2026-10' }, { period: '2026-10' }],
    ['a dry run', { period: '2026-10', dry_run: true }, { period: '2026-10', dry_run: true }],
    [
      'the envelope of a schedule without input',
      { version: '0', id: '1', 'detail-type': 'Scheduled Event', source: 'aws.events', detail: {} },
      {},
    ],
  ])('is read from %s', (_, event, read) => {
    expect(readRunEvent(event)).toEqual(read);
  });

  it.each([
    ['a misspelt name, which would write', { dryrun: true }, 'dryrun: found an unknown name'],
    ['a flag that is a text', { dry_run: 'true' }, 'dry_run: found "true", expected true or false'],
    ['a month that is a number', { period: 202610 }, 'period: found 202610, expected a text'],
    ['a mode of its own', { mode: 'force' }, 'mode: found "force", expected ensure or refresh'],
    ['a list', [1], 'event: found a list'],
    ['a text', '2026-10', 'event: found a string'],
  ])('is refused for %s', (_, event, message) => {
    expect(() => readRunEvent(event)).toThrow(
      expect.objectContaining({ code: 'USAGE', message: expect.stringContaining(message) as string }),
    );
  });

  it('is told from a call of the address', () => {
    const call = { version: '2.0', rawPath: '/healthz', requestContext: { http: { method: 'GET' } } };
    expect(isHttpEvent(call)).toBe(true);
    expect(isHttpEvent({ ...call, version: '1.0' })).toBe(false);
    expect(isHttpEvent({ httpMethod: 'GET', path: '/healthz', requestContext: {} })).toBe(true);
    expect(isHttpEvent({ period: '2026-10' })).toBe(false);
    expect(isHttpEvent(null)).toBe(false);
  });
});
