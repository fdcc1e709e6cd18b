import { resolve } from 'node:path';
import { loadConfig } from '../config/load.ts';
import { metricIdsOf } from '../scoring/index.ts';
import type { Io } from './io.ts';

export interface CheckOptions {
  readonly configDir: string;
}

/**
 * `scorer check`: reads the whole configuration and says what it holds.
 *
 * @returns 0
 * @throws ScorerError CONFIG_INVALID with every problem
 * @example await check({ configDir: 'config' }, io) // => 0
 */
export async function check({ configDir }: CheckOptions, io: Io): Promise<number> {
  const { model, sources } = await loadConfig(resolve(io.cwd, configDir));
  const queries = sources.looker.queries.length + sources.looker.looks.length;
  io.stdout.write(
    [
      `${configDir}: no problem found`,
      `model ${model.version}: ${model.dimensions.length} dimensions, ${metricIdsOf(model).length} weighted metrics, ${model.tiers.length} tiers, ${model.caps.length} caps`,
      `sources: Intercom ${sources.intercom.api_version}, Jira ${sources.jira.edition}, ${queries} Looker queries, Salesforce`,
      '',
    ].join('\n'),
  );
  return 0;
}
