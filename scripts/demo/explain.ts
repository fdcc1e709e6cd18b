/** A stored score explained from what is stored, in the words of `scorer explain`. */
import { explainText, EXPLAIN_HEAD } from '../../node-scorer/src/cli/explain-text.ts';
import { modelFromJson } from '../../node-scorer/src/config/model-json.ts';
import { CATALOGUE } from '../../node-scorer/src/metrics/catalogue.ts';
import { advance } from '../../node-scorer/src/metrics/for-scoring.ts';
import { detailsOf, inputOf } from '../../node-scorer/src/run/stored-card.ts';
import { changeOf, scoreAccount, type Scorecard } from '../../node-scorer/src/scoring/index.ts';
import type { Query, Row } from './portfolio.ts';

/** The score that fell most against the month before; null when none fell. */
export function largestFall(rows: readonly Row[]): Row | null {
  const fallen = rows.filter((row) => Number(row['Change__c']) < 0);
  return fallen.toSorted((a, b) => Number(a['Change__c']) - Number(b['Change__c']))[0] ?? null;
}

/** A score with its change, losses and path. */
export async function explainStored(query: Query, row: Row): Promise<string> {
  const { change } = detailsOf(row);
  const account = String(row['Account__c']);
  const since = 'code' in change ? null : change.since.period;
  const [before] = await query(
    `SELECT Score_Key__c, Period__c, Details__c, Account__r.Name, Run__r.Model__c FROM Health_Score__c WHERE Account__c = '${account}' AND Period__c = '${since ?? ''}'`,
  );
  const present = cardOf(row);
  const earlier = before === undefined ? null : cardOf(before);
  const explanation = {
    present,
    earlier,
    change: changeOf(earlier, present, advance),
    path: detailsOf(row).path,
  };
  return EXPLAIN_HEAD + explainText(explanation, CATALOGUE, process.stdout.isTTY && !process.env['NO_COLOR']);
}

function cardOf(row: Row): Scorecard {
  const model = modelFromJson(String((row['Run__r'] as Row)['Model__c']));
  const name = String((row['Account__r'] as Row | null)?.['Name'] ?? row['Score_Key__c']);
  return scoreAccount(model, { ...inputOf(row), name });
}
