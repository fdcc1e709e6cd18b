/** Relationship facts: quarterly reviews, champions, open expansions. */
import type { SalesforceSource } from './settings.ts';
import type { AccountFacts, Window } from '../../facts/index.ts';
import { byAccount, isUnreadable, mapKnown, toDay, type ObjectReader } from './access.ts';
import type { Known } from '../../facts/index.ts';
import type { Row } from './client.ts';
import { monthsTo, within } from './contract.ts';
import { readOpportunities } from './opportunities.ts';

type Settings = SalesforceSource;
type RelationshipFacts = Pick<AccountFacts, 'qbrs' | 'champions' | 'openExpansions'>;

const INVALID = { missing: 'invalid' } as const;

/** All relationship facts of the population, by account. */
export async function readRelationships(
  reader: ObjectReader,
  settings: Settings,
  window: Window,
): Promise<(accountId: string) => RelationshipFacts> {
  const { qbr, champion, expansion } = settings;
  const [events, relations, open] = await Promise.all([
    reader.read({
      purpose: 'qbr_attendance',
      object: qbr.object,
      account: qbr.account,
      fields: ['Id', qbr.date, qbr.attended],
      where: (describe) => [qbr.where, ...within(qbr.date, monthsTo(window, qbr.months), window)(describe)],
      named: qbr.where,
    }),
    reader.read({
      purpose: 'champion_stability',
      object: champion.object,
      account: champion.account,
      fields: ['Id', champion.since, champion.until],
      where: () => [champion.where],
      named: champion.where,
    }),
    readOpportunities(reader, 'expansion_signals', expansion, settings, window),
  ]);
  const bad = (
    purpose: string,
    what: string,
    rows: Known<readonly Row[]>,
    account: string,
    isBad: (row: Row) => boolean,
  ) => ('missing' in rows ? new Set<string>() : reader.unreadable(purpose, what, rows.known, account, isBad));
  const badReviews = bad(
    'qbr_attendance',
    qbr.attended,
    events,
    qbr.account,
    (row) => typeof row[qbr.attended] !== 'boolean',
  );
  const badTerms = bad(
    'champion_stability',
    `${champion.since} or ${champion.until}`,
    relations,
    champion.account,
    (row) => isUnreadable(row, champion.since, toDay) || isUnreadable(row, champion.until, toDay),
  );
  const eventsOf = mapKnown(events, (rows) => byAccount(rows, qbr.account));
  const relationsOf = mapKnown(relations, (rows) => byAccount(rows, champion.account));
  return (id) => ({
    qbrs: badReviews.has(id)
      ? INVALID
      : mapKnown(eventsOf, (map) =>
          (map.get(id) ?? []).map((row) => ({
            day: toDay(row[qbr.date]),
            attended: row[qbr.attended] === true,
          })),
        ),
    champions: badTerms.has(id)
      ? INVALID
      : mapKnown(relationsOf, (map) =>
          (map.get(id) ?? []).map((row) => ({
            since: toDay(row[champion.since]),
            until: toDay(row[champion.until]),
          })),
        ),
    openExpansions: mapKnown(open(id), (days) => days.length),
  });
}
