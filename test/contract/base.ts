import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Sources } from '../../node-scorer/src/config/sources.ts';
import type { Extraction, ExtractionRequest } from '../../node-scorer/src/extract/extraction.ts';
import type { Account, Known } from '../../node-scorer/src/facts/index.ts';
import { makeCallCounter, type CallCounter } from '../../node-scorer/src/http/calls.ts';
import type { Runtime } from '../../node-scorer/src/http/transport.ts';
import { CATALOGUE } from '../../node-scorer/src/metrics/catalogue.ts';
import type { Facts, SourceName } from '../../node-scorer/src/metrics/define-metric.ts';
import { windowFor } from '../../node-scorer/src/run/window.ts';
import type { Reading } from '../../node-scorer/src/scoring/index.ts';
import { generateBase } from '../../sandbox/data/generate.ts';

/** The sandbox's clock: every test reads at this moment. */
export const NOW = Date.parse('2026-11-21T09:00:00Z');

export type Base = ReturnType<typeof generateBase>;

export const makeBase = (accounts: number, months = 13): Base =>
  generateBase({ seed: 7, accounts, months, now: NOW });

/** The shipped settings of the sources, as an installation begins with them. */
export const shippedSources = (): Sources =>
  parse(readFileSync(new URL('../../config/sources.yaml', import.meta.url), 'utf8')) as Sources;

/** The accounts of a base that had not left before a month: whom a run of that month asks about. */
export const accountsOf = (base: Base, period: string): Account[] =>
  base.customers
    .filter(({ churnedOn }) => churnedOn === null || churnedOn >= `${period}-01`)
    .map(({ accountId, name, segment, intercomCompanyId, lookerCustomerId, jira }) => ({
      id: accountId,
      name,
      segment,
      intercomCompanyId,
      lookerCustomerId,
      jiraProjectKey: jira?.project ?? null,
      jiraComponent: jira?.component ?? null,
    }));

export const requestOf = (base: Base, period: string): ExtractionRequest => ({
  accounts: accountsOf(base, period),
  window: windowFor(period, NOW),
  now: () => NOW,
});

export interface TestRuntime extends Runtime {
  readonly calls: CallCounter;
  /** The waits that were asked for, milliseconds; none of them is waited. */
  readonly waits: number[];
}

export function testRuntime(): TestRuntime {
  const waits: number[] = [];
  return {
    calls: makeCallCounter(),
    now: () => NOW,
    random: () => 0.5,
    sleep: (ms) => {
      waits.push(ms);
      return Promise.resolve();
    },
    waits,
  };
}

type Readings = Record<string, Reading>;

/** Every reading of one source for every account, by account and metric id. */
export function readingsOf<T>(
  source: SourceName,
  { facts }: Extraction<T>,
  { window }: Pick<ExtractionRequest, 'window'>,
): Map<string, Readings> {
  const nothing = { missing: 'not_configured' } as const;
  const metrics = CATALOGUE.filter((metric) => metric.source === source);
  return new Map(
    [...facts].map(([id, known]) => {
      const all: Facts = { intercom: nothing, jira: nothing, looker: nothing, salesforce: nothing };
      const own = { ...all, [source]: known as Known<never> };
      return [id, Object.fromEntries(metrics.map((metric) => [metric.id, metric.read(own, window)]))];
    }),
  );
}

/** Ids of the metrics of a source. */
export const metricsOf = (source: SourceName): string[] =>
  CATALOGUE.filter((metric) => metric.source === source).map(({ id }) => id);

/** Every number among readings, with where it stands. */
export const numbersIn = (readings: ReadonlyMap<string, Readings>): string[] =>
  [...readings].flatMap(([account, all]) =>
    Object.entries(all).flatMap(([id, { value }]) => (value === null ? [] : [`${account} ${id} ${value}`])),
  );
