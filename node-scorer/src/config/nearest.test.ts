import { expect, it } from 'vitest';
import { nearest } from './nearest.ts';

it.each([
  ['escalated', ['Is escalated', 'Severity'], 'Is escalated'],
  ['escalation', ['Escalation – L2', 'P1'], 'Escalation – L2'],
  ['Escalated', ['escalated', 'Escalate'], 'escalated'],
  ['escalated', ['billing', 'Escalation – L2'], 'Escalation – L2'],
  ['Higest', ['High', 'Highest'], 'Highest'],
  ['user_session', ['feature_usage', 'user_sessions'], 'user_sessions'],
  ['csat', ['csat_score'], 'csat_score'],
  ['Höchste', ['Hochste'], 'Hochste'],
  ['nps', ['csat_score', 'open_bugs'], null],
  ['p1', ['p2', 'urgent'], null],
  ['P1', ['P1 - Urgent', 'Höchste'], 'P1 - Urgent'],
  ['CSAT_Score', ['open_bugs', 'csat_score'], 'csat_score'],
  ['–', ['–', 'p1'], null],
  ['tag', [], null],
])('by %j of %j was meant %j', (name, known, meant) => {
  expect(nearest(name, known)).toBe(meant);
});
