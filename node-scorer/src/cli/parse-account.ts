import {
  checkSignal,
  isPeriod,
  lastDayOf,
  MISSING_REASONS,
  SEGMENTS,
  type AccountInput,
  type MissingReason,
  type Reading,
  type Segment,
  type Signal,
} from '../scoring/index.ts';

/** An account as it can be scored, or everything that is wrong with its line. */
export type ParsedAccount =
  | { readonly account: AccountInput; readonly problems?: undefined }
  | { readonly problems: readonly string[] };

type Json = Readonly<Record<string, unknown>>;

const KEYS = ['accountId', 'name', 'segment', 'period', 'metrics', 'missing', 'signals'];
const SIGNAL_KEYS = [
  'id',
  'severity',
  'status',
  'confidence',
  'observedOn',
  'monitoringFrom',
  'resolvedOn',
  'expiresOn',
];

/**
 * Reads one input line of `score` and `explain` (DESIGN §5). Strict, because what is quietly left out makes an
 * account look better: a misspelt `signals` would lift a cap, a misspelt metric would be missing.
 *
 * @param isKnown is this a metric of the catalogue, or of a model in use?
 * @example parseAccount('{"accountId":"A"}', isKnown).problems?.[0] // => 'segment: found nothing, expected paid, standard'
 */
export function parseAccount(text: string, isKnown: (metric: string) => boolean): ParsedAccount {
  const line = parseJson(text);
  return typeof line === 'string' ? { problems: [line] } : readAccount(line, isKnown);
}

/**
 * The same for a line that is no text any more.
 *
 * @example readAccount({ accountId: 'A' }, isKnown).problems?.[0] // => 'segment: found nothing, expected paid, standard'
 */
export function readAccount(line: unknown, isKnown: (metric: string) => boolean): ParsedAccount {
  if (!isJson(line)) return { problems: [`found ${describe(line)}, expected one JSON object`] };
  const problems: string[] = [];
  for (const key of Object.keys(line)) {
    if (!KEYS.includes(key)) problems.push(`${key}: found an unknown field, expected ${KEYS.join(', ')}`);
  }
  const { accountId, name = accountId, segment, period } = line;
  if (typeof accountId !== 'string' || accountId.trim() === '')
    problems.push(told('accountId', accountId, 'an id'));
  else if (typeof name !== 'string') problems.push(told('name', name, 'a text'));
  if (!isSegment(segment)) problems.push(told('segment', segment, SEGMENTS.join(', ')));
  if (!isPeriod(period)) problems.push(told('period', period, 'a month such as 2026-10'));
  const readings = readReadings(line['metrics'], line['missing'] ?? {}, isKnown, problems);
  const signals = readSignals(line['signals'] ?? [], problems);
  if (problems.length > 0) return { problems };
  return {
    account: {
      accountId: accountId as string,
      name: name as string,
      segment: segment as Segment,
      period: period as string,
      asOf: lastDayOf(period as string),
      readings,
      signals,
    },
  };
}

function readReadings(
  metrics: unknown,
  missing: unknown,
  isKnown: (metric: string) => boolean,
  problems: string[],
): Record<string, Reading> {
  // Without a prototype: no metric can be taken for one of its members.
  const readings = Object.create(null) as Record<string, Reading>;
  if (!isJson(metrics)) problems.push(told('metrics', metrics, 'a map from metric to value'));
  if (!isJson(missing)) problems.push(told('missing', missing, 'a map from metric to reason'));
  const values = isJson(metrics) ? metrics : {};
  const reasons = isJson(missing) ? missing : {};
  for (const id of Object.keys(values)) {
    const value = values[id];
    // A finite value gets 0 added, which turns a negative zero into the plain one.
    if (!isKnown(id)) problems.push(unknown('metrics', id));
    else if (value === null) readings[id] = { value: null, missing: 'not_configured' };
    else if (typeof value === 'number' && Number.isFinite(value)) readings[id] = { value: value + 0 };
    else problems.push(told(`metrics.${id}`, value, 'a finite number or null'));
  }
  for (const id of Object.keys(reasons)) {
    const reason = reasons[id];
    if (!isKnown(id)) problems.push(unknown('missing', id));
    else if (!isReason(reason)) problems.push(told(`missing.${id}`, reason, MISSING_REASONS.join(', ')));
    else if (values[id] != null)
      problems.push(`missing.${id}: found ${reason} beside a value, expected one of them`);
    else readings[id] = { value: null, missing: reason };
  }
  return readings;
}

function readSignals(value: unknown, problems: string[]): Signal[] {
  if (!Array.isArray(value)) {
    problems.push(told('signals', value, 'a list'));
    return [];
  }
  return value.flatMap((item: unknown, i): Signal[] => {
    if (!isJson(item)) {
      problems.push(told(`signals[${i}]`, item, 'a signal'));
      return [];
    }
    for (const key of Object.keys(item)) {
      if (SIGNAL_KEYS.includes(key)) continue;
      problems.push(`signals[${i}].${key}: found an unknown field, expected ${SIGNAL_KEYS.join(', ')}`);
    }
    const signal = { monitoringFrom: null, resolvedOn: null, expiresOn: null, ...item };
    const wrong = checkSignal(signal);
    problems.push(...wrong.map((problem) => `signals[${i}].${problem}`));
    return wrong.length === 0 ? [signal as unknown as Signal] : [];
  });
}

/** The object on a line, or what is wrong with it. */
function parseJson(text: string): Json | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return `found no JSON (${error instanceof Error ? error.message : 'unreadable'}), expected one JSON object`;
  }
  return isJson(value) ? value : `found ${describe(value)}, expected one JSON object`;
}

const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isSegment = (value: unknown): value is Segment => (SEGMENTS as readonly unknown[]).includes(value);
const isReason = (value: unknown): value is MissingReason =>
  (MISSING_REASONS as readonly unknown[]).includes(value);

const told = (field: string, found: unknown, expected: string): string =>
  `${field}: found ${describe(found)}, expected ${expected}`;
const unknown = (field: string, id: string): string =>
  `${field}.${id}: found a metric that neither the catalogue nor the model knows; check its spelling`;

function describe(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  // Not as JSON: a value nested thousands deep would end the program instead of its line.
  if (typeof value === 'object') return Array.isArray(value) ? 'a list' : 'a map';
  // JSON knows no infinity, yet 1e999 becomes one.
  const text = typeof value === 'string' ? JSON.stringify(value) : `${value as number | boolean}`;
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
