import type { Base, PlannedIssue } from '../../sandbox/data/customer.ts';
import { baseOf, customer } from './customer.ts';

const issue = (
  id: string,
  key: string,
  createdAt: string,
  parts: Partial<PlannedIssue> = {},
): PlannedIssue => ({
  id,
  key,
  createdAt: Date.parse(createdAt),
  type: 'Bug',
  priority: 'Medium',
  firstStatus: 'To Do',
  moves: [],
  otherComponents: [],
  ...parts,
});

const at = (time: string) => Date.parse(time);

/**
 * Six issues of three customers in two projects:
 * 10001 done in October, 10002 in work, 10003 refused, 10004 a task of another component, 10005 done and reopened,
 * 10006 created after 21 November.
 */
export const JIRA_BASE: Base = baseOf(
  [
    customer(0, {
      jira: { project: 'ABC', component: 'Alpha' },
      issues: [
        issue('10001', 'ABC-1', '2026-10-03T08:14:05Z', {
          priority: 'Highest',
          moves: [
            { at: at('2026-10-05T10:00:07Z'), to: 'In Progress' },
            { at: at('2026-10-06T10:00:08Z'), to: 'Done' },
          ],
        }),
        issue('10002', 'ABC-2', '2026-10-31T23:30:00Z', {
          priority: null,
          moves: [{ at: at('2026-11-02T10:00:09Z'), to: 'In Progress' }],
        }),
        issue('10003', 'ABC-3', '2026-09-01T12:00:00Z', {
          moves: [{ at: at('2026-09-02T12:00:11Z'), to: "Won't Fix" }],
        }),
      ],
    }),
    customer(1, {
      jira: { project: 'ABC', component: 'Beta' },
      issues: [
        issue('10004', 'ABC-10', '2026-10-10T12:00:00Z', { type: 'Task', otherComponents: ['Alpha'] }),
      ],
    }),
    customer(2, {
      jira: { project: 'XYZ', component: null },
      issues: [
        issue('10005', 'XYZ-1', '2026-08-01T12:00:00Z', {
          priority: 'Blocker',
          moves: [
            { at: at('2026-08-03T12:00:12Z'), to: 'Done' },
            { at: at('2026-10-20T12:00:13Z'), to: 'In Progress' },
          ],
        }),
        issue('10006', 'XYZ-2', '2026-11-25T12:00:00Z'),
      ],
    }),
  ],
  '2026-11-21T09:00:00Z',
);
