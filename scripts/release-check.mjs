/**
 * `npm run release:check`: what has to be true of a release and cannot be a test, because it changes with the calendar
 * and not with the code: the proofs at full size are there, have passed, and are not too old. Ends 1 when one is not.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, underOwnNode } from './own-node.mjs';

await underOwnNode(main);

async function main() {
  const { staleProofs } = await import('./prove/proofs.ts');
  const recorded = JSON.parse(readFileSync(join(root, 'docs/proofs.json'), 'utf8'));
  const problems = staleProofs(recorded, Date.now());
  process.stdout.write(
    problems.length === 0
      ? `Every proof at full size has passed, the oldest on ${recorded.runs.map(({ on }) => on).toSorted()[0]}.\n`
      : `${problems.join('\n')}\n`,
  );
  return problems.length === 0 ? 0 : 1;
}
