import { describe, expect, it } from 'vitest';
import type { Base, PlannedIssue } from '../../data/customer.ts';
import { makeSite } from '../site.ts';
import { makeZone } from '../zone.ts';
import { compileJql } from './compile.ts';
import { JqlError } from './tokens.ts';

const NOW = Date.parse('2026-11-21T09:00:00Z');
const issue = (
  id: string,
  key: string,
  created: string,
  parts: Partial<PlannedIssue> = {},
): PlannedIssue => ({
  id,
  key,
  createdAt: Date.parse(created),
  type: 'Bug',
  priority: 'Medium',
  firstStatus: 'To Do',
  moves: [],
  otherComponents: [],
  ...parts,
});
const customers = [
  {
    jira: { project: 'ABC', component: 'Alpha' },
    issues: [
      // 09:14:05 in London
      issue('1', 'ABC-1', '2026-10-03T08:14:05Z', {
        priority: 'Highest',
        moves: [{ at: Date.parse('2026-10-06T10:00:00Z'), to: 'Done' }],
      }),
      issue('2', 'ABC-2', '2026-10-20T12:00:00Z', { priority: null }),
      issue('3', 'ABC-10', '2026-09-01T12:00:00Z', {
        priority: 'Low',
        moves: [{ at: Date.parse('2026-09-02T12:00:00Z'), to: "Won't Fix" }],
      }),
    ],
  },
  {
    jira: { project: 'XYZ', component: null },
    issues: [
      issue('4', 'XYZ-1', '2026-11-01T00:00:00Z', {
        type: 'Task',
        otherComponents: ['O"Hara \\ Sons'],
        moves: [{ at: Date.parse('2026-11-20T09:00:00Z'), to: 'In Review' }],
      }),
    ],
  },
];
const site = makeSite({ customers } as unknown as Base)(NOW);

const find = (jql: string, zone = 'Europe/London'): string[] => {
  const { test, order } = compileJql(jql, { site, zone: makeZone(zone), now: NOW });
  return site.issues
    .filter(test)
    .toSorted(order)
    .map(({ id }) => id);
};

function messages(jql: string): readonly string[] {
  try {
    find(jql);
  } catch (error) {
    if (error instanceof JqlError) return error.messages;
    throw error;
  }
  return ['found no fault'];
}

describe('what a query finds, by issue id', () => {
  it.each([
    ['project = ABC ORDER BY id', ['1', '2', '3']],
    ['project = abc ORDER BY id DESC', ['3', '2', '1']],
    ['project in ("ABC", XYZ) AND issuetype in ("Bug") ORDER BY id', ['1', '2', '3']],
    ['type = task', ['4']],
    ['project != ABC', ['4']],
    ['project not in (ABC)', ['4']],
    ['component = "Alpha" ORDER BY id', ['1', '2', '3']],
    ['component = "O\\"Hara \\\\ Sons"', ['4']],
    ["component = 'O\"Hara \\\\ Sons'", ['4']],
    ['component is EMPTY', []],
    ['component is not EMPTY ORDER BY id', ['1', '2', '3', '4']],
    ['statusCategory != Done ORDER BY id', ['2', '4']],
    ['statusCategory = done ORDER BY id', ['1', '3']],
    ['statusCategory in ("To Do", indeterminate) ORDER BY id', ['2', '4']],
    ['statusCategory = 3 ORDER BY id', ['1', '3']],
    ['status = "won\'t fix"', ['3']],
    ['status in (Done, "In Review") ORDER BY id', ['1', '4']],
    ['resolution is EMPTY ORDER BY id', ['2', '3', '4']],
    ['resolution = Unresolved ORDER BY id', ['2', '3', '4']],
    ['resolution = Done', ['1']],
    ['resolution = EMPTY AND statusCategory = Done', ['3']],
    ['priority is null', ['2']],
    ['priority >= High', ['1']],
    ['priority < Medium', ['3']],
    ['id = 2', ['2']],
    ['key in (abc-1, XYZ-1) ORDER BY id', ['1', '4']],
    ['issuekey > ABC-2', ['3']],
    ['NOT project = ABC', ['4']],
    ['! (project = ABC OR project = XYZ)', []],
    ['project = XYZ OR project = ABC AND priority is EMPTY ORDER BY id', ['2', '4']],
    ['(project = XYZ OR project = ABC) && priority is EMPTY', ['2']],
    ['project = ABC ORDER BY created, id', ['3', '1', '2']],
    ['project = ABC ORDER BY priority DESC', ['1', '3', '2']],
    ['project = ABC ORDER BY key ASC', ['1', '2', '3']],
  ])('%s', (jql, ids) => {
    expect(find(jql)).toEqual(ids);
  });

  it('leaves issues with an empty field out of != and not in, as Jira does', () => {
    expect(find('priority != Low')).toEqual(['4', '1']);
    expect(find('priority not in (Low, Medium)')).toEqual(['1']);
  });
});

