import { startScorer } from './process.ts';
import type { Moment, Wire, WireCall } from './wire.ts';

/** Where a run is killed: at a moment of a call, or when it has told a step. */
export interface KillPoint {
  readonly at: (call: WireCall, moment: Moment) => boolean;
  readonly step?: string;
}

/**
 * Runs a month in a process of its own, over the wire, and kills it with SIGKILL at a point. The wire is whole again
 * afterwards.
 *
 * @throws Error when the run never came to that point
 */
export async function killScorer(
  env: Readonly<Record<string, string>>,
  wire: Wire,
  period: string,
  { at, step }: KillPoint,
): Promise<void> {
  const { child, onLine, ended } = startScorer({ ...env, ...wire.env }, 'run', '--period', period);
  wire.cut = (call, moment) => child.killed || (at(call, moment) && child.kill('SIGKILL'));
  onLine((line) => line === `${period}: ${step}` && child.kill('SIGKILL'));
  const { signal, stderr } = await ended;
  wire.cut = () => false;
  if (signal !== 'SIGKILL') throw new Error(`found no such point in the run, expected it; it said ${stderr}`);
}
