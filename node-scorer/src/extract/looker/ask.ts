import type { LookerColumns, LookerSource } from '../../config/sources.ts';
import { ScorerError } from '../../errors.ts';
import type { Window } from '../../facts/index.ts';
import { inParallel } from '../../http/in-parallel.ts';
import type { NoteBook } from '../notes.ts';
import { dayOf, dayRange, monthsBefore } from './month.ts';
import { readRows, type UsageRow, type UsageRows } from './rows.ts';
import type { LookerSdk } from './sdk.ts';

/** Queries share the instance with people who look at dashboards. */
const AT_ONCE = 2;
export const LOOK_BACK_MONTHS = 3;
const NO_MAU: readonly number[] = [];

/** What one entry of the settings answered. */
export interface Answer {
  /** Our names of its measures. */
  readonly measures: readonly string[];
  /** Rows of the window; null when the question failed. */
  readonly window: ReadonlyMap<string, UsageRow> | null;
  /**
   * Customers seen in the months before the window, with their `mau` of each month where the question has it. Not
   * the rows: there are three times as many of them as in the window, and nothing else of them is ever read.
   */
  readonly earlier: ReadonlyMap<string, readonly number[]>;
  /** Measures that customers had a value of in those months. */
  readonly had: ReadonlyMap<string, ReadonlySet<string>>;
  readonly spoilt: ReadonlySet<string>;
  /** It has never held a row. */
  readonly never?: boolean;
}

interface Entry {
  readonly name: string;
  readonly columns: LookerColumns;
  readonly ask: (from: string, until: string, byMonth: boolean) => Promise<unknown>;
  /** A saved Look has its own dates: it can be read by month and not over thirty days. */
  readonly byMonthOnly: boolean;
}

/**
 * Asks every entry of the settings, for all customers at once.
 *
 * A complete window is a month, so one question gives it and the months before. The running window is the last
 * thirty days, which no month column can give: the entry is then asked without its month over exactly those
 * days, and the entry with `mau` once more by month for what lies before.
 */
export async function askAll(
  sdk: LookerSdk,
  settings: LookerSource,
  window: Window,
  notes: NoteBook,
): Promise<readonly Answer[]> {
  return inParallel(entriesOf(sdk, settings), AT_ONCE, async (entry) => {
    const measures = Object.keys(entry.columns.fields);
    try {
      const answer = await (window.complete ? askMonth(entry, window) : askRunning(entry, window));
      for (const bad of answer.bad) notes.add('bad_record', bad);
      return { measures, ...answer };
    } catch (error) {
      // A wrong field or model is for a person to mend; what may pass costs this entry's readings only.
      if (!(error instanceof ScorerError) || error.kind !== 'transient') throw error;
      notes.add('query_failed', error.message);
      return { measures, window: null, earlier: new Map(), had: new Map(), spoilt: new Set<string>() };
    }
  });
}

function entriesOf(sdk: LookerSdk, { model, timezone, queries, looks }: LookerSource): Entry[] {
  return [
    ...queries.map((columns): Entry => {
      const { view, id, date, fields } = columns;
      return {
        name: view,
        columns,
        byMonthOnly: false,
        ask: (from, until, byMonth) =>
          sdk.runQuery({
            model,
            view,
            fields: [id, ...(byMonth ? [date] : []), ...Object.values(fields)],
            filters: { [date]: dayRange(from, until) },
            sorts: [id],
            timezone,
          }),
      };
    }),
    ...looks.map((columns): Entry => {
      const ask = (): Promise<unknown> => runWhole(sdk, columns.look_id);
      return { name: `Look ${columns.look_id}`, columns, byMonthOnly: true, ask };
    }),
  ];
}

/**
 * The rows of a saved Look. It may have a limit of its own, of any size: at exactly so many rows it has probably cut
 * the answer off, and whoever is left out would look silent.
 *
 * @see https://cloud.google.com/looker/docs/best-practices/row-limits-in-looker
 */
async function runWhole(sdk: LookerSdk, lookId: number): Promise<unknown> {
  const look = await sdk.look(lookId);
  const rows = await sdk.runLook(lookId);
  if (look?.limit == null || !Array.isArray(rows) || rows.length !== look.limit) return rows;
  throw new ScorerError(
    'SOURCE_UNEXPECTED',
    `Looker: Look ${lookId}: exactly ${rows.length} rows, which is its own limit, so it was probably cut off; raise the limit of the Look, or use an inline query in sources.yaml`,
  );
}

type Parts = Omit<Answer, 'measures'> & Pick<UsageRows, 'bad'>;

async function askMonth({ name, columns, ask }: Entry, { period, end }: Window): Promise<Parts> {
  const first = monthsBefore(period, LOOK_BACK_MONTHS);
  const { rows, spoilt, bad } = readRows(name, await ask(`${first}-01`, dayOf(end), true), columns, true);
  return {
    window: byCustomer(rows.filter(({ month }) => month === period)),
    earlier: earlierOf(rows, first, period),
    had: measuresIn(rows, first, period),
    spoilt,
    bad,
  };
}

async function askRunning({ name, columns, ask, byMonthOnly }: Entry, window: Window): Promise<Parts> {
  const { period, start, end } = window;
  if (byMonthOnly) {
    throw new ScorerError(
      'SOURCE_UNEXPECTED',
      `Looker: ${name}: a saved Look gives months, and the running window is thirty days; use an inline query in sources.yaml`,
    );
  }
  const now = readRows(name, await ask(dayOf(start), dayOf(end), false), columns, false);
  const first = monthsBefore(period, LOOK_BACK_MONTHS);
  const before =
    'mau' in columns.fields
      ? readRows(name, await ask(`${first}-01`, `${period}-01`, true), columns, true)
      : { rows: [], spoilt: new Set<string>(), bad: [] };
  return {
    window: byCustomer(now.rows),
    earlier: earlierOf(before.rows, first, period),
    had: measuresIn(before.rows, first, period),
    spoilt: new Set([...now.spoilt, ...before.spoilt]),
    bad: [...now.bad, ...before.bad],
  };
}

const byCustomer = (rows: readonly UsageRow[]): ReadonlyMap<string, UsageRow> =>
  new Map(rows.map((row) => [row.customerId, row]));

/** Of each customer the measures with a value before the window; equal sets are one, for there are thousands of customers. */
function measuresIn(rows: readonly UsageRow[], first: string, period: string): Answer['had'] {
  const sets = new Map<string, ReadonlySet<string>>();
  const had = new Map<string, ReadonlySet<string>>();
  for (const { customerId, month, values } of rows) {
    if (month === null || month < first || month >= period) continue;
    const names = Object.keys(values).filter((name) => values[name] != null);
    const all = [...new Set([...(had.get(customerId) ?? []), ...names])].sort();
    const key = all.join(' ');
    const set = sets.get(key) ?? new Set(all);
    sets.set(key, set);
    had.set(customerId, set);
  }
  return had;
}

function earlierOf(rows: readonly UsageRow[], first: string, period: string): Answer['earlier'] {
  const earlier = new Map<string, readonly number[]>();
  for (const { customerId, month, values } of rows) {
    if (month === null || month < first || month >= period) continue;
    const before = earlier.get(customerId) ?? NO_MAU;
    const mau = values['mau'] ?? null;
    earlier.set(customerId, mau === null ? before : [...before, mau]);
  }
  return earlier;
}
