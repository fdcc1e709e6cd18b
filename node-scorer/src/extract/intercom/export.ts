import { parse } from 'csv-parse/sync';
import type { ConversationTest, IntercomSource } from './settings.ts';
import { problemsError, ScorerError, type Problem } from '../../errors.ts';
import type { Conversation } from '../../facts/index.ts';
import type { MissingReason } from '../../scoring/index.ts';
import type { Extraction, ExtractionRequest } from '../extraction.ts';
import { collectWarnings, type Warnings } from '../warnings.ts';
import { assignToAccounts } from './assign-to-accounts.ts';
import type { Tested } from './names.ts';
import { parseConversation } from './parse.ts';
import { withoutUnasked } from './unasked.ts';

/** Columns of an export and the headings they are known by; case, spaces, dots and underscores do not matter. */
const COLUMNS = {
  id: ['conversation_id', 'id'],
  createdAt: ['created_at', 'conversation_started_at', 'conversation_created_at'],
  company: ['company_id'],
  state: ['state', 'conversation_state'],
  priority: ['priority', 'conversation_priority'],
  tags: ['tags', 'conversation_tags'],
  team: ['team_assignee_id', 'team_id'],
  deliveredAs: ['delivered_as', 'source.delivered_as'],
  firstResponse: [
    'time_to_admin_reply',
    'statistics.time_to_admin_reply',
    'time_to_first_response_(seconds)',
  ],
  resolution: ['time_to_last_close', 'statistics.time_to_last_close', 'time_to_close_(seconds)'],
  rating: ['rating', 'conversation_rating', 'conversation_rating.rating'],
  ratingRequested: [
    'rating_requested_at',
    'conversation_rating_requested_at',
    'conversation_rating.created_at',
  ],
} as const;

type Column = keyof typeof COLUMNS;
const ALWAYS: readonly Column[] = [
  'id',
  'createdAt',
  'company',
  'state',
  'firstResponse',
  'resolution',
  'rating',
  'ratingRequested',
];

type Row = Readonly<Record<string, string>>;

const plain = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[\s._]+/g, '_')
    .trim();

/**
 * Reads conversations from a CSV export instead of the API: the same facts, and so the same metrics. Times are
 * UNIX seconds or dates, read as UTC where they name no zone; durations are seconds; tags are separated by
 * commas or semicolons; a custom attribute that the settings test has a column of its name. Conversations
 * without a company belong to nobody: an export holds no contacts to ask.
 *
 * A column that a metric needs and the file lacks is an error, not a zero.
 *
 * @throws ScorerError INPUT_UNREADABLE with every missing column; SOURCE_UNEXPECTED when most rows are bad
 * @example (await readIntercomExport({ csv, file: 'october.csv', settings }, request)).facts.get('001…')
 * // => { known: [ … ] }
 */
export async function readIntercomExport(
  { csv, file, settings }: { readonly csv: string; readonly file: string; readonly settings: IntercomSource },
  { accounts, mapped, window, now }: ExtractionRequest,
): Promise<Extraction<readonly Conversation[]>> {
  const notes = collectWarnings('intercom');
  const { rows, headings } = rowsOf(csv, file, notes);
  const tests = [...settings.p1_p2, ...settings.escalation];
  checkColumns(headings, settings, file);
  const absent = (name: string): boolean => !headings.has(plain(name));
  for (const name of customNames(tests).filter(absent)) {
    notes.add('column_absent', `${file}: no column ${name}; nothing is known of that attribute`);
  }
  const records = rows.map((row) => recordOf(row, tests));
  const without = records.filter(({ company }) => company === null).length;
  if (without > 0)
    notes.add('no_company', `${file}: ${without} conversations name no company and count for nobody`);
  const parsed = withoutUnasked(
    records.map((record) => parseConversation(record, settings)),
    unaskedIn(settings, absent),
  );
  const contactCompanies = (): Promise<readonly never[]> => Promise.resolve([]);
  const facts = await assignToAccounts(parsed, {
    accounts,
    mapped,
    window,
    settings,
    contactCompanies,
    // A file holds the companies that wrote, and no others.
    unknownCompanies: () => Promise.resolve(new Set()),
    where: file,
    notes,
  });
  return { facts, observedAt: new Date(now()).toISOString(), notes: notes.all() };
}

