// Memory that is no longer used is looked for when the rest has grown by 30 %, and not when it has grown fourfold:
// half the memory for a third more processor time. Not --max-old-space-size: that is a wall, and many accounts hit it.
// Set here and not with the options of Node in scorer.mjs: a Node that no longer knows this one must start all the same.
import { setFlagsFromString } from 'node:v8';

setFlagsFromString('--heap-growing-percent=30');
