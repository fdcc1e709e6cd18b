import { ScorerError } from '../errors.ts';
import type { Io } from './io.ts';

export interface ExtractOptions {
  readonly source: string;
  readonly period: string;
}

/** `scorer extract`: prints one source's readings. */
export function extract({ source }: ExtractOptions, _io: Io): Promise<number> {
  return Promise.reject(
    new ScorerError('USAGE', `extract --source ${source}: this command is not there yet`),
  );
}
