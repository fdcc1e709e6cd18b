import type { Account } from '../facts/index.ts';
import { MAPPING_FIELDS } from './registry.ts';
import type { MappingField } from './source.ts';

/** What sources call an account: all of it that is not its own. */
type MappedIds = Omit<Account, 'id' | 'name' | 'segment' | 'currency'>;

/**
 * The ids of one account in every source.
 *
 * @param idOf what stands in the place of a field; null for nothing
 * @example mappedIds(({ column }) => cells[column]).jiraProjectKey // => 'ACME'
 */
export const mappedIds = (idOf: (field: MappingField) => string | null): MappedIds =>
  Object.fromEntries(MAPPING_FIELDS.map((field) => [field.key, idOf(field)])) as unknown as MappedIds;
