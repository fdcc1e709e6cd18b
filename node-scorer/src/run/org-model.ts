import { fromRecords, type Record_ } from '../config/custom-metadata.ts';
import { buildModel } from '../config/model.ts';
import { SHIPPED_NAMES } from '../config/known-names.ts';
import type { ModelConfig } from '../config/load.ts';
import { problemsError, ScorerError } from '../errors.ts';
import type { Salesforce } from '../http/salesforce.ts';

const NAMED = 'DeveloperName, MasterLabel';

const QUERIES = {
  metrics: `SELECT ${NAMED}, Dimension__r.DeveloperName, Direction__c, Unit__c, Enabled__c, Order__c, Weight_Paid__c, Weight_Standard__c, Green_Paid__c, Yellow_Paid__c, Red_Paid__c, Green_Standard__c, Yellow_Standard__c, Red_Standard__c FROM Health_Metric__mdt`,
  dimensions: `SELECT ${NAMED}, Part_Of__c, Order__c, Weight_Paid__c, Weight_Standard__c FROM Health_Dimension__mdt`,
  tiers: `SELECT ${NAMED}, From__c, Order__c FROM Health_Tier__mdt`,
  caps: `SELECT ${NAMED}, Severity__c, At_Least__c, Cap__c, Confirmed_Only__c, Segment__c, Enabled__c, Order__c FROM Health_Cap__mdt`,
  settings: `SELECT ${NAMED}, Churn_Risk_Weight__c, Platform_Value_Weight__c, Monitoring_Reduction__c, Provisional_Below_Coverage__c, Max_Carry_Forward_Days__c, Outage_Share__c, Tier_Move_Share__c, Tier_Move_Min_Accounts__c, Rule_Move_Share__c, Run_Day__c, Alert_Margin__c, Alert_Cooldown_Days__c FROM Health_Setting__mdt WHERE DeveloperName = 'Default'`,
} as const;

const FIX =
  'deploy force-app and force-app-defaults and assign Health_Scorer_Integration, or name a folder with --config-dir';

/**
 * The model as the org's custom metadata has it: in an org they are the authority.
 *
 * @throws ScorerError SOURCE_SETTINGS when the records are not there or not readable (a user without access to a
 *   type sees no rows, which must not pass for an empty model); CONFIG_INVALID with every problem, each naming
 *   record and field
 * @example (await readOrgModel(org)).model.version // => that of config/*.yaml while nobody has changed anything
 */
export async function readOrgModel(org: Salesforce): Promise<ModelConfig> {
  const read = async (name: keyof typeof QUERIES): Promise<readonly Record_[]> => {
    try {
      return await org.query(QUERIES[name]);
    } catch (error) {
      if (!(error instanceof ScorerError) || error.code !== 'SOURCE_SETTINGS') throw error;
      throw new ScorerError('SOURCE_SETTINGS', `The model in the org: ${error.message}; ${FIX}`, {
        cause: error,
      });
    }
  };
  const [metrics, dimensions, tiers, caps, settings] = await Promise.all([
    read('metrics'),
    read('dimensions'),
    read('tiers'),
    read('caps'),
    read('settings'),
  ]);
  const [setting] = settings;
  if (setting === undefined || metrics.length === 0 || dimensions.length === 0 || tiers.length === 0) {
    throw new ScorerError(
      'SOURCE_SETTINGS',
      `The model in the org: found ${metrics.length} metrics, ${dimensions.length} dimensions, ${tiers.length} tiers and ${settings.length} settings, expected some of each; ${FIX}`,
    );
  }
  const { plain, where, problems } = fromRecords({ metrics, dimensions, tiers, caps, settings: setting });
  const known = { ...SHIPPED_NAMES, tiers: await tierValues(org, tiers) };
  const built = buildModel(plain, where, known);
  const all = [...problems, ...(built.problems ?? [])];
  if (built.problems !== undefined || all.length > 0) {
    throw problemsError('CONFIG_INVALID', 'The model in the org', all);
  }
  return built;
}

/** Tiers that a score can have: the shipped ones cost no call; where a label is another, the org's picklist decides. */
async function tierValues(org: Salesforce, tiers: readonly Record_[]): Promise<readonly string[]> {
  const shipped = SHIPPED_NAMES.tiers;
  if (tiers.every(({ MasterLabel: label }) => shipped.includes(String(label)))) return shipped;
  const description = await org.describe('Health_Score__c');
  const values = description?.fields.get('Tier__c')?.values ?? [];
  return values.length > 0 ? values : shipped;
}
