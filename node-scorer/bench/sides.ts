/** What the benchmarks have in common that compare this checkout with another one: machines differ by a factor of two. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** A checkout with its packages installed. */
export interface Side {
  readonly label: string;
  readonly dir: string;
}

/** A month may take so many times the processor time of the commit before. */
export const MOST_TIMES = 1.3;

/**
 * This checkout, and before it the one that `--against` names.
 *
 * @example sidesOf('../before').map(({ label }) => label) // => ['before', 'now']
 */
export const sidesOf = (against: string | undefined): readonly Side[] => [
  ...(against === undefined ? [] : [{ label: 'before', dir: resolve(against) }]),
  { label: 'now', dir: join(import.meta.dirname, '../..') },
];

/** The command line of a side, and the options of Node that its first line has. */
export function commandOf({ dir }: Side): { readonly bin: string; readonly nodeOptions: readonly string[] } {
  const bin = join(dir, 'node-scorer/bin/scorer.mjs');
  const [first = ''] = readFileSync(bin, 'utf8').split('\n', 1);
  return { bin, nodeOptions: (/\bnode (.*?)--$/.exec(first)?.[1] ?? '').split(' ').filter(Boolean) };
}

/** `×` the first, for the last of two or more; nothing to say of one alone. */
export function ratioOf(what: string, figures: readonly number[]): string {
  const [first, last] = [figures[0] ?? Number.NaN, figures.at(-1) ?? Number.NaN];
  return figures.length < 2 ? '' : `${what} now ${(last / first).toFixed(2)} × before`;
}

export interface Measured {
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** The most memory that the process ever held, MB: the system tells. */
  readonly peakMb: number;
}

/**
 * Runs a file as a process of its own.
 *
 * @param options.loud shows what it prints
 * @throws Error with what it said when it ends with another code than 0
 */
export async function runMeasured(
  args: readonly string[],
  options: { readonly env?: NodeJS.ProcessEnv; readonly cwd?: string; readonly loud?: boolean } = {},
): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'measured-'));
  const usage = join(folder, 'usage.json');
  const hook = `import{writeFileSync}from'node:fs';process.on('exit',()=>writeFileSync(${JSON.stringify(usage)},JSON.stringify(process.resourceUsage())))`;
  try {
    const begun = performance.now();
    const child = spawn(process.execPath, ['--import', `data:text/javascript,${hook}`, ...args], {
      env: { ...process.env, ...options.env },
      cwd: options.cwd,
      stdio: ['ignore', options.loud === true ? 'inherit' : 'ignore', 'pipe'],
    });
    let told = '';
    child.stderr.on('data', (text: Buffer) => (told += text.toString()));
    const [code] = (await once(child, 'exit')) as [number];
    const seconds = (performance.now() - begun) / 1_000;
    if (code !== 0) throw new Error(`${args.join(' ')}: ended with ${code}, expected 0\n${told}`);
    const used = JSON.parse(readFileSync(usage, 'utf8')) as NodeJS.ResourceUsage;
    return {
      seconds,
      cpuSeconds: (used.userCPUTime + used.systemCPUTime) / 1e6,
      peakMb: (used.maxRSS * 1_024) / 1e6,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
