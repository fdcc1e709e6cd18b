import type { LookerSource } from './settings.ts';
import { formatProblem, ScorerError } from '../../errors.ts';
import type { Given, Window } from '../../facts/index.ts';
import { inParallel } from '../../http/in-parallel.ts';
import type { Warnings } from '../warnings.ts';
import { entriesOf, type Entry } from './entries.ts';
import { dayOf, monthsBefore } from './month.ts';
import type { UnknownColumns } from './names.ts';
import { readRows, type Strays, type UsageRow } from './rows.ts';
import type { LookerSdk } from './sdk.ts';

/** Queries share the instance with people who look at dashboards. */
const AT_ONCE = 2;
export const LOOK_BACK_MONTHS = 3;
/** Before anything that is asked about. */
const FIRST_DAY = '2000-01-01';
const NO_MAU: readonly number[] = [];

/** What one entry of the settings answered. */
export interface Answer {
  /** Our names of its measures. */
  readonly measures: readonly string[];
  /** Those of which Looker does not know the column; all of them where it does not know the entry. */
  readonly unknown: readonly string[];
  /** Rows of the window; null when the question failed, or could not be asked at all. */
  readonly window: ReadonlyMap<string, UsageRow> | null;
  /**
   * Customers seen in the months before the window, with their `mau` of each month where the question has it. Not
   * the rows: there are three times as many of them as in the window, and nothing else of them is ever read.
   */
  readonly earlier: ReadonlyMap<string, readonly Given<number>[]>;
  /** Measures that customers had a value of before the window. */
  readonly had: ReadonlyMap<string, ReadonlySet<string>>;
  /** Rows of which nobody can tell whose they are. */
  readonly lost: LostRows;
  /** It has never held a row. */
  readonly never?: boolean;
}

/** Where the row of a customer is missing, and may be among those that could not be read. */
export interface LostRows {
  readonly inWindow: (customerId: string) => boolean;
  /** So many months of the look-back. */
  readonly before: (customerId: string) => number;
  /** In the window or before it, whether there are others of the customer or not. */
  readonly ever: (customerId: string) => boolean;
}

const NONE_LOST: LostRows = { inWindow: () => false, before: () => 0, ever: () => false };
const NOTHING_READ = { window: null, earlier: new Map(), had: new Map(), lost: NONE_LOST } as const;

/**
 * Asks every entry of the settings, for all customers at once. Each may fail by itself. One that is refused, or lacks
 * a column, is looked up in Looker: names that Looker does not know are told, and the entry is asked without them.
 *
 * A complete window is a month, so one question gives it and the months before. The running window is the last
 * thirty days, which no month column can give: the entry is then asked without its month over exactly those
 * days, and the entry with `mau` once more by month for what lies before.
 *
 * @throws ScorerError SOURCE_REFUSED
 */
export async function askAll(
  sdk: LookerSdk,
  settings: LookerSource,
  window: Window,
  notes: Warnings,
): Promise<readonly Answer[]> {
  return inParallel(entriesOf(sdk, settings), AT_ONCE, async (entry): Promise<Answer> => {
    const first = await tryAsk(entry, window);
    const toAsk = 'failed' in first ? askableAgain(first.failed) : first.absent.length > 0;
    const unknown = toAsk ? await namesUnknown(entry) : NO_NAMES;
    for (const name of unknown.names) notes.add('unknown_name', formatProblem(name));
    const measures = Object.keys(entry.columns.fields);
    const lacks = { measures, unknown: unknown.measures };
    if (unknown.measures.length === measures.length) return { ...lacks, ...NOTHING_READ };
    const known = entry.without(unknown.measures);
    const parts = 'failed' in first && unknown.names.length > 0 ? await tryAsk(known, window) : first;
    if ('failed' in parts) {
      notes.add('query_failed', parts.failed.message);
      return { ...lacks, ...NOTHING_READ };
    }
    const { bad, absent, ...read } = parts;
    for (const each of bad) notes.add('bad_record', each);
    // Looker has these, and has not answered them.
    for (const measure of absent.filter((each) => !unknown.measures.includes(each)))
      notes.add(
        'query_failed',
        `Looker: ${entry.name}: no row has ${entry.columns.fields[measure] ?? measure}`,
      );
    return { ...lacks, ...read };
  });
}

/** Customers whom the answers of the look-back leave open, as all that lies before the window shows them. */
export interface SeenBefore {
  /** Measures that each had a value of; one without any is there too. */
  readonly had: ReadonlyMap<string, ReadonlySet<string>>;
  /** Was everything read? Else who is not among them may have been seen all the same. */
  readonly whole: boolean;
}

/**
 * Asks the inline queries for everybody who was ever seen before the window: a question each, and no months.
 *
 * @param answers what the entries answered, in their order: columns that Looker does not know are not asked for again
 */
