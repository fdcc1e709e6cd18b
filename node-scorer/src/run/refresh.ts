import type { Sources } from '../config/sources.ts';
import { ScorerError } from '../errors.ts';
import type { Note } from '../extract/extraction.ts';
import { readAccounts, type AccountsRead } from '../extract/salesforce/accounts.ts';
import { readSignals, type SignalsRead } from '../extract/salesforce/signals.ts';
import type { Population } from '../extract/salesforce/soql.ts';
import type { Salesforce } from '../http/salesforce.ts';
import { pointAtNewest } from '../load/current-score.ts';
import { writeScores, type WriteOutcome } from '../load/write.ts';
import type { RefreshRequest } from './request.ts';
import type { Model } from '../scoring/index.ts';
import { readOrgModel } from './org-model.ts';
import { notesOf } from './readings.ts';
import { makeReport, type Report } from './report.ts';
import { beginRunRow, endRunRow, failRunRow } from './run-row.ts';
import type { Outcome } from './outcome.ts';
import { scoreAccounts } from './score-accounts.ts';
import { extractAll, openSalesforce, type World } from './sources.ts';
import { readStored, type Stored } from './stored.ts';
import { SCORE_KEY } from '../load/health-score.ts';

export interface Refreshed {
  readonly report: Report;
  readonly outcomes: readonly Outcome[];
}

/**
 * One refresh, from settings to report. Reads as the table of contents of the product.
 *
 * @throws ScorerError config: nothing was scored; SOURCE_DOWN: the accounts themselves could not be read
 */
export async function refresh(request: RefreshRequest, world: World): Promise<Refreshed> {
  const { environment, sources, window, dryRun } = request;
  const startedAt = world.now();
  const startedTick = world.tick();
  const org = await openSalesforce(environment, world);
  if (org === null && !(dryRun && request.mapping)) {
    throw new ScorerError(
      'ENVIRONMENT_INVALID',
      'SF_LOGIN_URL: found nothing, expected the org to read and write; set SF_LOGIN_URL, SF_CLIENT_ID and SF_CLIENT_SECRET, or use --dry-run with --mapping',
    );
  }

  const model = await modelOf(org, request);
  const population = populationOf(request);
  const read = await readPopulation(org, request, population);
  const key = `${window.period}:${new Date(startedAt).toISOString()}:${world.newId()}`;
  const row = org === null || dryRun ? null : await beginRunRow(org, key, model, request, startedAt);
  const runId = row?.id ?? null;
  try {
    const [attempts, signals, stored] = await Promise.all([
      extractAll(
        environment,
        sources,
        world,
        { accounts: read.accounts, window, now: world.now },
        org && { client: org, population, accountRows: read.rows },
        request.intercomExport,
      ),
      readSignalsOf(org, sources, population),
      readStored(org, population, window.period),
    ]);
    const scored = scoreAccounts({
      accounts: read.accounts,
      attempts,
      signals,
      stored,
      model,
      window,
      runId,
      scoredAt: new Date(world.now()).toISOString(),
    });
    const wanted = scored.outcomes.filter(({ write }) => write).map(({ fields }) => fields);
    const written = org === null || dryRun ? null : await writeScores(org, wanted);
    const pointed =
      org === null || written === null
        ? []
        : await pointAtNewest(org, {
            scores: currentScores(scored.outcomes, written, stored),
            accountRows: read.rows,
            period: window.period,
          });
    const report = makeReport({
      request,
      model,
      runId,
      read,
      scored,
      written,
      notes: [
        ...warningsOf(org),
        ...read.notes,
        ...signals.notes,
        ...notesOf(attempts),
        ...pointed.map((message) => ({ source: 'salesforce', code: 'WRITE_REJECTED', message })),
      ],
      calls: world.calls.snapshot(),
      startedAt,
      seconds: (world.tick() - startedTick) / 1_000,
    });
    const recorded = org === null || row === null ? null : await endRunRow(org, row, report, world.now());
    return {
      // The record of the run cannot count the call that writes it; what is printed can.
      report: {
        ...(recorded === null ? report : unrecorded(report, recorded)),
        calls: world.calls.snapshot(),
      },
      outcomes: scored.outcomes,
    };
  } catch (error) {
    if (org !== null && row !== null) await failRunRow(org, row, error, world.now());
    throw error;
  }
}

/** Ids of this period's scored records, by account: just written, or stored before and unchanged. */
const currentScores = (
  outcomes: readonly Outcome[],
  { written }: WriteOutcome,
  stored: Stored,
): Map<string, string> =>
  new Map(
    outcomes.flatMap(({ card, fields }): [string, string][] => {
      const { accountId } = card.input;
      const id = written.get(String(fields[SCORE_KEY])) ?? stored.current.get(accountId)?.['Id'];
      return card.status === 'scored' && typeof id === 'string' ? [[accountId, id]] : [];
    }),
  );

/** The scores are written, and only the run's own record is not up to date: said, and to be tried again. */
const unrecorded = (report: Report, why: string): Report => ({
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

function populationOf({ mapping, accountIds, sources }: RefreshRequest): Population {
  const ids = mapping?.map(({ id }) => id).filter((id) => accountIds?.includes(id) ?? true) ?? accountIds;
  return ids === undefined ? { where: sources.salesforce.accounts.where } : { ids };
}

/** The accounts of the org; with a mapping, those of the file, with what the org knows of them. */
async function readPopulation(
  org: Salesforce | null,
  { sources, window, mapping }: RefreshRequest,
  population: Population,
): Promise<AccountsRead> {
  const ids = 'ids' in population ? population.ids : undefined;
  const mapped = mapping?.filter(({ id }) => ids?.includes(id));
  if (org === null) return { accounts: mapped ?? [], rows: new Map(), churned: [], failed: [], notes: [] };
  const read = await readAccounts(org, sources.salesforce, `${window.period}-01`, ids);
  const unknown = (ids ?? []).filter((id) => !read.rows.has(id));
  const failed = [
    ...read.failed,
    ...unknown.map((id) => ({
      id,
      name: mapped?.find((account) => account.id === id)?.name ?? id,
      error: `Account ${id}: found none in the scored population, expected one; check the id and ${sources.salesforce.fields.segment}`,
    })),
  ];
  if (mapped === undefined) return { ...read, failed };
  const frozen = new Set(read.churned.map(({ id }) => id));
  const accounts = mapped.filter(({ id }) => read.rows.has(id) && !frozen.has(id));
  return { ...read, accounts, failed: failed.filter(({ id }) => !accounts.some((each) => each.id === id)) };
}

/** Without an org there are no signals to read: a dry run over a mapping file says so and scores without. */
async function readSignalsOf(
  org: Salesforce | null,
  sources: Sources,
  population: Population,
): Promise<SignalsRead> {
  if (org !== null) return readSignals(org, sources.salesforce, population);
  const message = 'signals were not read, because Salesforce is not configured: no score is capped';
  return { of: () => ({ known: [] }), notes: [{ source: 'salesforce', code: 'not_configured', message }] };
}
