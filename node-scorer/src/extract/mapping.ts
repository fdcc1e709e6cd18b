import { parse } from 'csv-parse/sync';
import { problemsError, ScorerError, type Problem } from '../errors.ts';
import type { Account } from '../facts/index.ts';
import { SEGMENTS } from '../scoring/index.ts';
import { mappedIds } from './mapped-ids.ts';
import { MAPPING_FIELDS } from './registry.ts';
import { toId18 } from './salesforce/account-id.ts';

const ID = 'sf_account_id';
/** In the order of the example; a file may have them in any. */
const COLUMNS: readonly string[] = [
  ID,
  ...MAPPING_FIELDS.filter(({ once }) => once === true).map(({ column }) => column),
  'account_name',
  'segment',
  ...MAPPING_FIELDS.filter(({ once }) => once !== true).map(({ column }) => column),
];

/**
 * Reads an account mapping (CSV with the header of config/account_mapping.example.csv). A byte-order mark and
 * CRLF are fine. All problems are listed at once, each with its line.
 *
 * @throws ScorerError MAPPING_INVALID
 * @example parseMapping('sf_account_id,…\n001000000000001,c1,…', 'map.csv')[0].id // => '001000000000001AAA'
 */
export function parseMapping(text: string, file: string): Account[] {
  const problems: Problem[] = [];
  const problem = (line: number, column: string, found: string, expected: string, fix?: string) =>
    problems.push({ where: `${file}:${line} ${column}`.trim(), found, expected, fix });

  const rows = readRows(text, file);
  const [header, ...body] = rows;
  if (header === undefined) {
    throw problemsError('MAPPING_INVALID', 'The account mapping', [
      { where: file, found: 'an empty file', expected: `the header ${COLUMNS.join(',')}` },
    ]);
  }
  const names = header.cells.map((cell) => cell.trim());
  for (const name of COLUMNS.filter((column) => !names.includes(column))) {
    problem(header.line, name, 'no such column', 'it in the header', `the header is ${COLUMNS.join(',')}`);
  }
  const unknown = names.filter((name) => !COLUMNS.includes(name));
  for (const name of new Set(names.filter((each, i) => names.indexOf(each) !== i))) {
    problem(header.line, name, 'the column twice', 'each column once');
  }
  for (const name of unknown) problem(header.line, name, 'an unknown column', `only ${COLUMNS.join(', ')}`);
  if (problems.length > 0) throw problemsError('MAPPING_INVALID', 'The account mapping', problems);

  const seen = new Map<string, number>();
  const taken = new Map<string, number>();
  const accounts: Account[] = [];
  for (const { line, cells } of body) {
    if (cells.length !== names.length) {
      problem(line, '', `${cells.length} cells`, `${names.length}`, 'a comma inside a name needs quotes');
      continue;
    }
    const cell = (column: string): string | null => {
      const value = cells[names.indexOf(column)]?.trim() ?? '';
      return value === '' ? null : value;
    };
    const raw = cell(ID);
    const id = raw?.startsWith('001') ? toId18(raw) : null;
    if (id === null) {
      problem(line, ID, JSON.stringify(raw ?? ''), 'an Account id (001…) of 15 or 18 characters');
    } else if (seen.has(id)) {
      problem(line, ID, `${id} again`, 'each account once', `see line ${seen.get(id)}`);
    } else {
      seen.set(id, line);
    }
    for (const { column } of MAPPING_FIELDS.filter(({ once }) => once === true)) {
      const value = cell(column);
      if (value === null) continue;
      const first = taken.get(`${column} ${value}`);
      if (first !== undefined)
        problem(line, column, `${value} again`, 'each customer once', `see line ${first}`);
      else taken.set(`${column} ${value}`, line);
    }
    const segment = SEGMENTS.find((each) => each === cell('segment')?.toLowerCase());
    if (segment === undefined) {
      problem(line, 'segment', JSON.stringify(cell('segment') ?? ''), SEGMENTS.join(' or '));
    }
    for (const { column, needs } of MAPPING_FIELDS) {
      if (needs === undefined || cell(column) === null || cell(needs.column) !== null) continue;
      problem(line, needs.column, 'nothing', needs.expected);
    }
    if (id === null || segment === undefined) continue;
    accounts.push({
      id,
      name: cell('account_name') ?? id,
      segment,
      ...mappedIds(({ column }) => cell(column)),
    });
  }
  if (body.length === 0) problem(header.line, '', 'no account', 'at least one line under the header');
  if (problems.length > 0) throw problemsError('MAPPING_INVALID', 'The account mapping', problems);
  return accounts;
}

function readRows(text: string, file: string): { line: number; cells: string[] }[] {
  try {
    const records = parse(text, {
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      info: true,
    }) as unknown as { info: { lines: number }; record: string[] }[];
    return records.map(({ info, record }) => ({ line: info.lines, cells: record }));
  } catch (error) {
    throw new ScorerError(
      'MAPPING_INVALID',
      `${file}: found ${error instanceof Error ? error.message : 'something unreadable'}, expected a CSV file`,
    );
  }
}
