import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './harness.ts';

/** The command line in a process of its own, as the operating system runs it. */
export interface ScorerProcess {
  readonly child: ChildProcess;
  /** Called with each line on stderr. */
  readonly onLine: (listen: (line: string) => void) => void;
  readonly ended: Promise<{
    readonly exit: number | null;
    readonly signal: NodeJS.Signals | null;
    readonly stdout: string;
    readonly stderr: string;
  }>;
}

/**
 * Starts the command line.
 *
 * @param env beside that of this process
 */
export function startScorer(
  env: Readonly<Record<string, string>>,
  ...args: readonly string[]
): ScorerProcess {
  const child = spawn(process.execPath, [join(ROOT, 'node-scorer/bin/scorer.mjs'), ...args], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr, begun] = ['', '', ''];
  const listeners: ((line: string) => void)[] = [];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString('utf8');
    const lines = (begun + chunk.toString('utf8')).split('\n');
    begun = lines.pop() ?? '';
    for (const line of lines) for (const listen of listeners) listen(line);
  });
  return {
    child,
    onLine: (listen) => void listeners.push(listen),
    ended: new Promise((resolve) => {
      child.on('close', (exit, signal) => resolve({ exit, signal, stdout, stderr }));
    }),
  };
}
