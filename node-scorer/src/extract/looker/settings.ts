import { z } from 'zod';
import { nearest } from '../../config/nearest.ts';
import {
  mapOf,
  note,
  textOf,
  texts,
  timezone,
  wholeNumber,
  type DeepReadonly,
} from '../../config/schema-parts.ts';
import { CATALOGUE } from '../../metrics/catalogue.ts';

/** What `fields` of a Looker query may give: what metrics are made of, and the pillars of platform value. */
const LOOKER_MEASURES: readonly string[] = [
  ...['dau', 'mau', 'login_frequency', 'features_used', 'features_licensed'],
  ...CATALOGUE.filter(({ source, unit }) => source === 'looker' && unit === 'score').map(({ id }) => id),
];

/** Looker's names: letters, digits and underscores; a field is `view.field`. */
const lookerName = textOf(/^[A-Za-z_][A-Za-z0-9_]*$/, 'a LookML name');
const lookerField = textOf(
  /^[A-Za-z_][A-Za-z0-9_]*\.[A-Za-z_][A-Za-z0-9_]*$/,
  'a Looker field',
  'written view.field',
);

/** Our name of a measure: another one would be read and dropped. */
const measure = z.string().superRefine((name, context) => {
  if (LOOKER_MEASURES.includes(name)) return;
  const near = nearest(name, LOOKER_MEASURES);
  const expected = `one that a metric is made of: ${LOOKER_MEASURES.join(', ')}`;
  note(context, [], `the measure ${name}`, expected, near === null ? 'remove it' : `did you mean ${near}?`);
});

const columns = {
  /** Field that holds the customer's id. */
  id: lookerField,
  /** Field that holds the month. */
  date: lookerField,
  /** Our name of a measure (`dau`, `features_used`, `messaging` …) to Looker's field. */
  fields: mapOf(measure, lookerField)
    .superRefine((fields, context) => {
      if (fields.size === 0) note(context, [], 'no field', 'at least one');
    })
    .transform((fields): Record<string, string> => Object.fromEntries(fields)),
  /** Names of those that arrive as fractions of 1 and are percentages to us; the others come as they are. */
  fractions: texts.exactOptional(),
};

const checkFractions = (
  { fields, fractions = [] }: { fields: Record<string, string>; fractions?: string[] | undefined },
  context: z.RefinementCtx,
): void => {
  fractions.forEach((name, i) => {
    if (Object.hasOwn(fields, name)) return;
    note(context, ['fractions', i], name, `one of ${Object.keys(fields).join(', ')}`);
  });
};

/** What `sources.yaml` says of Looker. */
export const SETTINGS = z.strictObject({
  model: lookerName,
  timezone,
  /** Inline queries: one explore, all customers. */
  queries: z.array(z.strictObject({ view: lookerName, ...columns }).superRefine(checkFractions)),
  /** Saved Looks. */
  looks: z.array(z.strictObject({ look_id: wholeNumber(1, 1e9), ...columns }).superRefine(checkFractions)),
});

export type LookerSource = DeepReadonly<z.output<typeof SETTINGS>>;
export type LookerColumns = Omit<LookerSource['queries'][number], 'view'>;
