// Memory that is no longer used is looked for when the rest has grown by 30 %, and not when it has grown fourfold:
// half the memory, for half as much processor time again, in a read of 10,000 accounts (docs/benchmarks.md, Extraction).
// Not --max-old-space-size: that is a wall, and a larger customer base would hit it. Not an option of Node beside the
// one in scorer.mjs either: a Node that no longer knows this one must start all the same.
import { setFlagsFromString } from 'node:v8';

setFlagsFromString('--heap-growing-percent=30');
