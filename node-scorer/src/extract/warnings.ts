import type { Note } from './extraction.ts';

/** So many notes of one code are kept in full; the rest is only counted. */
const SHOWN_PER_CODE = 10;

/** Collects notes without letting one bad feed fill the report. */
export interface Warnings {
  readonly add: (code: string, message: string, accountId?: string) => void;
  readonly all: () => readonly Note[];
}

/**
 * A note book of one source: the first ten notes of a code as they are, then one line that counts the others.
 *
 * @example
 * const notes = collectWarnings('jira');
 * notes.add('unknown_project', 'project ABC: not found');
 * notes.all() // => [{ source: 'jira', code: 'unknown_project', message: 'project ABC: not found' }]
 */
export function collectWarnings(source: string): Warnings {
  const byCode = new Map<string, Note[]>();
  return {
    add: (code, message, accountId) => {
      const note = { source, code, message, ...(accountId === undefined ? {} : { accountId }) };
      byCode.set(code, [...(byCode.get(code) ?? []), note]);
    },
    all: () =>
      [...byCode].flatMap(([code, notes]) => {
        const more = notes.length - SHOWN_PER_CODE;
        // What concerns one account is looked up by account, so none of those is left out.
        if (more <= 0 || notes.every(({ accountId }) => accountId !== undefined)) return notes;
        return [...notes.slice(0, SHOWN_PER_CODE), { source, code, message: `and ${more} more of these` }];
      }),
  };
}