export async function askBefore(
  sdk: LookerSdk,
  settings: LookerSource,
  { period }: Window,
  answers: readonly Answer[],
  notes: Warnings,
): Promise<SeenBefore> {
  const had = new Map<string, Set<string>>();
  const entries = entriesOf(sdk, settings)
    .map((entry, i) => entry.without(answers[i]?.unknown ?? []))
    .filter(({ byMonthOnly, columns }) => !byMonthOnly && Object.keys(columns.fields).length > 0);
  const whole = await inParallel(entries, AT_ONCE, async ({ name, columns, ask }) => {
    try {
      const { rows, strays } = readRows(name, await ask(FIRST_DAY, `${period}-01`, false), columns, false);
      for (const { customerId, values } of rows) {
        const own = had.get(customerId) ?? new Set();
        for (const [measure, value] of Object.entries(values)) if (value !== null) own.add(measure);
        had.set(customerId, own);
      }
      return strays.isEmpty;
    } catch (error) {
      notes.add('query_failed', `who was seen before ${period}: ${failureOf(error).message}`);
      return false;
    }
  });
  return { had, whole: whole.every((one) => one) };
}

const NO_NAMES: UnknownColumns = { names: [], measures: [] };

/** May a name that Looker does not know be behind it? It has several ways of saying so, and rows are one. */
const askableAgain = ({ code }: ScorerError): boolean =>
  code === 'SOURCE_SETTINGS' || code === 'SOURCE_UNEXPECTED';

/** What Looker does not know; nothing where we may not ask, or it does not say. */
async function namesUnknown(entry: Entry): Promise<UnknownColumns> {
  try {
    return await entry.unknown();
  } catch (error) {
    if (error instanceof ScorerError && error.code === 'SOURCE_REFUSED') return NO_NAMES;
    failureOf(error);
    return NO_NAMES;
  }
}

/** A failure that costs this question only; refused credentials and defects end the read. */
function failureOf(error: unknown): ScorerError {
  if (!(error instanceof ScorerError) || error.kind === 'defect' || error.code === 'SOURCE_REFUSED')
    throw error;
  return error;
}

async function tryAsk(entry: Entry, window: Window): Promise<Parts | { readonly failed: ScorerError }> {
  try {
    return await (window.complete ? askMonth(entry, window) : askRunning(entry, window));
  } catch (error) {
    return { failed: failureOf(error) };
  }
}

interface Parts extends Pick<Answer, 'window' | 'earlier' | 'had' | 'lost'> {
  readonly absent: readonly string[];
  readonly bad: readonly string[];
}

async function askMonth({ name, columns, ask }: Entry, { period, end }: Window): Promise<Parts> {
  const first = monthsBefore(period, LOOK_BACK_MONTHS);
  const read = readRows(name, await ask(`${first}-01`, dayOf(end), true), columns, true);
  const window = byCustomer(read.rows.filter(({ month }) => month === period));
  return {
    window,
    earlier: earlierOf(read.rows, first, period),
    had: measuresIn(read.rows, period),
    lost: lostOf(window, { ...read, inWindow: period }, read, period),
    absent: read.absent,
    bad: read.bad,
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
      : { rows: [], strays: now.strays, bad: [] };
  const rows = byCustomer(now.rows);
  return {
    window: rows,
    earlier: earlierOf(before.rows, first, period),
    had: measuresIn(before.rows, period),
    lost: lostOf(rows, { ...now, inWindow: null }, before, period),
    absent: now.absent,
    bad: [...now.bad, ...before.bad],
  };
}

const byCustomer = (rows: readonly UsageRow[]): ReadonlyMap<string, UsageRow> =>
  new Map(rows.map((row) => [row.customerId, row]));

/** Whose rows may be among the strays; looked up row by row only where there are some. */
function lostOf(
  window: ReadonlyMap<string, UsageRow>,
  now: { readonly strays: Strays; readonly inWindow: string | null },
  before: { readonly rows: readonly UsageRow[]; readonly strays: Strays },
  period: string,
): LostRows {
  if (now.strays.isEmpty && before.strays.isEmpty) return NONE_LOST;
  const months = Array.from({ length: LOOK_BACK_MONTHS }, (_, back) => monthsBefore(period, back + 1));
  const present = new Set(before.rows.map(({ month, customerId }) => `${month} ${customerId}`));
  return {
    inWindow: (id) => !window.has(id) && now.strays.mayBeOf(id, now.inWindow),
    before: (id) =>
      months.filter((month) => !present.has(`${month} ${id}`) && before.strays.mayBeOf(id, month)).length,
    ever: (id) => now.strays.mayBeOf(id, null) || before.strays.mayBeOf(id, null),
  };
}

/** Of each customer the measures with a value before the window; equal sets are one, for there are thousands of customers. */
function measuresIn(rows: readonly UsageRow[], period: string): Answer['had'] {
  const sets = new Map<string, ReadonlySet<string>>();
  const had = new Map<string, ReadonlySet<string>>();
  for (const { customerId, month, values } of rows) {
    if (month === null || month >= period) continue;
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
  const earlier = new Map<string, readonly Given<number>[]>();
  for (const { customerId, month, values } of rows) {
    if (month === null || month < first || month >= period) continue;
    const before = earlier.get(customerId) ?? NO_MAU;
    const mau = values['mau'] ?? null;
    // Nobody has less than no users.
    const users = typeof mau === 'number' && mau < 0 ? 'invalid' : mau;
    earlier.set(customerId, users === null ? before : [...before, users]);
  }
  return earlier;
}
