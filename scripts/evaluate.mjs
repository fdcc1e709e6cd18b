/**
 * `node scripts/evaluate.mjs KIND`: reads one JSON input a line from standard input and prints one JSON result a line,
 * by the definitions that the scorer computes with. For anyone who wants to hold their own numbers against ours. A
 * line that cannot be evaluated gives `{"error": …}`, and the next one goes on. An infinite number is null.
 */
import { createInterface } from 'node:readline';
import { underOwnNode } from './own-node.mjs';

await underOwnNode(async () => {
  const { evaluatorOf } = await import('./evaluate/kinds.ts');
  const kind = process.argv[2] ?? '';
  const evaluate = await evaluatorOf(kind);
  if (typeof evaluate === 'string') {
    process.stderr.write(`${evaluate}\n`);
    return 2;
  }
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    if (line.trim() === '') continue;
    if (!process.stdout.write(`${resultOf(evaluate, line)}\n`)) {
      await new Promise((resolve) => process.stdout.once('drain', resolve));
    }
  }
  return 0;
});

/**
 * @param {(input: any) => unknown} evaluate
 * @param {string} line
 */
function resultOf(evaluate, line) {
  try {
    return JSON.stringify(evaluate(JSON.parse(line)) ?? null);
  } catch (error) {
    return JSON.stringify({ error: error instanceof Error ? error.message : String(error) });
  }
}