describe('what was once, by issue id', () => {
  it.each([
    ['status WAS "To Do" ORDER BY id', ['1', '2', '3', '4']],
    ['status WAS Done', ['1']],
    ['status WAS "In Review" AFTER "2026-11-20 08:00"', ['4']],
    ['status WAS Done BEFORE "2026-10-06"', []],
    ['status WAS "To Do" ON "2026-10-06" ORDER BY id', ['1']],
    ['status WAS IN (Done, "Won\'t Fix") ORDER BY id', ['1', '3']],
    ['status WAS NOT "To Do"', []],
    ['status WAS NOT IN (Done, "Won\'t Fix") ORDER BY id', ['2', '4']],
    ['status WAS "To Do" DURING ("2026-09-01", "2026-09-30")', ['3']],
    ['status CHANGED ORDER BY id', ['1', '3', '4']],
    ['status CHANGED TO Done', ['1']],
    ['status CHANGED FROM "To Do" TO "In Review"', ['4']],
    ['status CHANGED DURING (2026-09-01, 2026-10-31) ORDER BY id', ['1', '3']],
    ['resolution CHANGED FROM EMPTY TO Done', ['1']],
    ['priority WAS Low', ['3']],
    ['priority CHANGED', []],
    ['NOT status CHANGED AFTER -2d AND project = XYZ', []],
  ])('%s', (jql, ids) => {
    expect(find(jql, 'UTC')).toEqual(ids);
  });
});

describe('dates, read in the time zone of the user to the minute', () => {
  it.each([
    ['Europe/London', 'created >= "2026-10-03 09:14" AND created < "2026-10-03 09:15"', ['1']],
    ['UTC', 'created >= "2026-10-03 09:14" AND created < "2026-10-03 09:15"', []],
    ['UTC', 'created >= "2026/10/03 08:14" AND created < "2026/10/03 08:15"', ['1']],
    // A day means its first minute: an issue created later that day is not "<= the day".
    ['UTC', 'created <= "2026-10-03" AND created >= 2026-10-01', []],
    ['UTC', 'created <= 2026-10-04 AND created >= 2026-10-01', ['1']],
    // Midnight in New York is four or five hours later in UTC.
    ['UTC', 'created >= "2026-11-01"', ['4']],
    ['America/New_York', 'created >= "2026-11-01"', []],
    ['America/New_York', 'created >= "2026-10-31 20:00"', ['4']],
    ['UTC', 'updated >= -2d', ['4']],
    ['UTC', 'updated >= "-1w 1d" AND created <= now()', ['4']],
    ['UTC', 'created >= startOfMonth()', ['4']],
    ['UTC', 'created >= startOfMonth(-1) AND created <= endOfMonth(-1) ORDER BY id', ['1', '2']],
    ['UTC', 'resolved >= 2026-01-01', ['1']],
    ['UTC', 'resolutiondate is EMPTY AND statusCategory = Done', ['3']],
  ])('in %s: %s', (zone, jql, ids) => {
    expect(find(jql, zone)).toEqual(ids);
  });
});

