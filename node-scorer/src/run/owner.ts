/**
 * Who carries out a run: a process of a machine, told apart from an earlier one with the same number.
 *
 * @example makeOwner('worker-1', 4711, 'k3j9') // => 'worker-1 4711 k3j9'
 */
export const makeOwner = (host: string, pid: number, start: string): string => `${host} ${pid} ${start}`;

/**
 * Is the process behind an owner gone? Of one on another machine nothing is known: its heartbeat must tell.
 *
 * @param self the owner that asks
 * @param isRunning is there a process of this number here?
 * @example isGone('worker-1 4711 k3j9', 'worker-1 4712 x8d2', () => false) // => true
 */
export function isGone(owner: string, self: string, isRunning: (pid: number) => boolean): boolean {
  const [host, pid] = owner.split(' ');
  const [ownHost, ownPid] = self.split(' ');
  if (owner === self || host !== ownHost) return false;
  // The number is ours now, so that process is no more: a container restarts as process 1.
  return pid === ownPid || !isRunning(Number(pid));
}

/** Is there a process of this number on this machine? */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
