import { describe, expect, it } from 'vitest';
import { criticalSignal } from '../../test/golden/models.ts';
import { parseAccount } from './parse-account.ts';

const KNOWN = ['csat_score', 'open_bugs'];
const parse = (line: unknown) =>
  parseAccount(typeof line === 'string' ? line : JSON.stringify(line), (id) => KNOWN.includes(id));
const line = (change: object = {}) => ({
  accountId: '001000000000001AAA',
  name: 'Larkfield Hotels',
  segment: 'paid',
  period: '2026-02',
  metrics: { csat_score: 85 },
  ...change,
});

describe('A line', () => {
  it('is read with the last day of its month as its day', () => {
    const parsed = parse(line({ signals: [criticalSignal], missing: { open_bugs: 'source_down' } }));
    expect(parsed.problems).toBeUndefined();
    expect('account' in parsed && parsed.account).toMatchObject({
      accountId: '001000000000001AAA',
      asOf: '2026-02-28',
      readings: { csat_score: { value: 85 }, open_bugs: { value: null, missing: 'source_down' } },
      signals: [criticalSignal],
    });
  });
  it('with null and no reason is not configured; with null and a reason keeps the reason', () => {
    const parsed = parse(
      line({ metrics: { csat_score: null, open_bugs: null }, missing: { open_bugs: 'no_field' } }),
    );
    expect('account' in parsed && parsed.account.readings).toEqual({
      csat_score: { value: null, missing: 'not_configured' },
      open_bugs: { value: null, missing: 'no_field' },
    });
  });
  it('without a name is named by its id', () => {
    const parsed = parse(line({ name: undefined }));
    expect('account' in parsed && parsed.account.name).toBe('001000000000001AAA');
  });
  it('with a signal that leaves its empty dates out has them as null', () => {
    const { severity, status, confidence, observedOn } = criticalSignal;
    const parsed = parse(line({ signals: [{ severity, status, confidence, observedOn }] }));
    expect('account' in parsed && parsed.account.signals).toEqual([criticalSignal]);
  });
});

describe('A bad line is told with its field', () => {
  it.each([
    ['no JSON', '{"accountId":', /found no JSON/],
    ['a list', '[]', /found a list, expected one JSON object/],
    ['null', 'null', /found nothing, expected one JSON object/],
    ['NaN, which is no JSON', '{"metrics":{"csat_score":NaN}}', /found no JSON/],
    [
      'an infinity',
      `{"accountId":"A","segment":"paid","period":"2026-10","metrics":{"csat_score":1e999}}`,
      /metrics\.csat_score: found Infinity, expected a finite number or null/,
    ],
    ['no account', line({ accountId: undefined, name: 'x' }), /accountId: found nothing, expected an id/],
    ['an empty account', line({ accountId: ' ' }), /accountId: found " "/],
    ['a number for an account', line({ accountId: 1 }), /accountId: found 1/],
    ['a number for a name', line({ name: 5 }), /name: found 5, expected a text/],
    ['an unknown segment', line({ segment: 'Paid' }), /segment: found "Paid", expected paid, standard/],
    ['no segment', line({ segment: undefined }), /segment: found nothing/],
    ['a month that is none', line({ period: '2026-13' }), /period: found "2026-13", expected a month/],
    ['no metrics', line({ metrics: undefined }), /metrics: found nothing, expected a map/],
    [
      'text for a value',
      line({ metrics: { csat_score: '85' } }),
      /metrics\.csat_score: found "85", expected a finite number/,
    ],
    ['a yes for a value', line({ metrics: { csat_score: true } }), /metrics\.csat_score: found true/],
    ['an unknown metric', line({ metrics: { csat: 85 } }), /metrics\.csat: found a metric that neither/],
    [
      'a member of every object',
      line({ metrics: { constructor: 1 } }),
      /metrics\.constructor: found a metric/,
    ],
    [
      'an unknown reason',
      line({ metrics: {}, missing: { csat_score: 'broken' } }),
      /missing\.csat_score: found "broken", expected not_configured/,
    ],
    [
      'a reason for an unknown metric',
      line({ missing: { csat: 'no_field' } }),
      /missing\.csat: found a metric/,
    ],
    [
      'a value together with a reason',
      line({ missing: { csat_score: 'no_field' } }),
      /missing\.csat_score: found no_field beside a value/,
    ],
    ['a misspelt field', line({ signal: [] }), /signal: found an unknown field/],
    ['signals that are no list', line({ signals: {} }), /signals: found a map, expected a list/],
    [
      'a signal that is none',
      line({ signals: ['critical'] }),
      /signals\[0\]: found "critical", expected a signal/,
    ],
    [
      'an unknown severity',
      line({ signals: [criticalSignal, { ...criticalSignal, severity: 'huge' }] }),
      /signals\[1\]\.severity: found "huge"/,
    ],
    [
      'a date that is none',
      line({ signals: [{ ...criticalSignal, expiresOn: '2026-02-30' }] }),
      /signals\[0\]\.expiresOn: found "2026-02-30"/,
    ],
    [
      'a status against its dates',
      line({ signals: [{ ...criticalSignal, status: 'monitoring' }] }),
      /signals\[0\]\.monitoringFrom: found nothing/,
    ],
    [
      'a misspelt date',
      line({ signals: [{ ...criticalSignal, expires: null }] }),
      /signals\[0\]\.expires: found an unknown field/,
    ],
  ])('%s', (_, text, problem) => {
    expect(parse(text).problems).toEqual([expect.stringMatching(problem)]);
  });
  it('every problem of it at once', () => {
    expect(parse({ segment: 'x', period: 'y', metrics: { z: 1 } }).problems).toHaveLength(4);
  });
});

it('A negative zero is a zero', () => {
  const parsed = parse('{"accountId":"A","segment":"paid","period":"2026-10","metrics":{"open_bugs":-0}}');
  expect('account' in parsed && Object.is(parsed.account.readings['open_bugs']?.value, 0)).toBe(true);
});

it.each([
  [{ metrics: { csat_scor: 85 } }, 'metrics.csat_scor', 'csat_score'],
  [{ missing: { OpenBugs: 'no_field' } }, 'missing.OpenBugs', 'open_bugs'],
])('A misspelt metric is told with the one that was meant: %j', (change, place, meant) => {
  const text = JSON.stringify(line(change));
  expect(parseAccount(text, (id) => KNOWN.includes(id), KNOWN).problems).toEqual([
    `${place}: found a metric that neither the catalogue nor the model knows, expected one that is known; did you mean ${meant}?`,
  ]);
});

it('Signals keep the order of their fields, because the output shows them', () => {
  const { severity, status, confidence, observedOn } = criticalSignal;
  const parsed = parse(line({ signals: [{ observedOn, confidence, status, severity }] }));
  const keys = 'account' in parsed ? Object.keys(parsed.account.signals[0] ?? {}) : [];
  expect(keys.slice(-4)).toEqual(['observedOn', 'confidence', 'status', 'severity']);
});