describe('what is refused, in the words of the vendor', () => {
  it.each([
    ['project = NOPE', ["The value 'NOPE' does not exist for the field 'project'."]],
    ['project in (ABC, "NOPE")', ["The value 'NOPE' does not exist for the field 'project'."]],
    ['component = Gamma', ["The value 'Gamma' does not exist for the field 'component'."]],
    ['status = Reopened', ["The value 'Reopened' does not exist for the field 'status'."]],
    ['priority = Critical', ["The value 'Critical' does not exist for the field 'priority'."]],
    ['issuetype = Fehler', ["The value 'Fehler' does not exist for the field 'issuetype'."]],
    [
      'status not in (Closed, Resolved)',
      [
        "The value 'Closed' does not exist for the field 'status'.",
        "The value 'Resolved' does not exist for the field 'status'.",
      ],
    ],
    ['key = ABC-99', ["An issue with key 'ABC-99' does not exist for field 'key'."]],
    ['universe = 42', ["Field 'universe' does not exist or you do not have permission to view it."]],
    ['project = ABC ORDER BY universe', ["Not able to sort using field 'universe'."]],
    ['project ~ ABC', ["The operator '~' is not supported by the 'project' field."]],
    ['project < ABC', ["The operator '<' is not supported by the 'project' field."]],
    ['project in ABC', ["Operator 'in' does not support the non-list value 'ABC' for field 'project'."]],
    [
      'project = (ABC, XYZ)',
      ["Operator '=' does not support the list value '(ABC, XYZ)' for field 'project'."],
    ],
    ['project = projectsLeadByUser()', ["Unable to find JQL function 'projectsLeadByUser()'."]],
    [
      'created >= "2026-13-01"',
      [
        "Date value '2026-13-01' for field 'created' is invalid. Valid formats include: 'yyyy/MM/dd HH:mm', 'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', or a period format e.g. '-5d', '4w 2d'.",
      ],
    ],
    [
      'invalid query',
      [
        "Error in the JQL Query: Expecting operator but got 'query'. The valid operators are '=', '!=', '<', '>', '<=', '>=', '~', '!~', 'IN', 'NOT IN', 'IS' and 'IS NOT'. (line 1, character 9)",
      ],
    ],
    ['(project = ABC', ["Error in the JQL Query: Expecting ')' before the end of the query."]],
    [
      'project = ABC priority = Low',
      ["Error in the JQL Query: Expecting either 'OR' or 'AND' but got 'priority'. (line 1, character 15)"],
    ],
    [
      'project =',
      ['Error in the JQL Query: Expecting either a value, list or function before the end of the query.'],
    ],
    [
      'created >= 2026/10/01',
      [
        "Error in the JQL Query: The character '/' is a reserved JQL character. You must enclose it in a string or use the escape '\\u002f' instead. (line 1, character 16)",
      ],
    ],
    [
      'project = view',
      [
        "Error in the JQL Query: 'view' is a reserved JQL word. You must surround it in quotation marks to use it in a query. (line 1, character 11)",
      ],
    ],
    [
      'project = "ABC',
      ["Error in the JQL Query: The quoted string 'ABC' has not been completed. (line 1, character 11)"],
    ],
    [
      'component = "a\\qb"',
      ["Error in the JQL Query: '\\q' is an illegal JQL escape sequence. (line 1, character 15)"],
    ],
    ['status WAS Reopened', ["The value 'Reopened' does not exist for the field 'status'."]],
    ['created CHANGED', ["History searches do not support the 'created' field."]],
    ['status WAS Done FROM "To Do"', ["The 'was' operator does not support the 'from' predicate."]],
    ['status WAS Done BEFORE yesterday', ["The predicate 'before' has no valid date."]],
  ])('%s', (jql, expected) => {
    expect(messages(jql)).toEqual(expected);
  });
});
