import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HELP } from './help.ts';
import { makeProgram } from './program.ts';
import { scorer } from './run-in-test.ts';

const CONFIG = join(import.meta.dirname, '../../../config');

const score = (input: string | Buffer, ...more: string[]) =>
  scorer(['score', '--input', '-', '--config-dir', CONFIG, ...more], input);
const line = (accountId: string, change: object = {}) =>
  `${JSON.stringify({ accountId, name: accountId, segment: 'paid', period: '2026-10', metrics: { messaging: 80 }, ...change })}\n`;
const rows = (stdout: string) =>
  stdout
    .trim()
    .split('\n')
    .map((text) => JSON.parse(text) as { accountId: string; healthScore: number | null });

describe('scorer score', () => {
  it('scores each line and ends 0', async () => {
    const { exit, stdout, stderr } = await score(line('A') + line('B', { metrics: { messaging: 60 } }));
    expect(exit).toBe(0);
    expect(rows(stdout).map(({ accountId, healthScore }) => [accountId, healthScore])).toEqual([
      ['A', 80],
      ['B', 60],
    ]);
    expect(stderr).toBe('2 scored, 0 unscored, 0 bad lines\n');
  });
  it('tells bad lines with number and reason, scores the others and ends 1', async () => {
    const { exit, stdout, stderr } = await score(
      `${line('A')}\n{oops\n${line('C', { segment: 'x' })}${line('D')}`,
    );
    expect(exit).toBe(1);
    expect(rows(stdout).map(({ accountId }) => accountId)).toEqual(['A', 'D']);
    expect(stderr).toMatch(/^-:3: found no JSON/m);
    expect(stderr).toMatch(/^-:4: segment: found "x", expected paid, standard$/m);
  });
  it.each([
    ['CRLF', (text: string) => text.replaceAll('\n', '\r\n')],
    ['a byte-order mark', (text: string) => `\uFEFF${text}`],
    ['no line end at the end', (text: string) => text.trimEnd()],
    ['empty lines', (text: string) => `\n\n${text}\n \n`],
  ])('takes %s', async (_, change) => {
    const { exit, stdout } = await score(change(line('A') + line('B')));
    expect(exit).toBe(0);
    expect(rows(stdout)).toHaveLength(2);
  });
  it('tells a line that is no UTF-8', async () => {
    const bad = Buffer.concat([
      Buffer.from('{"accountId":"'),
      Buffer.from([0xff, 0xfe]),
      Buffer.from('"}\n'),
    ]);
    const { exit, stderr } = await score(Buffer.concat([bad, Buffer.from(line('B'))]));
    expect(exit).toBe(1);
    expect(stderr).toContain('-:1: found bytes that are no UTF-8');
  });
  it('tells a line that never ends, and goes on after it', async () => {
    const { exit, stdout, stderr } = await score(`{"a":"${'x'.repeat(3_000_000)}"}\n${line('B')}`);
    expect(exit).toBe(1);
    expect(stderr).toContain('-:1: found more than 1000000 bytes');
    expect(rows(stdout).map(({ accountId }) => accountId)).toEqual(['B']);
  });
  it.each(['', '\n\n', '\uFEFF'])('refuses an input without a line (%j)', async (input) => {
    const { exit, stdout, stderr } = await score(input);
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' });
    expect(stderr).toBe('INPUT_UNREADABLE: -: found no line, expected one JSON object a line\n');
  });
  it('lists every problem of a bad model, scores nothing and ends 2', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'scorer-'));
    const lines: Record<string, number> = {};
    for (const file of ['weights.yaml', 'thresholds.yaml']) {
      const text = await readFile(join(CONFIG, file), 'utf8');
      lines[file] = text.slice(0, text.search(/cap: 59|green: 3,/)).split('\n').length;
      await writeFile(
        join(directory, file),
        text.replace('cap: 59', 'cap: 590').replace('green: 3,', 'green: x,'),
      );
    }
    const { exit, stdout, stderr } = await scorer(
      ['score', '--input', '-', '--config-dir', directory],
      line('A'),
    );
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' });
    expect(stderr).toMatch(new RegExp(`weights\\.yaml:${lines['weights.yaml']} .*found 590`));
    expect(stderr).toMatch(new RegExp(`thresholds\\.yaml:${lines['thresholds.yaml']} .*found "x"`));
    expect(stderr).not.toMatch(/\n\s+at /);
  });
  it('makes a table with the tier in words and without colour outside a terminal', async () => {
    const { stdout } = await score(
      line('Tarn\u001b[2J', { metrics: { messaging: 80 } }),
      '--format',
      'table',
    );
    expect(stdout).toMatch(/^Account\s+Tier\s+Score/);
    expect(stdout).toMatch(/Tarn\uFFFD\[2J\s+Healthy ~\s+80\.0 .* Messaging.* −20\.0/);
    expect(stdout).not.toContain('\u001b');
  });
  it('keeps a spreadsheet from running names as formulas', async () => {
    const { stdout } = await score(line('A', { name: '=1+1' }), '--format', 'csv');
    expect(stdout.split('\r\n')[1]).toMatch(/^A,'=1\+1,paid,2026-10,/);
  });
});

describe('Mistakes of use end 2 with one clear message', () => {
  it.each([
    [['score'], /required option '--input <file>' not specified/],
    [
      ['score', '--input', '/no/such/file', '--config-dir', CONFIG],
      /--input \/no\/such\/file: found no such file/,
    ],
    [['score', '--input', tmpdir(), '--config-dir', CONFIG], /found a directory, expected a readable file/],
    [['score', '--input', '-', '--format', 'xml'], /Allowed choices are jsonl, table, csv/],
    [['frobnicate'], /unknown command 'frobnicate'/],
    [['check', '--config-dir', '/no/such'], /weights\.yaml: found no such file/],
    [
      ['run', '--env-file', '/no/such'],
      /--env-file \/no\/such: found no such file, expected lines of the form/,
    ],
    [['extract', '--period', '2026-10'], /required option '--source <name>' not specified/],
  ])('%j', async (argv, message) => {
    const { exit, stderr } = await scorer(argv);
    expect(exit).toBe(2);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});

it('scorer check says what the configuration holds', async () => {
  const { exit, stdout } = await scorer(['check', '--config-dir', CONFIG]);
  expect(exit).toBe(0);
  expect(stdout).toMatch(/model [0-9a-f]{12}: 4 dimensions, 27 weighted metrics, 4 tiers, 2 caps/);
});

it('scorer --help lists the commands and ends 0', async () => {
  const { exit, stdout } = await scorer(['--help']);
  expect(exit).toBe(0);
  for (const command of ['score', 'explain', 'catalogue', 'check', 'extract', 'run'])
    expect(stdout).toContain(`  ${command} [options]`);
});

it('The overview names exactly the commands that there are', () => {
  const { stdout, stderr } = process;
  const program = makeProgram(
    { stdin: process.stdin, stdout, stderr, env: {}, cwd: '.', now: () => 0 },
    () => {},
  );
  expect(HELP).toBe(program.helpInformation());
});

it('scorer without a command shows the overview and ends 2', async () => {
  const { exit, stderr } = await scorer([]);
  expect({ exit, stderr }).toEqual({ exit: 2, stderr: HELP });
});
