/** Relationship facts: quarterly reviews, champions, open expansions. */
import type { Sources } from '../../config/sources.ts';
import type { AccountFacts, Window } from '../../facts/index.ts';
import { byAccount, mapKnown, toDay, type ObjectReader } from './access.ts';
import { monthsTo, within } from './contract.ts';
import { readOpportunities } from './opportunities.ts';

type Settings = Sources['salesforce'];
type RelationshipFacts = Pick<AccountFacts, 'qbrs' | 'champions' | 'openExpansions'>;

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
    }),
    reader.read({
      purpose: 'champion_stability',
      object: champion.object,
      account: champion.account,
      fields: ['Id', champion.since, champion.until],
      where: () => [champion.where],
    }),
    readOpportunities(reader, 'expansion_signals', expansion, settings, window),
  ]);
  const eventsOf = mapKnown(events, (rows) => byAccount(rows, qbr.account));
  const relationsOf = mapKnown(relations, (rows) => byAccount(rows, champion.account));
  return (id) => ({
    qbrs: mapKnown(eventsOf, (map) => {
      const held = map.get(id) ?? [];
      return { held: held.length, attended: held.filter((row) => row[qbr.attended] === true).length };
    }),
    champions: mapKnown(relationsOf, (map) =>
      (map.get(id) ?? []).map((row) => ({
        since: toDay(row[champion.since]),
        until: toDay(row[champion.until]),
      })),
    ),
    openExpansions: mapKnown(open(id), (days) => days.length),
  });
}
