/**
 * `npm run connect -- --target-org ALIAS --url https://scorer.example.com`: gives the org the address of the scoring
 * service and the token that proves the org to it. See --help. Ends 0 when done, 1 when the org refused, 2 on a usage
 * mistake.
 */
import { root, underOwnNode } from './own-node.mjs';

await underOwnNode(main);

async function main() {
  const [{ connect }, { HELP, readOptions, readToken, UsageError }, { restBySf }] = await Promise.all([
    import('./connect/connect.ts'),
    import('./connect/options.ts'),
    import('./connect/rest.ts'),
  ]);
  const args = process.argv.slice(2);
  if (args.includes('--help')) {
    process.stdout.write(HELP);
    return 0;
  }
  try {
    const options = readOptions(args);
    const token = await readToken(process.env, process.stdin);
    await connect({
      rest: restBySf(root, process.env, options.targetOrg),
      print: (line) => process.stdout.write(`${line}\n`),
      targetOrg: options.targetOrg,
      url: options.url,
      token,
    });
    return 0;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    if (error instanceof UsageError) process.stderr.write(HELP);
    return error instanceof UsageError ? 2 : 1;
  }
}
