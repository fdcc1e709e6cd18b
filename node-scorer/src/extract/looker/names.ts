import type { LookerColumns, LookerSource } from './settings.ts';
import { unknownName, type UnknownName } from '../names.ts';
import type { LookerSdk } from './sdk.ts';

/** Our measures that are no metric by themselves, and the metric that needs each. */
const METRIC_OF: Readonly<Record<string, readonly string[]>> = {
  dau: ['dau', 'stickiness_pct'],
  mau: ['mau', 'stickiness_pct', 'mau_trend_pct'],
  features_used: ['feature_breadth'],
  features_licensed: ['feature_breadth'],
};

/** The metrics that cannot be read without one of our measures. */
const metricsOf = (measure: string): readonly string[] => METRIC_OF[measure] ?? [measure];

/** What one entry of the settings names that Looker does not know. */
export interface UnknownColumns {
  readonly names: readonly UnknownName[];
  /** Our names of the measures that cannot be read; all of them where the id or the month is not known. */
  readonly measures: readonly string[];
}

/**
 * Compares the columns of an entry with the fields that its explore or saved Look has.
 *
 * @param at place in sources.yaml, such as `looker.queries[0]`
 * @example unknownColumns(columns, ['s.id', 's.month', 's.mau'], 'looker.queries[0]').measures // => ['dau']
 */
export function unknownColumns(
  { id, date, fields }: LookerColumns,
  known: readonly string[],
  at: string,
): UnknownColumns {
  const all = Object.keys(fields);
  const isKnown = (field: string): boolean => known.includes(field);
  const name = (key: string, field: string, measures: readonly string[]): UnknownName =>
    unknownName({
      at: `${at}.${key}`,
      kind: 'field',
      name: field,
      known,
      costs: measures.flatMap(metricsOf),
    });
  const keys = [...(isKnown(id) ? [] : [['id', id]]), ...(isKnown(date) ? [] : [['date', date]])];
  const lost = all.filter((measure) => !isKnown(fields[measure] ?? ''));
  return {
    names: [
      ...keys.map(([key = '', field = '']) => name(key, field, all)),
      ...lost.map((measure) => name(`fields.${measure}`, fields[measure] ?? '', [measure])),
    ],
    measures: keys.length > 0 ? all : lost,
  };
}

type Describe = Pick<LookerSdk, 'explore' | 'look'>;

/**
 * Asks Looker for the fields of one explore.
 *
 * @throws ScorerError as the reads do
 */
export async function checkQuery(
  sdk: Describe,
  { model, queries }: LookerSource,
  index: number,
): Promise<UnknownColumns> {
  const columns = queries[index];
  const at = `looker.queries[${index}]`;
  if (columns === undefined) return { names: [], measures: [] };
  const known = await sdk.explore(model, columns.view);
  if (known !== null) return unknownColumns(columns, known, at);
  const measures = Object.keys(columns.fields);
  const costs = measures.flatMap(metricsOf);
  const kind = `explore of the model ${model}`;
  return { names: [unknownName({ at: `${at}.view`, kind, name: columns.view, known: [], costs })], measures };
}

/** The same of a saved Look. */
export async function checkLook(
  sdk: Describe,
  { looks }: Pick<LookerSource, 'looks'>,
  index: number,
): Promise<UnknownColumns> {
  const columns = looks[index];
  const at = `looker.looks[${index}]`;
  if (columns === undefined) return { names: [], measures: [] };
  const look = await sdk.look(columns.look_id);
  if (look !== null) return unknownColumns(columns, look.fields, at);
  const measures = Object.keys(columns.fields);
  const costs = measures.flatMap(metricsOf);
  const name = String(columns.look_id);
  return {
    names: [unknownName({ at: `${at}.look_id`, kind: 'saved Look', name, known: [], costs })],
    measures,
  };
}

/**
 * Signs in to Looker and lists the explores, Looks and fields of sources.yaml that it does not have.
 *
 * @throws ScorerError SOURCE_REFUSED, SOURCE_DOWN, SOURCE_UNEXPECTED
 * @example await checkLookerNames({ sdk, settings }) // => []
 */
export async function checkLookerNames({
  sdk,
  settings,
}: {
  readonly sdk: LookerSdk;
  readonly settings: LookerSource;
}): Promise<readonly UnknownName[]> {
  await sdk.login();
  const unknown: UnknownName[] = [];
  // One after the other: queries share the instance with people who look at dashboards.
  for (const index of settings.queries.keys())
    unknown.push(...(await checkQuery(sdk, settings, index)).names);
  for (const index of settings.looks.keys()) unknown.push(...(await checkLook(sdk, settings, index)).names);
  return unknown;
}
