import { checkFormat, isMap, meant, type Checks, type Fields, type Path, type TextForm } from './checks.ts';
import { LOOKER_MEASURES } from './known-names.ts';
import { complete, reader } from './reader.ts';
import { readSalesforce } from './read-salesforce.ts';
import type {
  ConversationTest,
  IntercomSource,
  JiraSource,
  LookerColumns,
  LookerLook,
  LookerQuery,
  LookerSource,
  Sources,
} from './sources.ts';

const ADDRESS: TextForm = {
  pattern: /^https?:\/\/[^\s?#@]+$/,
  name: 'an http(s) address without user, query or fragment',
  fix: 'for example https://api.intercom.io',
};
const API_VERSION: TextForm = {
  pattern: /^(\d+\.\d+|Preview)$/,
  name: 'a version such as "2.16"',
  fix: 'put it in quotes',
};
/** Looker's names: letters, digits and underscores; a field is `view.field`. */
const LOOKER_NAME: TextForm = { pattern: /^[A-Za-z_][A-Za-z0-9_]*$/, name: 'a LookML name' };
const LOOKER_FIELD: TextForm = {
  pattern: /^[A-Za-z_][A-Za-z0-9_]*\.[A-Za-z_][A-Za-z0-9_]*$/,
  name: 'a Looker field',
  fix: 'written view.field',
};
const TIMEZONE: TextForm = {
  pattern: /^[A-Za-z_]+([/+-][A-Za-z0-9_+-]+)*$/,
  name: 'a time zone such as Europe/London',
};
/**
 * Reads `sources.yaml`, every key of it: a misspelt one would quietly leave its metric without readings.
 *
 * @returns null with problems noted
 * @example readSources(plain, checks)?.intercom.api_version // => '2.16'
 */
export function readSources(value: unknown, checks: Checks): Sources | null {
  const top = checks.fields(value, [], ['version', 'intercom', 'jira', 'looker', 'salesforce']);
  if (top === null) return null;
  checkFormat(top, checks);
  const part = <T>(key: string, read: (value: unknown, checks: Checks, path: Path) => T | null): T | null =>
    Object.hasOwn(top, key) ? read(top[key], checks, [key]) : null;
  const intercom = part('intercom', readIntercom);
  const jira = part('jira', readJira);
  const looker = part('looker', readLooker);
  const salesforce = part('salesforce', readSalesforce);
  return complete({ intercom, jira, looker, salesforce });
}

function readIntercom(value: unknown, checks: Checks, path: Path): IntercomSource | null {
  const keys = ['api_version', 'base_url', 'company_id', 'exclude_delivered_as', 'p1_p2', 'escalation'];
  const read = reader(checks.fields(value, path, keys), path);
  const api_version = read('api_version', (item, here) => checks.text(item, here, API_VERSION));
  const base_url = read('base_url', (item, here) => checks.text(item, here, ADDRESS));
  const company_id = read('company_id', (item, here) =>
    checks.oneOf(item, here, ['intercom', 'external'] as const),
  );
  const exclude_delivered_as = read('exclude_delivered_as', (item, here) => readTexts(item, checks, here));
  const p1_p2 = read('p1_p2', (item, here) => readTests(item, checks, here));
  const escalation = read('escalation', (item, here) => readTests(item, checks, here));
  return complete({ api_version, base_url, company_id, exclude_delivered_as, p1_p2, escalation });
}

const readTests = (value: unknown, checks: Checks, path: Path): readonly ConversationTest[] | null =>
  readEach(value, checks, path, (item, here) => readTest(item, checks, here));

function readTest(value: unknown, checks: Checks, path: Path): ConversationTest | null {
  const kinds = ['priority', 'tag', 'team', 'custom_attribute'];
  const fields = checks.fields(value, path, [], kinds);
  if (fields === null) return null;
  const given = kinds.filter((kind) => Object.hasOwn(fields, kind));
  const [kind] = given;
  if (kind === undefined || given.length > 1) {
    const found = given.length === 0 ? 'no test' : given.join(' and ');
    return checks.add(path, found, `one of ${kinds.join(', ')}`, 'make each a test of its own');
  }
  if (kind === 'custom_attribute') return readAttributeTest(fields[kind], checks, [...path, kind]);
  const texts = readTexts(fields[kind], checks, [...path, kind]);
  if (texts === null) return null;
  if (kind === 'priority') return { priority: texts };
  return kind === 'tag' ? { tag: texts } : { team: texts };
}

function readAttributeTest(value: unknown, checks: Checks, path: Path): ConversationTest | null {
  const read = reader(checks.fields(value, path, ['name', 'equals']), path);
  const name = read('name', (item, here) => checks.text(item, here));
  const equals = read('equals', (item, here) =>
    typeof item === 'string' ||
    typeof item === 'boolean' ||
    (typeof item === 'number' && Number.isFinite(item))
      ? item
      : checks.add(here, isMap(item) ? 'a map' : String(item), 'a text, a number, true or false'),
  );
  return name === null || equals === null ? null : { custom_attribute: { name, equals } };
}

function readJira(value: unknown, checks: Checks, path: Path): JiraSource | null {
  const keys = ['edition', 'bug_issue_types', 'critical_priorities', 'open_by', 'timezone'];
  const read = reader(checks.fields(value, path, keys), path);
  const edition = read('edition', (item, here) =>
    checks.oneOf(item, here, ['auto', 'cloud', 'datacenter'] as const),
  );
  const bug_issue_types = read('bug_issue_types', (item, here) => readTexts(item, checks, here));
  const critical_priorities = read('critical_priorities', (item, here) => readTexts(item, checks, here));
  const open_by = read('open_by', (item, here) =>
    checks.oneOf(item, here, ['status_category', 'resolution'] as const),
  );
  const timezone = read('timezone', (item, here) => checks.text(item, here, TIMEZONE));
  return complete({ edition, bug_issue_types, critical_priorities, open_by, timezone });
}

function readLooker(value: unknown, checks: Checks, path: Path): LookerSource | null {
  const read = reader(checks.fields(value, path, ['model', 'timezone', 'queries', 'looks']), path);
  const model = read('model', (item, here) => checks.text(item, here, LOOKER_NAME));
  const timezone = read('timezone', (item, here) => checks.text(item, here, TIMEZONE));
  const queries = read('queries', (item, here) =>
    readEach(item, checks, here, (q, at) => readQuery(q, checks, at)),
  );
  const looks = read('looks', (item, here) =>
    readEach(item, checks, here, (look, at) => readLook(look, checks, at)),
  );
  return complete({ model, timezone, queries, looks });
}

function readQuery(value: unknown, checks: Checks, path: Path): LookerQuery | null {
  const fields = checks.fields(value, path, ['view', 'id', 'date', 'fields'], ['fractions']);
  const view = reader(fields, path)('view', (item, here) => checks.text(item, here, LOOKER_NAME));
  const columns = readColumns(fields, checks, path);
  return columns && complete({ view, ...columns });
}

function readLook(value: unknown, checks: Checks, path: Path): LookerLook | null {
  const fields = checks.fields(value, path, ['look_id', 'id', 'date', 'fields'], ['fractions']);
  const range = { from: 1, to: 1e9, whole: true };
  const look_id = reader(fields, path)('look_id', (item, here) => checks.number(item, here, range));
  const columns = readColumns(fields, checks, path);
  return columns && complete({ look_id, ...columns });
}

function readColumns(fields: Fields | null, checks: Checks, path: Path): LookerColumns | null {
  const read = reader(fields, path);
  const id = read('id', (item, here) => checks.text(item, here, LOOKER_FIELD));
  const date = read('date', (item, here) => checks.text(item, here, LOOKER_FIELD));
  const measures = read('fields', (item, here) => {
    const entries = checks.entries(item, here);
    if (entries === null) return null;
    if (entries.length === 0) return checks.add(here, 'no field', 'at least one');
    const named = entries.map(([name, field]): [string, string] | null => {
      const ours = readMeasure(name, checks, [...here, name]);
      const theirs = checks.text(field, [...here, name], LOOKER_FIELD);
      return ours === null || theirs === null ? null : [ours, theirs];
    });
    const right = named.filter((entry) => entry !== null);
    return right.length === named.length ? Object.fromEntries(right) : null;
  });
  const columns = complete({ id, date, fields: measures });
  if (columns === null || fields === null || !Object.hasOwn(fields, 'fractions')) return columns;
  const fractions = readTexts(fields['fractions'], checks, [...path, 'fractions']);
  for (const [i, name] of (fractions ?? []).entries()) {
    if (!Object.hasOwn(columns.fields, name)) {
      checks.add([...path, 'fractions', i], name, `one of ${Object.keys(columns.fields).join(', ')}`);
    }
  }
  return fractions && { ...columns, fractions };
}

/** Our name of a measure: another one would be read and dropped. */
function readMeasure(name: string, checks: Checks, path: Path): string | null {
  if (LOOKER_MEASURES.includes(name)) return name;
  const near = meant(name, LOOKER_MEASURES);
  const fix = near === undefined ? 'remove it' : `did you mean ${near}?`;
  return checks.add(
    path,
    `the measure ${name}`,
    `one that a metric is made of: ${LOOKER_MEASURES.join(', ')}`,
    fix,
  );
}

const readTexts = (value: unknown, checks: Checks, path: Path): readonly string[] | null =>
  readEach(value, checks, path, (item, here) => checks.text(item, here));

function readEach<T>(
  value: unknown,
  checks: Checks,
  path: Path,
  read: (item: unknown, path: Path) => T | null,
): readonly T[] | null {
  const items = checks.list(value, path)?.map((item, i) => read(item, [...path, i])) ?? null;
  if (items === null) return null;
  const right = items.filter((item) => item !== null);
  return right.length === items.length ? right : null;
}
