import { formatPoints } from 'c/scoringCore';
import { storyOf } from 'c/healthStory';
import { answerOf, CRITICAL, MODEL, READER, RUN_ID, signalRow, storedMonths, USUAL, WORSE } from './fixtures';

const story = (given) => storyOf(answerOf(given), READER);
const tenths = (text) => Math.round(Number(text.replace('−', '-').replace('+', '')) * 10);
const without = (row, field) => Object.fromEntries(Object.entries(row).filter(([name]) => name !== field));

describe('The story of a stored score', () => {
  it('says tier, score and change first, in the words of the core', () => {
    const { kind, headline } = story();
    expect(kind).toBe('scored');
    expect(headline.sentence).toMatch(/^(At Risk|Healthy) \d+\.\d, down \d+\.\d from \d+\.\d$/);
    expect(headline.window).toBe('October 2026');
    expect(headline.compared).toBe('compared with September 2026');
    expect(headline.doubts).toEqual([]);
  });

  it('names at most three causes, largest first, each with values and points that go the way of the change', () => {
    const { causes } = story().headline;
    expect(causes).toHaveLength(3);
    expect(causes.map(({ text }) => text).join()).toContain('First response 1 h 20 min to 2 h 25 min');
    const points = causes.map(({ points: text }) => tenths(text));
    expect(points.every((point) => point < 0)).toBe(true);
    expect([...points].sort((a, b) => a - b)).toEqual(points);
  });

  it('shows five bars that add up to the change, and metric bars that add up to the first', () => {
    const { changes } = story();
    const sum = (rows) => rows.reduce((total, { points }) => total + tenths(points), 0);
    expect(changes.bars.map(({ id }) => id)).toEqual(['behaviour', 'data', 'rules', 'calendar', 'signals']);
    expect(sum(changes.bars)).toBe(tenths(changes.total));
    expect(sum(changes.inside)).toBe(tenths(changes.bars[0].points));
    expect(changes.insideTotal).toBe(changes.bars[0].points);
  });

  it('shows losses that add up to what the score is short of 100', () => {
    const { losses, headline } = story();
    const sum = losses.rows.reduce((total, { points }) => total + tenths(points), 0) + tenths(losses.rest);
    expect(sum).toBe(Math.round(Number(headline.score) * 10) - 1000);
    expect(losses.total).toBe(`${(100 - Number(headline.score)).toFixed(1)} of 100`);
    expect(losses.rows.length).toBeLessThanOrEqual(4);
  });

  it('shows the sum behind the score so that a reader can check it', () => {
    const { parts, headline } = story();
    const [, churn, value] = /60 % × ([\d.]+) \+ 40 % × ([\d.]+) = /.exec(parts.sum).map(Number);
    expect(Math.abs(0.6 * churn + 0.4 * value - Number(headline.score))).toBeLessThan(0.06);
  });

  it('keeps the order of the dimensions and marks the lowest', () => {
    const { groups } = story().parts;
    expect(groups.map(({ id }) => id)).toEqual([
      'support',
      'financial',
      'adoption',
      'relationship',
      'platform_value',
    ]);
    const scores = groups.map(({ score }) => Number(score));
    expect(groups.map(({ lowest }) => lowest)).toEqual(scores.map((score) => score === Math.min(...scores)));
  });

  it('moves each part by what its stored score was the month before', () => {
    const [support] = story().parts.groups;
    expect(support.moved).toMatchObject({ style: 'down', word: 'Down' });
    expect(support.line).toHaveLength(2);
  });

  it('gives a metric its value in its unit, its limits and its source', () => {
    const metric = story().parts.groups[0].metrics.find(({ id }) => id === 'median_first_response_seconds');
    expect(metric).toMatchObject({
      label: 'First response',
      value: '2 h 25 min',
      green: '1 h',
      yellow: '2 h',
      red: '4 h',
      better: 'Lower is better',
      owner: 'Support',
      good: false,
    });
    expect(metric.read).toContain('Intercom, read 1 Nov');
  });

  it('shows what is known beside and not scored', () => {
    expect(story().parts.context).toContain('113');
  });

  it('never gives a missing metric a number', () => {
    const rows = storedMonths([{ readings: { ...USUAL, csat_score: 'not_mapped' } }]);
    const metric = story({ rows }).parts.groups[0].metrics.find(({ id }) => id === 'csat_score');
    expect(metric).toMatchObject({ known: false, value: 'Not linked', points: '', score: '' });
  });

  it('shows the range and the gap only when something is missing', () => {
    const rows = storedMonths([{ readings: { ...USUAL, csat_score: 'not_mapped' } }]);
    const { headline, notices, scale, parts } = story({ rows });
    expect(headline.doubts[0]).toMatch(/^Could be [\d.]+ to [\d.]+$/);
    expect(scale.band).not.toBe('');
    expect(parts.gaps).toMatch(/^[\d.]+ % of what counts is known\. Not linked: Satisfaction\. /);
    expect(notices).toEqual([]);
    expect(story().scale.band).toBe('');
    expect(story().parts.gaps).toBe('');
    expect(story().notices).toEqual([]);
  });

  it('puts a whole missing source into a notice of its own', () => {
    const bugs = ['open_bugs', 'critical_bugs', 'reopened_bugs', 'avg_resolution_days', 'bug_trend'];
    const readings = { ...USUAL, ...Object.fromEntries(bugs.map((id) => [id, 'not_mapped'])) };
    const { notices } = story({ rows: storedMonths([{ readings }]) });
    expect(notices).toEqual([
      expect.objectContaining({
        id: 'missing',
        kind: 'info',
        text: expect.stringMatching(/^Not linked: Open bugs; /),
      }),
    ]);
  });

  it('names the signal that no longer counts when the score rose for it', () => {
    const rows = storedMonths([
      { readings: USUAL, signals: [CRITICAL] },
      { readings: USUAL, signals: [{ ...CRITICAL, status: 'resolved', resolvedOn: '2026-10-20' }] },
    ]);
    // Seen before the earlier month ended, so that it held that one.
    const early = { ...CRITICAL, observedOn: '2026-09-03' };
    const held = storedMonths([
      { readings: USUAL, signals: [early] },
      { readings: USUAL, signals: [{ ...early, status: 'resolved', resolvedOn: '2026-10-20' }] },
    ]);
    const signals = [signalRow(early, { Status__c: 'Resolved', Resolved_On__c: '2026-10-20' })];
    expect(story({ rows: held, signals }).headline.causes[0].text).toBe(
      'Executive sponsor left no longer counts',
    );
    expect(
      story({ rows, signals })
        .headline.causes.map(({ text }) => text)
        .join(),
    ).not.toContain('no longer');
  });

  it('names the signal that counts for less since it is monitored', () => {
    // Good enough to lie above what a moderate signal allows, so that only the step from critical shows.
    const good = {
      ...USUAL,
      messaging: 100,
      automations: 100,
      contactless: 100,
      csat_score: 95,
      open_bugs: 0,
    };
    const early = { ...CRITICAL, observedOn: '2026-09-03' };
    const watched = { ...early, severity: 'moderate' };
    const monitored = { ...watched, status: 'monitoring', monitoringFrom: '2026-10-20' };
    const rows = storedMonths([
      { readings: good, signals: [watched] },
      { readings: good, signals: [monitored] },
    ]);
    expect(rows[1].Health_Score__c).toBe(75);
    const { causes } = story({ rows, signals: [signalRow(monitored)] }).headline;
    expect(causes[0].text).toBe('Executive sponsor left counts for less now');
  });

  it('says of the sum behind a held score that it is held', () => {
    const { parts } = story({ rows: storedMonths([{ readings: USUAL, signals: [CRITICAL] }]) });
    expect(parts.sum).toMatch(/ = [\d.]+\. It is held at 59\.0\.$/);
  });

  it('marks a lowest part as urgent only below the last tier bound', () => {
    const urgent = ({ parts }) => parts.groups.filter((group) => group.urgent).map(({ id }) => id);
    expect(urgent(story())).toEqual(['support']);
    expect(urgent(story({ rows: storedMonths([{ readings: USUAL }]) }))).toEqual([]);
  });

  it('calls a running window by its last day', () => {
    const rows = storedMonths([{ readings: USUAL, complete: false, asOf: '2026-11-21' }], '2026-11');
    expect(story({ rows, ended: null }).headline.window).toBe('Last 30 days (to 21 Nov 2026)');
  });

  describe('under a critical signal', () => {
    const rows = storedMonths([{ readings: USUAL }, { readings: USUAL, signals: [CRITICAL] }]);
    const held = story({ rows, signals: [signalRow(CRITICAL)] });

    it('is held at 59.0, with the score without it, who raised it and until when', () => {
      expect(held.headline.score).toBe('59.0');
      expect(held.cap.title).toMatch(/^Held at 59\.0\. Without it: \d+\.\d (At Risk|Healthy)$/);
      const [signal] = held.cap.signals;
      expect(signal).toMatchObject({
        title: 'Executive sponsor left',
        kind: 'critical, confirmed',
        left: '23 days left',
        until: 'to 14 Dec 2026',
        ended: false,
      });
      expect(signal.by).toContain('raised by Account owner');
    });

    it('names the cap before the path without it', () => {
      expect(held.path.under || held.path.said.join(' ')).toContain('59.0');
    });

    it('says of a signal that was resolved since that the next refresh lets go', () => {
      const { cap, signals } = story({
        rows,
        signals: [signalRow(CRITICAL, { Status__c: 'Resolved', Resolved_On__c: '2026-11-20' })],
      });
      expect(cap.signals[0].ended).toBe(true);
      expect(signals).toEqual([]);
    });

    it('says which open signals hold the score, have no effect, or are newer than it', () => {
      const watch = { ...CRITICAL, id: 'a02000000000002AAA', severity: 'watch' };
      const fresh = { ...CRITICAL, id: 'a02000000000003AAA', severity: 'moderate', expiresOn: null };
      const both = storedMonths([{ readings: USUAL, signals: [CRITICAL, watch] }]);
      const { signals } = story({
        rows: both,
        signals: [signalRow(watch), signalRow(fresh), signalRow(CRITICAL)],
      });
      expect(signals.map(({ severity, effect }) => [severity, effect])).toEqual([
        ['Critical', 'Holds the score down'],
        ['Moderate', 'Not in this score yet: the next refresh looks at it'],
        ['Watch', 'No effect on the score'],
      ]);
      expect(signals[1].left).toBe('No end date');
    });

    it('never says of a signal that was seen after the score that it has no effect', () => {
      const later = { ...CRITICAL, observedOn: '2026-11-05' };
      const { signals } = story({
        rows: storedMonths([{ readings: USUAL, signals: [later] }]),
        signals: [signalRow(later)],
      });
      expect(signals[0].effect).toBe('Not in this score yet: the next refresh looks at it');
    });
  });

  it('says which source a hold is for', () => {
    const rows = storedMonths([
      { readings: { ...USUAL, open_bugs: 'source_down' }, hold: { at: 61.2, sources: ['jira'] } },
    ]);
    const { cap } = story({ rows });
    expect(cap).toMatchObject({ isHold: true, signals: [] });
    expect(cap.hold).toContain('Jira could not be read');
  });

  it('says which values are of an earlier month', () => {
    const rows = storedMonths([{ readings: USUAL, carried: { open_bugs: '2026-09-30' } }]);
    const { notices, parts } = story({ rows });
    expect(notices.map(({ id }) => id)).toEqual(['carried']);
    expect(parts.groups[0].metrics.find(({ id }) => id === 'open_bugs').carried).toContain('30 Sept 2026');
  });

  describe('scored again in the browser', () => {
    it('gives the stored score', () => {
      expect(story().proof).toMatchObject({ proven: true, doubtful: false });
      expect(story().proof.read).toBe('Read: Intercom, Jira, Salesforce, Looker 1 Nov 2026');
    });

    it.each([
      ['Health_Score__c', 91, /^Recalculated here: \d+\.\d\.$/],
      ['Tier__c', 'Champion', /other values come out for: Tier\.$/],
      ['Coverage__c', 12, /other values come out for: Coverage\.$/],
      ['Band_Low__c', 1, /other values come out for: Band Low\.$/],
    ])('finds that %s was changed to %s', (field, value, title) => {
      const [row, ...rest] = storedMonths([{ readings: USUAL }]);
      const { proof, notices } = story({ rows: [{ ...row, [field]: value }, ...rest] });
      expect(proof).toMatchObject({ proven: false, doubtful: true });
      expect(notices[0]).toMatchObject({ id: 'differs', kind: 'error', title: expect.stringMatching(title) });
    });

    it('finds readings that were changed', () => {
      const [row] = storedMonths([{ readings: USUAL }]);
      const changed = row.Details__c.replace('"value":4800', '"value":480000');
      expect(changed).not.toBe(row.Details__c);
      expect(story({ rows: [{ ...row, Details__c: changed }] }).proof.doubtful).toBe(true);
    });

    it('finds a segment that does not exist, and text that is no JSON', () => {
      const [row] = storedMonths([{ readings: USUAL }]);
      for (const text of [row.Details__c.replace('"segment":"paid"', '"segment":"gold"'), '{']) {
        const { proof, notices, parts } = story({ rows: [{ ...row, Details__c: text }] });
        expect(proof.doubtful).toBe(true);
        expect(notices[0]).toMatchObject({ id: 'unread', kind: 'error' });
        expect(parts).toBeNull();
      }
    });

    it.each(['Details__c', 'Run__r.Model__c'])(
      'says what it cannot do when %s is hidden, and calls it no fault',
      (field) => {
        const [row] = storedMonths([{ readings: USUAL }]);
        const { proof, notices, headline } = story({ rows: [without(row, field)] });
        expect(proof).toMatchObject({ proven: false, doubtful: false });
        expect(notices).toEqual([expect.objectContaining({ id: 'hidden', kind: 'info' })]);
        expect(headline.score).not.toBe('–');
      },
    );

    it('compares no field that is hidden', () => {
      const [row] = storedMonths([{ readings: USUAL }]);
      expect(story({ rows: [without(row, 'Coverage__c')] }).proof.proven).toBe(true);
    });
  });

  describe('without a score', () => {
    const nothing = Object.fromEntries(Object.keys(USUAL).map((id) => [id, 'not_mapped']));

    it('tells nothing known from a score of 0', () => {
      const { kind, headline, scale, losses, changes, path, cap } = story({
        rows: storedMonths([{ readings: nothing }]),
      });
      expect(kind).toBe('unscored');
      expect(headline).toMatchObject({ score: '–', tier: 'No score' });
      expect([scale, losses, changes, path, cap]).toEqual([null, null, null, null, null]);
    });

    it('tells an account that waits from one that nobody scores, and from one that is hidden', () => {
      expect(story({ rows: [] })).toMatchObject({ kind: 'none', inPopulation: true, headline: null });
      expect(story({ rows: [], account: { Health_Segment__c: null } }).inPopulation).toBe(false);
      expect(story({ account: null }).kind).toBe('hidden');
      const [row] = storedMonths([{ readings: USUAL }]);
      expect(story({ rows: [without(row, 'Health_Score__c')] }).kind).toBe('hidden');
    });
  });

  describe('notices', () => {
    const ids = (given) => story(given).notices.map(({ id, kind }) => `${id} ${kind}`);

    it('says that a score is stale when a later refresh of all left it out, but never of a customer who left', () => {
      const ended = { Id: RUN_ID, Window_End__c: '2026-11-21' };
      expect(ids({ ended })).toEqual(['stale warning']);
      expect(ids({ ended, account: { Churned_On__c: '2026-11-02' } })).toEqual(['churned info']);
    });

    it.each([
      ['Running', 'refreshing info'],
      ['Held', 'held warning'],
      ['Failed', 'failed error'],
    ])('says that the last refresh is %s', (Status__c, expected) => {
      const touched = { Id: RUN_ID, Status__c, Finished_At__c: '2026-11-20T06:00:00.000Z' };
      expect(ids({ touched })).toEqual([expected]);
    });

    describe('of signals that came after the score', () => {
      const later = (more) => signalRow({ ...CRITICAL, observedOn: '2026-11-05' }, more);

      it('names the gravest', () => {
        const signals = [later({ Severity__c: 'Moderate', Signal_Category__c: 'Budget cut' }), later()];
        const [notice] = story({ signals }).notices;
        expect(notice).toMatchObject({
          id: 'newer',
          kind: 'warning',
          title: 'Critical signal after this score: Executive sponsor left.',
        });
      });

      it.each([
        ['one that is only watched', later({ Severity__c: 'Watch' })],
        ['one that was resolved since', later({ Status__c: 'Resolved', Resolved_On__c: '2026-11-20' })],
        ['one that the score knows', signalRow(CRITICAL)],
      ])('says nothing of %s', (_which, row) => {
        expect(ids({ signals: [row] })).toEqual([]);
      });

      it('says nothing to a customer who left', () => {
        expect(ids({ signals: [later()], account: { Churned_On__c: '2026-11-02' } })).toEqual([
          'churned info',
        ]);
      });
    });

    it('forgets a failed refresh once a later score is there', () => {
      const touched = { Id: RUN_ID, Status__c: 'Failed', Finished_At__c: '2026-10-20T06:00:00.000Z' };
      expect(ids({ touched })).toEqual([]);
    });
  });

  describe('the path', () => {
    it('gives steps in real units that reach the tier, each with a task', () => {
      const { path } = story();
      expect(path.title).toMatch(/^Path to (Healthy|Champion)$/);
      expect(path.steps.length).toBeGreaterThan(0);
      expect(path.steps[0].move).toMatch(/^.+ to .+\. (Product|Support|Customer|Account manager)$/);
      expect(path.steps[0].task.subject).toContain(path.steps[0].label);
      expect(path.reaches).toMatch(/^Scored again with these values: \d+\.\d$/);
    });

    it('says why there is none', () => {
      const best = Object.fromEntries(
        Object.keys(USUAL).map((id) => [id, MODEL.thresholds[id]?.paid.green ?? 1]),
      );
      const { path } = story({ rows: storedMonths([{ readings: best }]) });
      expect(path).toMatchObject({ steps: [], said: ['Already Champion'] });
    });
  });

  describe('the trend', () => {
    const other = { ...MODEL, version: 'shipped00002' };
    const rows = storedMonths([
      { readings: USUAL },
      { readings: { ...USUAL, open_bugs: 'source_down' }, hold: { at: 50, sources: ['jira'] } },
      { readings: USUAL, model: other },
      { readings: WORSE, model: other },
    ]);

    it('marks outages, changes of the rules and signals in their months', () => {
      const { trend } = story({ rows, signals: [signalRow(CRITICAL)] });
      expect(trend.marks.map(({ id }) => id)).toEqual(['outage-2026-08', 'rules-2026-09', 'signal-2026-10']);
      expect(trend.points).toHaveLength(4);
    });

    it('marks an outage that did not lower the score as well', () => {
      const { trend } = story({
        rows: storedMonths([
          { readings: { ...USUAL, open_bugs: 'source_down' }, hold: { at: 99, sources: ['jira'] } },
          { readings: USUAL },
        ]),
      });
      expect(trend.marks.map(({ id }) => id)).toEqual(['outage-2026-09']);
    });

    it.each(['', null, '2026', 'October'])('leaves a record of the month %j out', (Period__c) => {
      const { trend } = story({ rows: [...rows, { ...rows[0], Period__c }] });
      expect(trend.table).toHaveLength(4);
    });

    it('gives each month its change statement in the table', () => {
      const { table } = story({ rows }).trend;
      expect(table[0]).toMatchObject({ month: 'October 2026', change: formatPoints(rows[0].Change__c) });
      expect(table[0].why).toContain('What happened');
      expect(table).toHaveLength(4);
    });

    it('leaves a gap where a month has no record', () => {
      const { trend } = story({ rows: rows.filter(({ Period__c }) => Period__c !== '2026-08') });
      expect(trend.path.match(/M/g)).toHaveLength(2);
      expect(trend.table[2]).toMatchObject({ month: 'August 2026', score: '–', tier: 'Not scored' });
    });

    it('draws nothing from a single month', () => {
      expect(story({ rows: rows.slice(0, 1) }).trend).toBeNull();
    });
  });

  it('says that a first score has nothing to be compared with', () => {
    const { changes, headline } = story({ rows: storedMonths([{ readings: USUAL }]) });
    expect(changes).toMatchObject({ told: false });
    expect(headline.moved).toBeNull();
    expect(headline.reason).not.toBe('');
  });
});
