import { recompute } from '../../node-scorer/src/run/recompute.ts';
import type { Row } from './portfolio.ts';

/** Ways in which stored scores do not give themselves again from what is stored beside them; none, if all is well. */
export const unexplained = (rows: readonly Row[]): string[] =>
  rows.flatMap((row) => {
    const { differences } = recompute(row, String((row['Run__r'] as Row | null)?.['Model__c']));
    return differences.map((difference) => `${String(row['Score_Key__c'])} ${difference}`);
  });
