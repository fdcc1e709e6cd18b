#!/usr/bin/env -S node --max-semi-space-size=8 --
// Entry point of the command line. Plain JavaScript, because it must run far enough on an old Node to say so.
// The `--` above keeps Node from taking our --env-file for its own: it looks for that option anywhere. The option
// keeps the space of what is new at 17 MB in all; by itself it grows to 134 MB.
// As a whole: an old Node lacks some of its names, and would stop before it can say that it is too old.
import * as nodeModule from 'node:module';
import './clean-up-early.mjs';
import { existsSync } from 'node:fs';

const WANTED = [22, 19];
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < WANTED[0] || (major === WANTED[0] && minor < WANTED[1])) {
  process.stderr.write(
    `Node: found ${process.version}, expected 22.19 or newer; run it through npm (npx scorer …), which brings its own, or install Node 24\n`,
  );
  process.exit(2);
}
// Keeps the stripped and compiled sources, so that the next start is quick.
nodeModule.enableCompileCache?.();

// In the repository the sources run as they are. A packed package holds only what was built from them: Node
// strips no types inside node_modules.
const source = new URL('../src/cli/start.ts', import.meta.url);
const built = new URL('../dist/lib/cli.mjs', import.meta.url);
const { start } = await import((existsSync(source) ? source : built).href);
process.exitCode = await start(process);
