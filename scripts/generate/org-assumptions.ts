/**
 * What the local org takes for granted about a real one, from the marks in its source. Every file below local-org says
 * in comments where its behaviour comes from:
 *
 * - `Source: <address>`: the page of the vendor that says so;
 * - `Unproven: <what is assumed>.` with `See: <how to see it in a real org>.` and `If not: <what to do>.`: no page does;
 * - `Local: <why>.`: nothing here is an org's.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatted } from './text.ts';

export const ACCEPTANCE_PAGE = 'docs/org-acceptance.md';
const STAND_IN = 'local-org';
const BEGIN = '<!-- Generated from the marks in local-org by npm run generate; do not edit here. -->';
const END = '<!-- End of what is generated. -->';

/** One assumption that only a real org can prove or disprove. */
export interface Assumption {
  readonly file: string;
  readonly assumed: string;
  readonly see: string;
  readonly otherwise: string;
}
export interface Marks {
  /** Addresses of pages. */
  readonly sources: readonly string[];
  readonly assumptions: readonly Assumption[];
  readonly local: boolean;
}

/**
 * The marks of one file.
 *
 * @param text a source file; marks stand at the beginning of lines of comments and may go on over further lines
 * @throws Error naming file and mark when one is not whole
 * @example marksOf('a.ts', '// Source: https://example.com/page').sources // => ['https://example.com/page']
 */
export function marksOf(file: string, text: string): Marks {
  const lines = text
    .split('\n')
    .map((line) => /^\s*(?:\/\/|\/\*\*?|\*(?!\/))\s?(.*?)(?:\s*\*\/)?$/.exec(line)?.[1]?.trim() ?? '');
  const sources: string[] = [];
  const assumptions: Assumption[] = [];
  let local = false;
  for (const [i, line] of lines.entries()) {
    if (/^Sources?: /.test(line)) {
      const found = whole(lines, i).match(/https?:\/\/[^\s,)]+/g) ?? [];
      sources.push(...found.map((address) => address.replace(/\.$/, '')));
    }
    if (line.startsWith('Local: ')) local = true;
    if (!line.startsWith('Unproven: ')) continue;
    const said = whole(lines, i);
    const [, assumed, see, otherwise] =
      /^Unproven: (.+?)\.? See: (.+?)\.? If not: (.+?)\.?$/.exec(said) ?? [];
    if (assumed === undefined || see === undefined || otherwise === undefined)
      throw new Error(
        `${file}: found ${JSON.stringify(said.slice(0, 60))}, expected "Unproven: … See: … If not: …" in one comment`,
      );
    assumptions.push({ file, assumed, see, otherwise });
  }
  return { sources, assumptions, local };
}

/** A mark with the lines that it goes on over: up to an empty line, code, or another mark. */
function whole(lines: readonly string[], from: number): string {
  let to = from + 1;
  while (
    lines[to] !== '' &&
    lines[to] !== undefined &&
    !/^(Sources?|Unproven|Local|@\w+): ?/.test(lines[to] ?? '')
  )
    to += 1;
  return lines.slice(from, to).join(' ');
}

/** Marks of every file of the stand-in but its tests, by path, in the order of their names. */
export function standInMarks(root: string): ReadonlyMap<string, Marks> {
  const files = readdirSync(join(root, STAND_IN), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => `${STAND_IN}/${file.replaceAll('\\', '/')}`)
    .sort();
  return new Map(files.map((file) => [file, marksOf(file, readFileSync(join(root, file), 'utf8'))]));
}

/**
 * The page of what to walk through in a real org, with the list of assumptions as the marks have them today.
 *
 * @throws Error when the page has no place for the list
 */
export async function acceptancePage(root: string): Promise<string> {
  const page = readFileSync(join(root, ACCEPTANCE_PAGE), 'utf8');
  const [before, rest] = page.split(BEGIN);
  const [, after] = (rest ?? '').split(END);
  if (before === undefined || after === undefined)
    throw new Error(
      `${ACCEPTANCE_PAGE}: found no place for the list, expected the lines ${BEGIN} and ${END}`,
    );
  const all = [...standInMarks(root).values()].flatMap(({ assumptions }) => assumptions);
  const cell = (text: string): string => text.replaceAll('|', '\\|');
  const table = [
    '| we take for granted | how to see it | if not | written in |',
    '| --- | --- | --- | --- |',
    ...all.map(
      ({ file, assumed, see, otherwise }) =>
        `| ${cell(assumed)} | ${cell(see)} | ${cell(otherwise)} | \`${file.slice(STAND_IN.length + 1)}\` |`,
    ),
  ].join('\n');
  return formatted(root, ACCEPTANCE_PAGE, `${before}${BEGIN}\n\n${table}\n\n${END}${after}`);
}
