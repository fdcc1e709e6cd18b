import { fromRecords } from '../config/custom-metadata.ts';
import { queryOf, readRows, type Kind, type Row } from '../config/metadata-records.ts';
import { buildModel } from '../config/model.ts';
import { SHIPPED_NAMES } from '../config/known-names.ts';
import type { ModelConfig } from '../config/load.ts';
import { problemsError, ScorerError, type Problem } from '../errors.ts';
import type { Salesforce } from '../http/salesforce.ts';

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
  const wrong: Problem[] = [];
  const read = async <K extends Kind>(kind: K, where = ''): Promise<readonly Row<K>[]> => {
    const rows = await org.query(queryOf(kind) + where).catch((error: unknown) => {
      if (!(error instanceof ScorerError) || error.code !== 'SOURCE_SETTINGS') throw error;
      const message = `The model in the org: ${error.message}; ${FIX}`;
      throw new ScorerError('SOURCE_SETTINGS', message, { cause: error });
    });
    const { value, problems } = readRows(kind, rows);
    wrong.push(...problems);
    return value ?? [];
  };
  const [metrics, dimensions, tiers, caps, settings] = await Promise.all([
    read('metrics'),
    read('dimensions'),
    read('tiers'),
    read('caps'),
    read('settings', " WHERE DeveloperName = 'Default'"),
  ]);
  if (wrong.length > 0) throw problemsError('CONFIG_INVALID', 'The model in the org', wrong);
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
async function tierValues(org: Salesforce, tiers: readonly Row<'tiers'>[]): Promise<readonly string[]> {
  const shipped = SHIPPED_NAMES.tiers;
  if (tiers.every(({ MasterLabel: label }) => shipped.includes(label))) return shipped;
  const description = await org.describe('Health_Score__c');
  const values = description?.fields.get('Tier__c')?.values ?? [];
  return values.length > 0 ? values : shipped;
}
