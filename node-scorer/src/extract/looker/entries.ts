import type { LookerColumns, LookerSource } from './settings.ts';
import { ScorerError } from '../../errors.ts';
import { dayRange } from './month.ts';
import { checkLook, checkQuery, type UnknownColumns } from './names.ts';
import type { LookerSdk } from './sdk.ts';

/** One entry of the settings: an inline query or a saved Look. */
export interface Entry {
  readonly name: string;
  readonly columns: LookerColumns;
  readonly ask: (from: string, until: string, byMonth: boolean) => Promise<unknown>;
  /** A saved Look has its own dates: it can be read by month and not over thirty days. */
  readonly byMonthOnly: boolean;
  /** Asks Looker which of its names it does not know. */
  readonly unknown: () => Promise<UnknownColumns>;
  /** The same entry without some of its measures. */
  readonly without: (measures: readonly string[]) => Entry;
}

/**
 * What sources.yaml asks of Looker, each entry by itself.
 *
 * @example entriesOf(sdk, settings).map(({ name }) => name) // => ['user_sessions', 'Look 42']
 */
export const entriesOf = (sdk: LookerSdk, settings: LookerSource): readonly Entry[] => [
  ...settings.queries.map((columns, index) => queryOf(sdk, settings, columns, index)),
  ...settings.looks.map((columns, index) => lookOf(sdk, settings, columns, index)),
];

type Query = LookerSource['queries'][number];
type Look = LookerSource['looks'][number];

function queryOf(sdk: LookerSdk, settings: LookerSource, columns: Query, index: number): Entry {
  const { model, timezone } = settings;
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
    unknown: () => checkQuery(sdk, settings, index),
    without: (measures) => queryOf(sdk, settings, lessened(columns, measures), index),
  };
}

function lookOf(sdk: LookerSdk, settings: LookerSource, columns: Look, index: number): Entry {
  return {
    name: `Look ${columns.look_id}`,
    columns,
    byMonthOnly: true,
    ask: () => runWhole(sdk, columns.look_id),
    unknown: () => checkLook(sdk, settings, index),
    without: (measures) => lookOf(sdk, settings, lessened(columns, measures), index),
  };
}

const lessened = <T extends LookerColumns>(columns: T, measures: readonly string[]): T => ({
  ...columns,
  fields: Object.fromEntries(Object.entries(columns.fields).filter(([name]) => !measures.includes(name))),
});

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
