/** Writes what is generated from other files of this repository. `npm run generate`. */
import { join } from 'node:path';
import { driftOf, mend, OUTPUTS } from './generate/outputs.ts';

const root = join(import.meta.dirname, '..');
const changed = [];
// One after the other: what is made later may be made from what was written before.
for (const output of OUTPUTS)
  for (const drift of await driftOf(root, [output])) {
    mend(root, drift);
    changed.push(`${drift.path}: ${drift.text === null ? 'removed' : 'written'}\n`);
  }
process.stdout.write(changed.length === 0 ? 'Everything is as its sources give it.\n' : changed.join(''));
