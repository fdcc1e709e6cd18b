import { resolve } from 'node:path';
import { loadConfig, type Config } from '../config/load.ts';
import { formatProblem, ScorerError, type Problem } from '../errors.ts';
import { SOURCES } from '../extract/registry.ts';
import { metricIdsOf } from '../scoring/index.ts';
import type { Io } from './io.ts';

export interface CheckOptions {
  readonly configDir: string;
  /** Compare with the org too. */
  readonly org?: boolean;
}

/**
 * `scorer check`: reads the whole configuration and says what it holds, signs in to every source that has credentials
 * and lists the names of sources.yaml that it does not know; with `--org` also where the org's model differs from the
 * files, and which objects, fields and picklist values the org lacks.
 *
 * @returns 0; 2 when a source refuses us or a metric has no name that its source knows; 75 when a source is down; 1
 *   when the org lacks something that sources.yaml names (a model that differs is no mistake)
 * @throws ScorerError CONFIG_INVALID with every problem
 * @example await check({ configDir: 'config' }, io) // => 0
 */
export async function check({ configDir, org }: CheckOptions, io: Io): Promise<number> {
  const config = await loadConfig(resolve(io.cwd, configDir));
  const { model, sources } = config;
  io.stdout.write(
    [
      `${configDir}: no problem found`,
      `model ${model.version}: ${model.dimensions.length} dimensions, ${metricIdsOf(model).length} weighted metrics, ${model.tiers.length} tiers, ${model.caps.length} caps`,
      `sources: ${SOURCES.map(({ name, summary }) => summary(sources[name] as never)).join(', ')}`,
      '',
    ].join('\n'),
  );
  const connections = await testConnections(config, io);
  const inOrg = org === true ? await compareWithOrg(config, io) : 0;
  return [2, 75, 1].find((exit) => exit === connections || exit === inOrg) ?? 0;
}

/** Signs in to every source with credentials, and says what it does not know of what sources.yaml names. */
async function testConnections({ sources }: Config, io: Io): Promise<number> {
  const [{ readEnvironment }, { checkSources }, { makeWorld }] = await Promise.all([
    import('../config/environment.ts'),
    import('../run/check-sources.ts'),
    import('../run/world.ts'),
  ]);
  const environment = readEnvironment(io.env);
  const { fixedNow } = environment;
  const world = makeWorld(fixedNow === null ? io.now : () => fixedNow);
  const checked = await checkSources(environment, sources, world);
  for (const one of checked) {
    if ('failed' in one) {
      io.stdout.write(`${one.source}: ${one.failed.message}\n`);
      continue;
    }
    const { source, unknown } = one;
    const lines = unknown.map((each) => {
      const cost = each.costs.length === 0 ? 'the others of its list count' : `no ${each.costs.join(', ')}`;
      return `  ${formatProblem(each)} (${cost})\n`;
    });
    io.stdout.write(
      `${source}: signed in; names of sources.yaml that it does not know: ${unknown.length === 0 ? 'none' : unknown.length}\n${lines.join('')}`,
    );
  }
  const refused = checked.some((one) =>
    'failed' in one ? one.failed.kind !== 'transient' : one.unknown.some(({ costs }) => costs.length > 0),
  );
  if (refused) return 2;
  return checked.some((one) => 'failed' in one) ? 75 : 0;
}

async function compareWithOrg(config: Config, io: Io): Promise<number> {
  // Loaded only here: a check of files must not wait for the client of an org.
  const [{ readEnvironment }, { openSalesforce }, { checkOrg }, { makeWorld }] = await Promise.all([
    import('../config/environment.ts'),
    import('../run/sources.ts'),
    import('../run/check-org.ts'),
    import('../run/world.ts'),
  ]);
  const client = await openSalesforce(readEnvironment(io.env), makeWorld(io.now));
  if (client === null) {
    throw new ScorerError(
      'ENVIRONMENT_INVALID',
      '--org: found no credentials, expected SF_LOGIN_URL, SF_CLIENT_ID and SF_CLIENT_SECRET; see .env.example',
    );
  }
  const { differences, lacks } = await checkOrg(client, config, config.sources);
  const tell = (title: string, problems: readonly Problem[]) =>
    io.stdout.write(
      `${title}: ${problems.length === 0 ? 'none' : problems.length}\n${problems.map((each) => `  ${formatProblem(each)}\n`).join('')}`,
    );
  tell('differences between the model of the org and of the folder', differences);
  tell('named in sources.yaml and lacking in the org', lacks);
  return lacks.length > 0 ? 1 : 0;
}
