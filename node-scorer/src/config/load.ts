import { readFile as readFileOf } from 'node:fs/promises';
import { join } from 'node:path';
import { problemsError, type Problem, type ScorerError } from '../errors.ts';
import type { Model } from '../scoring/index.ts';
import { SHIPPED_NAMES, type KnownNames } from './known-names.ts';
import { buildModel, type BuiltModel } from './model.ts';
import type { Settings } from './rules.ts';
import { readBySchema, type Read } from './schema-problems.ts';
import { sourcesSchema, type Sources } from './sources.ts';
import { readYaml, type YamlDocument } from './yaml-document.ts';

export interface ModelConfig {
  readonly model: Model;
  readonly settings: Settings;
}

export interface Config extends ModelConfig {
  readonly sources: Sources;
}

type ReadText = (path: string) => Promise<string>;

export interface LoadOptions {
  /** Reads a whole file as UTF-8; the file system by default. */
  readonly readFile?: ReadText;
}

/**
 * Reads `weights.yaml`, `thresholds.yaml` and `sources.yaml` of a directory: what scores real accounts, so every metric
 * must be one that is computed, every dimension and tier one that the org has a place for.
 *
 * @throws ScorerError CONFIG_INVALID with every problem of all three: file and line, found, expected, what to do
 * @example (await loadConfig('config')).model.version
 */
export async function loadConfig(directory: string, options: LoadOptions = {}): Promise<Config> {
  const read = options.readFile ?? readUtf8;
  const [model, { value: sources, problems }] = await Promise.all([
    readModel(directory, read, SHIPPED_NAMES),
    readSourcesOf(directory, read),
  ]);
  const all = [...(model.problems ?? []), ...problems];
  if (model.problems !== undefined || sources === null || all.length > 0) throw invalid(directory, all);
  return { model: model.model, settings: model.settings, sources };
}

/**
 * Reads only `sources.yaml`: the model then comes from the org.
 *
 * @throws ScorerError CONFIG_INVALID with every problem of it
 * @example (await loadSources('config')).jira.edition // => 'auto'
 */
export async function loadSources(directory: string, options: LoadOptions = {}): Promise<Sources> {
  const { value: sources, problems } = await readSourcesOf(directory, options.readFile ?? readUtf8);
  if (sources === null || problems.length > 0) throw invalid(directory, problems);
  return sources;
}

/**
 * Reads only what scoring given readings takes: `weights.yaml` and `thresholds.yaml`. Metrics and tiers may have any
 * names there: whoever gives the readings knows what they are.
 *
 * @throws ScorerError CONFIG_INVALID with every problem of both
 * @example (await loadModel('config')).model.tiers[0]?.name // => 'Champion'
 */
export async function loadModel(directory: string, options: LoadOptions = {}): Promise<ModelConfig> {
  const built = await readModel(directory, options.readFile ?? readUtf8, null);
  if (built.problems !== undefined) throw invalid(directory, built.problems);
  return built;
}

async function readModel(directory: string, read: ReadText, known: KnownNames | null): Promise<BuiltModel> {
  const [weights, thresholds] = await Promise.all([
    readDocument(join(directory, 'weights.yaml'), read),
    readDocument(join(directory, 'thresholds.yaml'), read),
  ]);
  const documents = { weights, thresholds };
  const built = buildModel(
    { weights: weights.value, thresholds: thresholds.value },
    (document, path) => documents[document].where(path),
    known,
  );
  const problems = [...weights.problems, ...thresholds.problems, ...(built.problems ?? [])];
  return problems.length > 0 ? { problems } : built;
}

async function readSourcesOf(directory: string, read: ReadText): Promise<Read<Sources>> {
  const { value, where, problems } = await readDocument(join(directory, 'sources.yaml'), read);
  if (value === undefined) return { value: null, problems };
  const sources = readBySchema(await sourcesSchema(), value, { where });
  return problems.length === 0 ? sources : { value: null, problems: [...problems, ...sources.problems] };
}

async function readDocument(file: string, read: ReadText): Promise<YamlDocument> {
  let text: string;
  try {
    text = await read(file);
  } catch (error) {
    const code = (error as { code?: unknown } | null)?.code;
    const found = code === 'ENOENT' ? 'no such file' : `a file that cannot be read (${String(code)})`;
    const fix = 'name the directory that holds it with --config-dir';
    return {
      value: undefined,
      problems: [{ where: file, found, expected: 'a YAML file', fix }],
      where: () => file,
    };
  }
  return readYaml(text, file);
}

function invalid(directory: string, problems: readonly Problem[]): ScorerError {
  return problemsError('CONFIG_INVALID', `Configuration in ${directory}`, problems);
}

const readUtf8: ReadText = (path) => readFileOf(path, 'utf8');