function rowsOf(csv: string, file: string, notes: Warnings): { rows: Row[]; headings: ReadonlySet<string> } {
  let headings: string[] = [];
  try {
    const rows = parse<Row>(csv, {
      bom: true,
      skip_empty_lines: true,
      trim: true,
      columns: (names: string[]) => (headings = names.map(plain)),
      skip_records_with_error: true,
      on_skip: (error) => {
        notes.add(
          'bad_record',
          `${file}:${typeof error?.lines === 'number' ? error.lines : '?'}: ${error?.code ?? 'a row that cannot be read'}`,
        );
        return undefined;
      },
    });
    return { rows, headings: new Set(headings) };
  } catch (error) {
    const why = error instanceof Error ? error.message : 'it cannot be read';
    throw new ScorerError('INPUT_UNREADABLE', `${file}: no CSV export of conversations: ${why}`);
  }
}

/** A test without its column would let nothing pass: a share of zero that nobody measured. */
function checkColumns(headings: ReadonlySet<string>, settings: IntercomSource, file: string): void {
  const has = (column: Column): boolean => COLUMNS[column].some((name) => headings.has(plain(name)));
  const needed = new Set<Column>(ALWAYS);
  if (settings.exclude_delivered_as.length > 0) needed.add('deliveredAs');
  for (const test of [...settings.p1_p2, ...settings.escalation]) {
    if ('priority' in test) needed.add('priority');
    if ('tag' in test) needed.add('tags');
    if ('team' in test) needed.add('team');
  }
  const problems: Problem[] = [...needed]
    .filter((column) => !has(column))
    .map((column) => ({
      where: file,
      found: `no column ${COLUMNS[column][0]}`,
      expected: `one of ${COLUMNS[column].join(', ')}`,
      fix: 'export it too',
    }));
  if (problems.length > 0) throw problemsError('INPUT_UNREADABLE', 'The export of conversations', problems);
}

/** Tests of nothing but attributes that the file has no column for: nobody could pass them. */
function unaskedIn(
  settings: IntercomSource,
  absent: (name: string) => boolean,
): ReadonlyMap<Tested, MissingReason> {
  const unasked = new Map<Tested, MissingReason>();
  for (const list of ['p1_p2', 'escalation'] as const) {
    const tests = settings[list];
    const isUnasked = tests.every((test) => 'custom_attribute' in test && absent(test.custom_attribute.name));
    if (isUnasked) unasked.set(list, tests.length === 0 ? 'not_configured' : 'unknown_name');
  }
  return unasked;
}

const customNames = (tests: readonly ConversationTest[]): string[] =>
  tests.flatMap((test) => ('custom_attribute' in test ? [test.custom_attribute.name] : []));

/** A row in the shape of the API, so that one parser judges both. */
function recordOf(row: Row, tests: readonly ConversationTest[]) {
  const text = (column: Column): string | null => {
    const heading = COLUMNS[column].map(plain).find((name) => name in row);
    const value = heading === undefined ? '' : (row[heading] ?? '');
    return value === '' ? null : value;
  };
  const company = text('company');
  const rating = number(text('rating'));
  const requested = rating !== null || text('ratingRequested') !== null;
  return {
    id: text('id'),
    created_at: seconds(text('createdAt')),
    state: text('state')?.toLowerCase() ?? null,
    priority: text('priority'),
    company: company === null ? null : { id: company, company_id: company },
    tags: { tags: (text('tags') ?? '').split(/[,;]/).map((name) => ({ name: name.trim() })) },
    team_assignee_id: text('team'),
    source: { delivered_as: text('deliveredAs') },
    statistics: {
      time_to_admin_reply: number(text('firstResponse')),
      time_to_last_close: number(text('resolution')),
    },
    conversation_rating: requested
      ? { rating, created_at: text('ratingRequested') ?? text('createdAt') }
      : null,
    custom_attributes: Object.fromEntries(
      tests.flatMap((test) =>
        'custom_attribute' in test
          ? [
              [
                test.custom_attribute.name,
                likeType(row[plain(test.custom_attribute.name)], test.custom_attribute.equals),
              ],
            ]
          : [],
      ),
    ),
  };
}

/** CSV knows text only: the value as the type that the setting compares it with. */
function likeType(value: string | undefined, example: string | number | boolean): unknown {
  if (typeof example === 'boolean') return value?.toLowerCase() === 'true';
  return typeof example === 'number' ? number(value ?? null) : value;
}

/** A number; what is no number stays text, and the parser calls the record bad. */
const number = (value: string | null): number | string | null =>
  value === null || Number.isNaN(Number(value)) ? value : Number(value);

/** UNIX seconds from seconds or a date; a date without a zone is UTC. */
function seconds(value: string | null): number | string | null {
  if (value === null || /^\d+(\.\d+)?$/.test(value)) return number(value);
  const zoned = /(z|[+-]\d\d:?\d\d|utc|gmt)$/i.test(value) ? value : `${value.replace(' ', 'T')}Z`;
  const at = Date.parse(zoned);
  return Number.isNaN(at) ? value : at / 1_000;
}
