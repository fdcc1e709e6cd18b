import { ScorerError } from '../errors.ts';
import type { Note } from '../extract/extraction.ts';
import type { Salesforce } from '../http/salesforce.ts';
import { pointAtNewest, type CurrentScore } from '../load/current-score.ts';
import type { Fields } from '../load/health-score.ts';
import type { Model } from '../scoring/index.ts';
import { readAdvice } from './org-advice.ts';
import { readOrgModel } from './org-model.ts';
import { populationOf, readPopulation } from './population.ts';
import { callsOf, makeReport, reportOfRow, type Report } from './report.ts';
import type { RefreshRequest, RunHandle } from './request.ts';
import { readAndScore } from './read-and-score.ts';
import { openRunRecord } from './run-record.ts';
import { failUnopenedRow } from './run-row.ts';
import { openSalesforce, type World } from './sources.ts';
import { whyHeld } from './tier-moves.ts';
import { makeOnly, writeInBatches, type Results } from './write-batches.ts';

export interface Refreshed {
  readonly report: Report;
  /** The records of a dry run, in the order of the accounts' ids; empty otherwise. */
  readonly rows: readonly Fields[];
}

/**
 * One refresh, from settings to report. Reads as the table of contents of the product.
 *
 * @throws ScorerError config: nothing was scored; SOURCE_DOWN: the accounts themselves could not be read;
 * RUN_ELSEWHERE: another machine is at work on it; INTERRUPTED: stopped at a safe point, to be taken up
 */
export async function refresh(request: RefreshRequest, world: World, run: RunHandle): Promise<Refreshed> {
  const { environment, window, dryRun } = request;
  const startedTick = world.tick();
  const org = await openSalesforce(environment, world);
  if (org === null && !(dryRun && request.mapping)) {
    throw new ScorerError(
      'ENVIRONMENT_INVALID',
      'SF_LOGIN_URL: found nothing, expected the org to read and write; set SF_LOGIN_URL, SF_CLIENT_ID and SF_CLIENT_SECRET, or use --dry-run with --mapping',
    );
  }

  // What fails before there is a record leaves one that says why.
  const early = <T>(work: Promise<T>): Promise<T> =>
    work.catch(async (error: unknown) => {
      if (org !== null && !dryRun) await failUnopenedRow(org, request, run, error, world.now());
      throw error;
    });
  const [model, advice] = await early(Promise.all([modelOf(org, request), readAdvice(org)]));
  const population = populationOf(request);
  const read = await early(readPopulation(org, request, population));
  const record =
    org === null || dryRun ? null : await early(openRunRecord(org, model, request, run, world.now));
  if (record?.kind === 'found') return { report: reportOfRow(record.row, request, world.calls), rows: [] };
  const step = record?.step ?? run.step;
  try {
    const { scored, notes } = await readAndScore({
      org,
      request,
      world,
      model,
      population,
      read,
      advice,
      recordId: record?.row.id ?? null,
      step,
    });
    const settled = record?.guardPassed === true || (request.backfill && scored.firstOfPeriod);
    const held = whyHeld(scored, request, model.guards, settled);
    if (held === null) record?.pass(scored);
    // Another word, so that whoever takes the run up asks the guard again.
    await step(held === null ? 'scored' : 'held');

    const write = org === null || dryRun || held !== null ? null : org;
    const rows: Fields[] = [];
    const keep = dryRun ? (fields: Fields) => rows.push(fields) : undefined;
    const results = write
      ? await writeInBatches(write, scored, step, world)
      : await makeOnly(scored, world, keep);
    const pointed =
      write === null
        ? []
        : await pointAtNewest(write, {
            scores: currentScores(results),
            accountRows: read.rows,
            period: window.period,
          });
    const report = makeReport({
      request,
      model,
      runId: record?.row.key ?? run.id,
      recordId: record?.row.id ?? null,
      read,
      scored,
      results,
      held,
      notes: [
        ...warningsOf(org),
        ...read.notes,
        ...notes,
        ...pointed.map((message) => ({ source: 'salesforce', code: 'WRITE_REJECTED', message })),
      ],
      calls: world.calls,
      startedAt: run.startedAt,
      seconds: (world.tick() - startedTick) / 1_000,
    });
    const unrecorded = record === null ? null : await record.end(report, scored);
    return {
      // The record of the run cannot count the call that writes it; what is printed can.
      report: {
        ...(unrecorded === null ? report : notRecorded(report, unrecorded)),
        ...callsOf(world.calls),
      },
      rows,
    };
  } catch (error) {
    await record?.fail(error);
    throw error;
  }
}

/** This period's scored records: just written, or stored before and unchanged. */
const currentScores = ({ outcomes, written }: Results): CurrentScore[] =>
  outcomes.filter(
    ({ status, key, storedId }) =>
      status === 'scored' && (storedId !== null || written?.written.has(key) === true),
  );

/** The scores are written, and only the run's own record is not up to date: said, and to be tried again. */
const notRecorded = (report: Report, why: string): Report => ({
  ...report,
  status: 'Degraded',
  degradedSources: [...report.degradedSources, 'salesforce run record'],
  notes: [
    ...report.notes,
    { source: 'salesforce', code: 'WRITE_REJECTED', message: `the run's record stays Running: ${why}` },
  ],
});

const warningsOf = (org: Salesforce | null): Note[] =>
  (org?.warnings ?? []).map((message) => ({ source: 'salesforce', code: 'warning', message }));

/** The model named by the caller, else the org's: there the admins' custom metadata decides. */
async function modelOf(org: Salesforce | null, { model }: RefreshRequest): Promise<Model> {
  if (model !== null) return model;
  if (org !== null) return (await readOrgModel(org)).model;
  throw new ScorerError('USAGE', '--config-dir: found nothing, expected a model, because there is no org');
}
