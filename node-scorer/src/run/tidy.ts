import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** So much memory must have come on before it is worth a look, which takes a tenth of a second. */
const WORTH_A_LOOK = 50_000_000;

/**
 * Gives back memory that is no longer used, down to the blocks that the engine keeps for later: of those a large run
 * has a third of all it holds. Left alone, a service at rest makes too little garbage for the engine ever to look.
 * Not `node --expose-gc`: the option would have to stand in every place from which we are started.
 *
 * @param thoroughly as far as can be, in several rounds: for a process that is to rest
 */
export function collectGarbage({ thoroughly = false }: { readonly thoroughly?: boolean } = {}): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('globalThis.gc') as ((how: object) => void) | undefined;
  setFlagsFromString('--no-expose-gc');
  collect?.({ type: 'major', execution: 'sync', flavor: thoroughly ? 'last-resort' : 'regular' });
}

/**
 * Collects where much has come on since the last time; a small run never waits for it.
 *
 * @param held bytes that the process holds
 * @example const tidy = makeTidy(process.memoryUsage.rss, collectGarbage);
 * tidy(); // nothing, or a tenth of a second
 */
export function makeTidy(held: () => number, collect: () => void): () => void {
  let last = held();
  return () => {
    if (held() - last < WORTH_A_LOOK) return;
    collect();
    last = held();
  };
}
