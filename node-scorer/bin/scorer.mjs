#!/usr/bin/env -S node --
// Entry point of the command line. Plain JavaScript, because it must run far enough on an old Node to say so.
// The `--` above keeps Node from taking our --env-file for its own: it looks for that option anywhere.
// As a whole: an old Node lacks some of its names, and would stop before it can say that it is too old.
import * as nodeModule from 'node:module';

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

// A reader that has seen enough (scorer score … | head) is no error.
process.stdout.on('error', (error) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

const { main } = await import('../src/cli/index.ts');
process.exitCode = await main(process.argv.slice(2), {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  cwd: process.cwd(),
  now: Date.now,
});
