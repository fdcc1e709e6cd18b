import {
  adviceTextsOf,
  offIn,
  SHIPPED_TEXTS,
  type AdviceText,
  type AdviceTexts,
  type EvidenceTable,
} from '../advice/index.ts';
import { ScorerError } from '../errors.ts';
import type { Salesforce } from '../http/salesforce.ts';
import { metricById } from '../metrics/catalogue.ts';

/** Who does what about each metric and fact, as an admin has set it, and what similar accounts did. */
export interface AdviceSettings {
  readonly texts: AdviceTexts;
  readonly off: readonly string[];
  /** Those that are not as shipped, by id: a card has the shipped ones in its reader's language. */
  readonly changed: Readonly<Record<string, AdviceText>>;
  readonly evidence: EvidenceTable;
}

const QUERY = 'SELECT DeveloperName, Owner__c, Action__c, Enabled__c FROM Health_Advice__mdt';
const FIX = 'deploy force-app and force-app-defaults and assign Health_Scorer_Integration';

/**
 * The advice as the org's custom metadata has it, over what is shipped. What has no record is as shipped.
 *
 * @param org null: without an org, as shipped
 * @throws ScorerError CONFIG_INVALID with all that is wrong with the records; SOURCE_SETTINGS when they cannot be read
 * @example (await readAdvice(org)).texts.metrics.messaging?.owner // => 'csm'
 */
export async function readAdvice(org: Salesforce | null): Promise<Omit<AdviceSettings, 'evidence'>> {
  if (org === null) return { texts: SHIPPED_TEXTS, off: offIn(SHIPPED_TEXTS), changed: {} };
  const rows = await org.query(QUERY).catch((error: unknown) => {
    if (!(error instanceof ScorerError) || error.code !== 'SOURCE_SETTINGS') throw error;
    throw new ScorerError('SOURCE_SETTINGS', `The advice in the org: ${error.message}; ${FIX}`, {
      cause: error,
    });
  });
  const entries = rows.map((row): [string, unknown] => [
    String(row['DeveloperName']),
    { owner: row['Owner__c'], action: row['Action__c'], enabled: row['Enabled__c'] === true },
  ]);
  const isMetric = ([id]: [string, unknown]): boolean => metricById(id) !== undefined;
  const read = adviceTextsOf({
    metrics: { ...SHIPPED_TEXTS.metrics, ...Object.fromEntries(entries.filter(isMetric)) },
    facts: { ...SHIPPED_TEXTS.facts, ...Object.fromEntries(entries.filter((entry) => !isMetric(entry))) },
  });
  if (read.texts === undefined) {
    throw new ScorerError('CONFIG_INVALID', `Health_Advice__mdt: ${read.problems.join('; ')}`);
  }
  const { texts } = read;
  const before: Readonly<Record<string, AdviceText>> = { ...SHIPPED_TEXTS.metrics, ...SHIPPED_TEXTS.facts };
  return {
    texts,
    off: offIn(texts),
    changed: Object.fromEntries(
      Object.entries({ ...texts.metrics, ...texts.facts }).filter(
        ([id, { owner, action }]) => owner !== before[id]?.owner || action !== before[id].action,
      ),
    ),
  };
}
