import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadModel as loadModelOf } from './config/load.ts';
import type { Model } from './scoring/index.ts';

/**
 * The folder of the shipped configuration. A built package carries a copy beside its code; in the repository it lies
 * at the top.
 *
 * @example shippedConfig() // => '/srv/app/node_modules/node-scorer/dist/config'
 */
export function shippedConfig(): string {
  const packed = fileURLToPath(new URL('../config', import.meta.url));
  return existsSync(packed) ? packed : fileURLToPath(new URL('../../config', import.meta.url));
}

/**
 * A model from `weights.yaml` and `thresholds.yaml`.
 *
 * @param directory that holds them; without one the model as it is shipped. In an org the admins' custom metadata
 *   decides instead, and {@link refresh} reads it from there.
 * @throws ScorerError CONFIG_INVALID with every problem of both files
 * @example (await loadModel()).tiers[0]?.name // => 'Champion'
 */
export async function loadModel(directory: string = shippedConfig()): Promise<Model> {
  return (await loadModelOf(directory)).model;
}
