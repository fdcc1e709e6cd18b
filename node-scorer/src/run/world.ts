import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeCallCounter } from '../http/calls.ts';
import type { ExecutorDeps } from './run-executor.ts';
import { isGone, isRunning, makeOwner } from './owner.ts';
import type { World } from './sources.ts';

/**
 * The world outside of one run: clock, chance, patience, and a count of its calls.
 *
 * @param now milliseconds since the epoch
 */
export const makeWorld = (now: () => number): World => ({
  now,
  tick: () => performance.now(),
  random: Math.random,
  sleep: (ms) => sleep(ms),
  calls: makeCallCounter(),
  newId: randomUUID,
});

/** What carrying out runs takes of this process: who it is, and how to tell whether others of this machine live. */
export function makeProcess(): Pick<ExecutorDeps, 'owner' | 'isGone' | 'sleep'> {
  const owner = makeOwner(hostname(), process.pid, randomUUID().slice(0, 8));
  return { owner, isGone: (other) => isGone(other, owner, isRunning), sleep: (ms) => sleep(ms) };
}
