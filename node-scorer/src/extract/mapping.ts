import { parse } from 'csv-parse/sync';
import { problemsError, ScorerError, type Problem } from '../errors.ts';
import type { Account } from '../facts/index.ts';
import { SEGMENTS } from '../scoring/index.ts';
import { toId18 } from './salesforce/account-id.ts';

const COLUMNS = [
  'sf_account_id',
  'intercom_company_id',
  'looker_customer_id',
  'account_name',
  'segment',
  'jira_project_key',
  'jira_component',
] as const;

type Column = (typeof COLUMNS)[number];

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
  const unknown = names.filter((name) => !COLUMNS.some((column) => column === name));
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
    const cell = (column: Column): string | null => {
      const value = cells[names.indexOf(column)]?.trim() ?? '';
      return value === '' ? null : value;
    };
    const raw = cell('sf_account_id');
    const id = raw?.startsWith('001') ? toId18(raw) : null;
    if (id === null) {
      problem(
        line,
        'sf_account_id',
        JSON.stringify(raw ?? ''),
        'an Account id (001…) of 15 or 18 characters',
      );
    } else if (seen.has(id)) {
      problem(line, 'sf_account_id', `${id} again`, 'each account once', `see line ${seen.get(id)}`);
    } else {
      seen.set(id, line);
    }
    for (const column of ['intercom_company_id', 'looker_customer_id'] as const) {
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
    if (cell('jira_component') !== null && cell('jira_project_key') === null) {
      problem(line, 'jira_project_key', 'nothing', 'a project, because a component is named');
    }
    if (id === null || segment === undefined) continue;
    accounts.push({
      id,
      name: cell('account_name') ?? id,
      segment,
      intercomCompanyId: cell('intercom_company_id'),
      lookerCustomerId: cell('looker_customer_id'),
      jiraProjectKey: cell('jira_project_key'),
      jiraComponent: cell('jira_component'),
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
