/** Opportunities that are open as of the window's end: by today's flags for a running window, by history for a past one. */
import type { SalesforceSource } from './settings.ts';
import type { Known, Window } from '../../facts/index.ts';
import type { MissingReason } from '../../scoring/index.ts';
import { byAccount, isUnreadable, mapKnown, toDay, toText, toTime, type ObjectReader } from './access.ts';
import type { Row } from './client.ts';
import { stateBefore, type OpportunityState } from './history.ts';
import { asOfCondition, childConditions, soqlTime } from './soql.ts';

type Settings = SalesforceSource;

interface OpportunitySettings {
  readonly object: string;
  readonly account: string;
  readonly date?: string;
  readonly where?: string;
}

/**
 * Close days (`YYYY-MM-DD`) of an account's open opportunities as of the window's end; null for one whose close day
 * cannot be read (the platform requires one): it still counts.
 */
export async function readOpportunities(
  reader: ObjectReader,
  purpose: string,
  wanted: OpportunitySettings,
  settings: Settings,
  window: Window,
): Promise<(accountId: string) => Known<readonly (string | null)[]>> {
  const date = wanted.date ?? 'CloseDate';
  const history = settings.history.opportunity;
  if (window.complete && history === undefined) return () => ({ missing: 'no_history' });

  const moment = soqlTime('datetime', window.end);
  const where = window.complete ? asOfCondition(wanted.where, moment) : wanted.where;
  const rows = await reader.read({
    purpose,
    object: wanted.object,
    account: wanted.account,
    fields: ['Id', date],
    where: () => [where],
    named: wanted.where,
  });
  const groups = mapKnown(rows, (known) => byAccount(known, wanted.account));
  if (!window.complete || history === undefined) {
    return (id) => mapKnown(groups, (map) => (map.get(id) ?? []).map((row) => toDay(row[date])));
  }

  const [states, openStages] = await Promise.all([
    reader.read({
      purpose: `${purpose} (history)`,
      object: history.object,
      fields: [history.opportunity, history.at, history.stage, history.close],
      parent: history.opportunity,
      // Not per account: history rows have no account, and a semi-join may not hold another one.
      parts: childConditions(history.opportunity, wanted.object, where ?? '', idsOf(rows)),
      where: () => [`${history.at} < ${moment}`],
    }),
    stagesOf(reader),
  ]);
  if ('missing' in groups) return () => groups;
  if ('missing' in states) return () => ({ missing: pastReason(states.missing) });
  if ('missing' in openStages) return () => ({ missing: pastReason(openStages.missing) });

  // By the API name, which records hold: the label is what an admin has made of it since.
  const closed = new Map(
    openStages.known
      .filter((row) => typeof row['IsClosed'] === 'boolean')
      .map((row) => [toText(row['ApiName']), row['IsClosed'] === true]),
  );
  const isBad = (row: Row): boolean =>
    toTime(row[history.at]) === null ||
    toText(row[history.stage]) === null ||
    isUnreadable(row, history.close, toDay);
  const bad = reader.unreadable(
    `${purpose} (history)`,
    'time, stage or close day',
    states.known,
    history.opportunity,
    isBad,
  );
  const statesOf = byAccount(states.known, history.opportunity);
  return (id) => {
    const days: (string | null)[] = [];
    for (const opportunity of groups.known.get(id) ?? []) {
      const opportunityId = toText(opportunity['Id']) ?? '';
      // What it was then stands on a record that cannot be read.
      if (bad.has(opportunityId)) return { missing: 'invalid' };
      const state = stateBefore(toStates(statesOf.get(opportunityId) ?? [], history), window.end);
      const isClosed = state === null ? undefined : closed.get(state.stage);
      // It existed and nobody can say whether it was open: the account's answer is unknown, not "none".
      if (state === null || isClosed === undefined) return { missing: 'no_history' };
      if (!isClosed) days.push(state.close);
    }
    return { known: days };
  };
}

/** The org's stages, which every question for open opportunities needs: asked once. */
const asked = new WeakMap<ObjectReader, Promise<Known<readonly Row[]>>>();
function stagesOf(reader: ObjectReader): Promise<Known<readonly Row[]>> {
  const stages =
    asked.get(reader) ??
    reader.read({
      purpose: 'stages of opportunities',
      object: 'OpportunityStage',
      fields: ['ApiName', 'IsClosed'],
    });
  asked.set(reader, stages);
  return stages;
}

const idsOf = (rows: Known<readonly Row[]>): string[] =>
  'missing' in rows ? [] : rows.known.map((row) => toText(row['Id'])).filter((id) => id !== null);

/** A history object that is not there means that there is no history; a failed read stays a failed read. */
const pastReason = (missing: MissingReason): MissingReason =>
  missing === 'source_down' ? 'source_down' : 'no_history';

type HistorySettings = NonNullable<Settings['history']['opportunity']>;

const toStates = (rows: readonly Row[], history: HistorySettings): OpportunityState[] =>
  rows.flatMap((row) => {
    const at = toTime(row[history.at]);
    const stage = toText(row[history.stage]);
    return at === null || stage === null ? [] : [{ at, stage, close: toDay(row[history.close]) }];
  });
