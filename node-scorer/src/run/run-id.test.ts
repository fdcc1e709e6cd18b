import { expect, it } from 'vitest';
import { makeRunId } from './run-id.ts';

const AT = Date.parse('2026-11-03T05:00:00.123Z');
const UNIQUE = '3f0a9c41-0000-4000-8000-000000000000';

it.each([
  ['all', '2026-10-all-20261103T050000Z-3f0a9c41'],
  ['001000000000001AAA', '2026-10-001000000000001AAA-20261103T050000Z-3f0a9c41'],
  ['57 accounts 0123456789ab', '2026-10-list-20261103T050000Z-3f0a9c41'],
])('the id of a run of %s is %s, short enough for a key that a change of model makes longer', (scope, id) => {
  expect(makeRunId('2026-10', scope, AT, UNIQUE)).toBe(id);
  expect(id.length).toBeLessThanOrEqual(60);
});
