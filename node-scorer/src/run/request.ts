import { createHash } from 'node:crypto';
import type { Environment } from '../config/environment.ts';
import type { Sources } from '../config/sources.ts';
import type { Account, Window } from '../facts/index.ts';
import type { Model } from '../scoring/index.ts';
import type { SourceFiles } from './sources.ts';
import type { RunMode } from './store/run-store.ts';

/** What one refresh is asked to do. */
export interface RefreshRequest {
  readonly window: Window;
  /** Null: the org's own, from its custom metadata. */
  readonly model: Model | null;
  readonly sources: Sources;
  readonly environment: Environment;
  readonly mode: RunMode;
  readonly dryRun: boolean;
  /** Read the sources again although the period is final. */
  readonly force: boolean;
  /** Fills in history: a month without any score yet is not held, for nobody has looked at it. */
  readonly backfill: boolean;
  /** The Held run that a person releases; null: none. */
  readonly release: HeldRun | null;
  /** Accounts of a mapping file: they replace the ids of the org for this run. */
  readonly mapping?: readonly Account[] | undefined;
  /** Files in place of sources. */
  readonly files?: SourceFiles | undefined;
  /** 18-character ids: only these accounts. */
  readonly accountIds?: readonly string[] | undefined;
}

/** A run that moved too many tiers and was not written, or one in which reads gave nothing for anybody. */
export interface HeldRun {
  readonly id: string;
  readonly period: string;
  /** Of the moves that a person has seen. */
  readonly digest: string;
  /** Reads that are truly empty, as an admin says who releases the run; absent: none. */
  readonly released?: readonly string[];
}

/** What a running refresh is told and asked from outside. */
export interface RunHandle {
  /** Becomes Run_Key__c of the run's record. */
  readonly id: string;
  /** Milliseconds since the epoch; of the first start when it was taken up. */
  readonly startedAt: number;
  /** The last step of whoever began it; null when nobody did. */
  readonly resumedAfter: string | null;
  /**
   * A step is done, and this is a safe point: the heartbeat.
   *
   * @throws ScorerError INTERRUPTED when it is asked to stop
   */
  readonly step: (name: string) => Promise<void>;
}

/**
 * The scope of a run in one word: `all`, an account's id, or the hash of a list.
 *
 * @example scopeOf({ accountIds: undefined, mapping: undefined }) // => 'all'
 */
export function scopeOf({ accountIds, mapping }: Pick<RefreshRequest, 'accountIds' | 'mapping'>): string {
  if (mapping === undefined && accountIds === undefined) return 'all';
  if (mapping === undefined && accountIds?.length === 1) return accountIds[0] as string;
  const ids =
    mapping?.map(({ id }) => id).filter((id) => accountIds?.includes(id) ?? true) ?? accountIds ?? [];
  const hash = createHash('sha256').update(ids.toSorted().join(' ')).digest('hex').slice(0, 12);
  return `${ids.length} accounts ${hash}`;
}
