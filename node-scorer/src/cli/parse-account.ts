import { z } from 'zod';
import { expecting, isMap, mapOf, note, text } from '../config/schema-parts.ts';
import { jsonTelling, readBySchema } from '../config/schema-problems.ts';
import { nearest } from '../config/nearest.ts';
import { formatProblem, type Problem } from '../errors.ts';
import {
  checkSignal,
  isPeriod,
  lastDayOf,
  MISSING_REASONS,
  SEGMENTS,
  type AccountInput,
  type Reading,
  type Signal,
} from '../scoring/index.ts';

/** An account as it can be scored, or everything that is wrong with its line. */
export type ParsedAccount =
  | { readonly account: AccountInput; readonly problems?: undefined }
  | { readonly problems: readonly string[] };

const NO_DATES = { monitoringFrom: null, resolvedOn: null, expiresOn: null };
const SIGNAL_KEYS = ['id', 'severity', 'status', 'confidence', 'observedOn', ...Object.keys(NO_DATES)];

/** A signal, as it stands there: the core judges it itself, so that every reader of signals refuses the same ones. */
const signal = z
  .preprocess((given) => (isMap(given) ? { ...NO_DATES, ...given } : given), z.custom<Partial<Signal>>(isMap))
  .superRefine((given, context) => {
    for (const key of Object.keys(given).filter((each) => !SIGNAL_KEYS.includes(each))) {
      note(context, [key], 'an unknown field', SIGNAL_KEYS.join(', '));
    }
    for (const problem of checkSignal(given)) {
      const [, field = '', found = '', expected = ''] =
        /^(\w+): found (.*?), expected (.*)$/s.exec(problem) ?? [];
      note(context, [field], found, expected);
    }
  })
  .transform((given) => given as Signal);

/**
 * An input line of `score` and `explain`. Strict, because what is quietly left out makes an account look
 * better: a misspelt `signals` would lift a cap.
 */
const LINE = z
  .strictObject({
    accountId: expecting(text(), 'an id'),
    name: z.string().optional(),
    segment: z.enum(SEGMENTS),
    period: expecting(z.string().refine(isPeriod), 'a month such as 2026-10'),
    metrics: expecting(
      mapOf(z.string(), expecting(z.number().nullable(), 'a finite number or null')),
      'a map from metric to value',
    ),
    missing: expecting(mapOf(z.string(), z.enum(MISSING_REASONS)), 'a map from metric to reason').nullish(),
    signals: z.array(expecting(signal, 'a signal')).nullish(),
  })
  .transform(({ accountId, name = accountId, segment, period, metrics, missing, signals }): AccountInput => {
    // Without a prototype: no metric can be taken for one of its members.
    const readings = Object.create(null) as Record<string, Reading>;
    for (const [id, value] of metrics) {
      // Adding 0 turns a negative zero into the plain one.
      readings[id] = value === null ? { value, missing: 'not_configured' } : { value: value + 0 };
    }
    for (const [id, reason] of missing ?? []) readings[id] = { value: null, missing: reason };
    return { accountId, name, segment, period, asOf: lastDayOf(period), readings, signals: signals ?? [] };
  });

const TELLING = jsonTelling('an unknown field');

/**
 * Reads one input line of `score` and `explain`.
 *
 * @param isKnown is this a metric of the catalogue, or of a model in use?
 * @param names of metrics, to tell which one a misspelt one means
 * @example parseAccount('{"accountId":"A"}', isKnown).problems?.[0] // => 'segment: found nothing, expected paid, standard'
 */
export function parseAccount(
  json: string,
  isKnown: (metric: string) => boolean,
  names: readonly string[] = [],
): ParsedAccount {
  try {
    return readAccount(JSON.parse(json), isKnown, names);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { problems: [`found no JSON (${error.message}), expected one JSON object`] };
  }
}

/**
 * The same for a line that is no text any more.
 *
 * @example readAccount({ accountId: 'A' }, isKnown).problems?.[0] // => 'segment: found nothing, expected paid, standard'
 */
export function readAccount(
  line: unknown,
  isKnown: (metric: string) => boolean,
  names: readonly string[] = [],
): ParsedAccount {
  if (!isMap(line)) return { problems: [`found ${TELLING.describe(line)}, expected one JSON object`] };
  const { value, problems } = readBySchema(LINE, line, TELLING);
  const all = [...problems, ...checkMetrics(line, isKnown, names)];
  return value === null || all.length > 0 ? { problems: all.map(formatProblem) } : { account: value };
}

/** Metrics that nobody knows, and values beside a reason. Looks at names alone, so that no other problem hides one. */
function checkMetrics(
  line: Readonly<Record<string, unknown>>,
  isKnown: (metric: string) => boolean,
  names: readonly string[],
): Problem[] {
  const [values, reasons] = [line['metrics'], line['missing']].map((map) => (isMap(map) ? map : {}));
  const unknown = (field: string, id: string): Problem => {
    const near = nearest(id, names);
    return {
      where: `${field}.${id}`,
      found: 'a metric that neither the catalogue nor the model knows',
      expected: 'one that is known',
      fix: near === null ? 'check its spelling' : `did you mean ${near}?`,
    };
  };
  const ofReason = ([id, reason]: [string, unknown]): Problem[] => {
    if (!isKnown(id)) return [unknown('missing', id)];
    if (typeof reason !== 'string' || values?.[id] == null) return [];
    return [{ where: `missing.${id}`, found: `${reason} beside a value`, expected: 'one of them' }];
  };
  return [
    ...Object.keys(values ?? {}).flatMap((id) => (isKnown(id) ? [] : [unknown('metrics', id)])),
    ...Object.entries(reasons ?? {}).flatMap(ofReason),
  ];
}
