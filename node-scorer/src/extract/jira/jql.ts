import { ScorerError } from '../../errors.ts';
import type { JiraSource } from './settings.ts';
import type { Window } from '../../facts/index.ts';

const DAY_MS = 86_400_000;
/** The category of statuses that are done: one id in every Jira, while its name follows the language of the site. */
const DONE_CATEGORY = 3;
const CONTROL = /\p{Cc}/u;

/**
 * A value as JQL text: in double quotes, backslash and quote escaped. Nothing is ever put into JQL unquoted.
 *
 * @throws ScorerError SOURCE_SETTINGS when it holds a control character, which no name in Jira does
 * @example quote('O"Hara\\') // => '"O\\"Hara\\\\"'
 */
export function quote(value: string): string {
  if (CONTROL.test(value)) {
    const shown = JSON.stringify(value);
    throw new ScorerError('SOURCE_SETTINGS', `Jira: the name ${shown} holds a control character; correct it`);
  }
  return `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

/** `yyyy-MM-dd HH:mm`: without a time of day, `<` a day would mean its first minute. */
const minute = (at: number): string => quote(new Date(at).toISOString().slice(0, 16).replace('T', ' '));

const list = (values: readonly string[]): string => values.map(quote).join(', ');

/**
 * One question for all projects: every bug that existed in the window and either is open now or changed since
 * the window began. What was done before the window and not touched since cannot matter to it.
 *
 * JQL reads times in the time zone of the user whose token we hold. Zones differ by at most 14 hours, so a day
 * more on both sides asks for enough in any of them; the cut is made on the timestamps of the answer.
 *
 * @see https://support.atlassian.com/jira-software-cloud/docs/jql-fields/#Status-category
 * @example bugsJql(['ABC'], ['Bug'], { open_by: 'status_category' }, october)
 * // => 'project in ("ABC") AND issuetype in ("Bug") AND created < "2026-11-02 00:00" AND
 * //     (statusCategory != 3 OR updated >= "2026-09-30 00:00") ORDER BY id ASC'
 */
export function bugsJql(
  projects: readonly string[],
  types: readonly string[],
  { open_by: openBy }: Pick<JiraSource, 'open_by'>,
  { start, end }: Pick<Window, 'start' | 'end'>,
): string {
  const open = openBy === 'resolution' ? 'resolution is EMPTY' : `statusCategory != ${DONE_CATEGORY}`;
  return [
    `project in (${list(projects)})`,
    `issuetype in (${list(types)})`,
    `created < ${minute(end + DAY_MS)}`,
    `(${open} OR updated >= ${minute(start - DAY_MS)}) ORDER BY id ASC`,
  ].join(' AND ');
}
