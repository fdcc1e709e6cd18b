/** A cell of the fault matrix as it was run. */
interface Cell {
  readonly call: string;
  readonly fault: string;
  /** Exit code and status, such as `75 Degraded`. */
  readonly outcome: string;
  readonly wrong: readonly string[];
  readonly promotions: readonly string[];
}

interface Setting {
  readonly seed: number;
  readonly accounts: number;
  /** Reasons by `call × fault`. */
  readonly exceptions: Readonly<Record<string, string>>;
}

const SHORT: Readonly<Record<string, string>> = {
  '0 Finished': 'whole',
  '75 Degraded': 'degraded',
  '75 Failed': 'stopped, 75',
  '2 Failed': 'stopped, 2',
};

/**
 * The page about the fault matrix: what was run, how much of it was as designed, and every exception by its name.
 *
 * @example faultsPage([], { seed: 1, accounts: 14, exceptions: {} }).startsWith('# Reads that fail') // => true
 */
export function faultsPage(cells: readonly Cell[], { seed, accounts, exceptions }: Setting): string {
  const nameOf = ({ call, fault }: Cell): string => `${call} × ${fault}`;
  const calls = [...new Set(cells.map(({ call }) => call))];
  const faults = [...new Set(cells.map(({ fault }) => fault))];
  const at = new Map(cells.map((cell) => [nameOf(cell), cell]));
  const odd = cells.filter(({ wrong, promotions }) => wrong.length + promotions.length > 0);
  const rose = cells.filter(({ promotions }) => promotions.length > 0).length;
  const share = cells.length === 0 ? 0 : ((cells.length - odd.length) / cells.length) * 100;
  const verdict = (call: string, fault: string): string => {
    const cell = at.get(`${call} × ${fault}`);
    if (cell === undefined) return 'not run';
    const mark = cell.wrong.length + cell.promotions.length > 0 ? ' **(!)**' : '';
    return `${SHORT[cell.outcome] ?? cell.outcome}${mark}`;
  };
  const told = odd.map((cell) => {
    const why = exceptions[nameOf(cell)] ?? 'not explained';
    return `- **${nameOf(cell)}** (${cell.outcome}): ${[...cell.wrong, ...cell.promotions].join('; ')}. Why: ${why}.`;
  });
  const counts = Object.entries(Object.groupBy(cells, ({ outcome }) => outcome)).map(
    ([outcome, some]) => `${some?.length ?? 0} ${SHORT[outcome] ?? outcome}`,
  );
  return `# Reads that fail

Each read call of a run meets each way to fail, alone and for the whole run, against the stand-ins with ${accounts} accounts (seed ${seed}): ${calls.length} calls × ${faults.length} faults = ${cells.length} cells. September was scored before; October is refreshed under the fault, and once more without it. Written by \`npm run prove faults\`; \`npm test\` runs a seeded sample that holds every call and every fault.

As designed: ${cells.length - odd.length} of ${cells.length} (${share.toFixed(2)} %). Scores that rose by a fault: in ${rose} cells. ${counts.join(', ')}.

A cell is as designed when all of this holds: a run that is _whole_ (Finished, exit 0) stored exactly the scores of an undisturbed one; a _degraded_ one (exit 75) has no final score that differs from the true one, no reading that nobody read, and is not final as a whole; a _stopped_ one wrote no score and says Failed in the org; what passes by itself never ends with exit 2; no score is above both the last and the true one, and no tier above the last unless what was read proves it; the month before is untouched; and the next run (\`ensure\`) over the same month makes it as if nothing had been.

## Exceptions

${told.length === 0 ? 'None.' : told.join('\n')}

## Calls by faults

| fault | ${calls.join(' | ')} |
| --- | ${calls.map(() => '---').join(' | ')} |
${faults.map((fault) => `| ${fault} | ${calls.map((call) => verdict(call, fault)).join(' | ')} |`).join('\n')}
`;
}
