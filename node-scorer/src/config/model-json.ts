import { createHash } from 'node:crypto';
import { ScorerError } from '../errors.ts';
import type { Model } from '../scoring/index.ts';

/**
 * The version of a model: twelve hexadecimal digits of the SHA-256 of its content. Comments, spacing and the
 * order of keys such as green and red make no difference. The order of dimensions, metrics, tiers and caps
 * does, because it settles ties and is what people see.
 *
 * @example versionOf(content) // => '3f0a9c41d27b'
 */
export const versionOf = (content: unknown): string =>
  createHash('sha256').update(canonical(content)).digest('hex').slice(0, 12);

/**
 * The whole model as JSON, for the run's row: scores are computed again from it.
 *
 * @example modelFromJson(modelToJson(model)) // equals model
 */
export const modelToJson = (model: Model): string => JSON.stringify(model);

/**
 * A model from its JSON.
 *
 * @throws ScorerError CONFIG_INVALID when it is no JSON, or when its content is not what its version was made from
 * @example modelFromJson(row.Model__c).version === row.Model_Version__c
 */
export function modelFromJson(json: string): Model {
  const { version, ...content } = parse(json);
  const expected = versionOf(content);
  if (version !== expected) {
    throw new ScorerError(
      'CONFIG_INVALID',
      `The stored model: found version ${String(version)}, expected ${expected} from its content; it was changed after it was stored, so scores cannot be computed again from it`,
    );
  }
  // The version was made from a model that had passed every check, and the content still has it.
  return { version, ...content } as Model;
}

function parse(json: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch (cause) {
    throw new ScorerError('CONFIG_INVALID', 'The stored model: found no JSON, expected a model', { cause });
  }
  throw new ScorerError('CONFIG_INVALID', 'The stored model: found JSON that is no map, expected a model');
}

/** JSON with the keys of every map in one order, so that equal contents have one text. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`;
}
