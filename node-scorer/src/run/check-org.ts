import { isMap } from '../config/schema-parts.ts';
import type { ModelConfig } from '../config/load.ts';
import type { Sources } from '../config/sources.ts';
import type { Problem } from '../errors.ts';
import type { Salesforce } from '../http/salesforce.ts';
import { SWITCHED_ON_BY } from '../extract/salesforce/access.ts';
import { namedValues } from '../extract/salesforce/conditions.ts';
import { instead, namesOf } from '../extract/salesforce/known-names.ts';
import { readOrgModel } from './org-model.ts';

/** What an org lacks or has otherwise than the files of a folder. */
export interface OrgCheck {
  /** Values of the model that differ; the org decides, the folder is what was shipped. */
  readonly differences: readonly Problem[];
  /** Objects, fields and picklist values that sources.yaml names and the org lacks. */
  readonly lacks: readonly Problem[];
}

/**
 * Compares an org with a folder's configuration.
 *
 * @throws ScorerError as {@link readOrgModel}
 */
export async function checkOrg(org: Salesforce, folder: ModelConfig, sources: Sources): Promise<OrgCheck> {
  const inOrg = await readOrgModel(org);
  const differences = [
    ...compare(inOrg.model, folder.model, 'model'),
    ...compare(inOrg.settings, folder.settings, 'settings'),
  ];
  const lacks = await Promise.all([
    ...wantedOf(sources.salesforce).map((wanted) => lacksOf(org, wanted)),
    lackingTiers(org, sources.salesforce),
  ]);
  return { differences, lacks: lacks.flat() };
}

/** Every value that differs, by its path. */
function compare(org: unknown, folder: unknown, path: string): Problem[] {
  if (isMap(org) && isMap(folder)) {
    const keys = [...new Set([...Object.keys(org), ...Object.keys(folder)])];
    return keys.flatMap((key) => compare(org[key], folder[key], `${path}.${key}`));
  }
  if (Array.isArray(org) && Array.isArray(folder)) {
    const byName = (list: readonly unknown[]) =>
      Object.fromEntries(list.map((item, i) => [nameOf(item) ?? String(i), item]));
    const sameOrder = org.map(nameOf).join() === folder.map(nameOf).join();
    return [
      ...(sameOrder ? [] : [differing(path, org.map(nameOf), folder.map(nameOf))]),
      ...compare(byName(org), byName(folder), path),
    ];
  }
  return org === folder ? [] : [differing(path, org, folder)];
}

const differing = (path: string, org: unknown, folder: unknown): Problem => ({
  where: path,
  found: `${JSON.stringify(org) ?? 'nothing'} in the org`,
  expected: `${JSON.stringify(folder) ?? 'nothing'} as in the folder`,
});

/** What an item of a list is called: dimensions and metrics by id, tiers and caps by name. */
const nameOf = (item: unknown): string | undefined => {
  if (!isMap(item)) return undefined;
  const name = item['id'] ?? item['name'];
  return typeof name === 'string' ? name : undefined;
};

interface Wanted {
  readonly purpose: string;
  readonly object: string;
  readonly fields: readonly string[];
  readonly where?: string | undefined;
}

/** Objects, fields and conditions that the Salesforce part of sources.yaml names. */
function wantedOf(settings: Sources['salesforce']): Wanted[] {
  const { renewal, history } = settings;
  const dated = (
    purpose: string,
    source: { object: string; account: string; date: string; where?: string },
  ) => ({
    purpose,
    object: source.object,
    fields: [source.account, source.date],
    where: source.where,
  });
  return [
    {
      purpose: 'accounts',
      object: 'Account',
      fields: Object.values(settings.fields),
      where: settings.accounts.where,
    },
    dated('renewal', renewal),
    ...(renewal.else === undefined ? [] : [dated('renewal.else', renewal.else)]),
    dated('payment_problems', settings.payment_problems),
    dated('contract_changes', settings.contract_changes),
    dated('arr_history', settings.arr_history),
    {
      ...dated('qbr', settings.qbr),
      fields: [settings.qbr.account, settings.qbr.date, settings.qbr.attended],
    },
    {
      purpose: 'champion',
      object: settings.champion.object,
      fields: [settings.champion.account, settings.champion.since, settings.champion.until],
      where: settings.champion.where,
    },
    {
      purpose: 'expansion',
      object: settings.expansion.object,
      fields: [settings.expansion.account],
      where: settings.expansion.where,
    },
    { purpose: 'signals', object: settings.signals.object, fields: [settings.signals.account] },
    ...(history.opportunity === undefined
      ? []
      : [
          {
            purpose: 'history.opportunity',
            object: history.opportunity.object,
            fields: [
              history.opportunity.opportunity,
              history.opportunity.at,
              history.opportunity.stage,
              history.opportunity.close,
            ],
          },
        ]),
    ...(history.account === undefined
      ? []
      : [
          {
            purpose: 'history.account',
            object: history.account.object,
            fields: [history.account.account, history.account.at, history.account.field, history.account.old],
          },
        ]),
  ];
}

/** Success tiers that `tier_limits` names and no account can have. */
async function lackingTiers(
  org: Salesforce,
  { fields, tier_limits: limits }: Sources['salesforce'],
): Promise<Problem[]> {
  const description = await org.describe('Account');
  const known = description === null ? [] : namesOf(description, fields.success_tier);
  return Object.keys(limits)
    .filter((name) => known.length > 0 && !known.includes(name))
    .map((name) => ({
      where: 'sources.yaml salesforce.tier_limits',
      found: `no value ${JSON.stringify(name)} in Account.${fields.success_tier}`,
      expected: 'it to be active',
      fix: `add it, or name another one in sources.yaml; ${instead(name, known)}`,
    }));
}

async function lacksOf(org: Salesforce, { purpose, object, fields, where }: Wanted): Promise<Problem[]> {
  const place = `sources.yaml salesforce.${purpose}`;
  const description = await org.describe(object);
  if (description === null) {
    const fix = SWITCHED_ON_BY.get(object);
    return [
      {
        where: place,
        found: `no object ${object}`,
        expected: 'one that the running user may read',
        ...(fix !== undefined && { fix }),
      },
    ];
  }
  const absent = fields
    .filter((field) => !description.fields.has(field))
    .map((field) => ({
      where: place,
      found: `no field ${object}.${field}`,
      expected: 'one that the running user may read',
    }));
  const values = namedValues(where ?? '').flatMap(({ field, value }) => {
    const picklist = namesOf(description, field);
    return picklist.length === 0 || picklist.includes(value)
      ? []
      : [
          {
            where: place,
            found: `no value ${JSON.stringify(value)} in ${object}.${field}`,
            expected: 'it to be active',
            fix: `add it, or name another one in sources.yaml; ${instead(value, picklist)}`,
          },
        ];
  });
  return [...absent, ...values];
}
