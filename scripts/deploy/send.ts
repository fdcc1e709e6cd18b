import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Options } from './options.ts';
import type { Project } from '../metadata/project.ts';
import { must } from './sf.ts';
import type { Sf, SfError } from './sf.ts';
import { activeFlows } from './steps.ts';
import type { Step } from './steps.ts';

export const MINUTES = '60';

/** What an org says of one part of a deploy. */
export interface Message {
  componentType?: string;
  fullName?: string;
  fileName?: string;
  problem?: string;
  problemType?: string;
}
const list = (messages: Message | Message[] | undefined): Message[] =>
  messages === undefined ? [] : Array.isArray(messages) ? messages : [messages];

interface Details {
  details?: { componentFailures?: Message | Message[]; componentSuccesses?: Message | Message[] };
}

/** The parts that the org refused. */
export const failuresOf = (error: SfError): Message[] =>
  list(((error.answer?.result ?? {}) as Details).details?.componentFailures);

/** @example inOneLine({ fileName: 'a', fullName: 'Account.X__c', problem: 'too long' }) // => 'a Account.X__c: too long' */
export const inOneLine = (one: Message): string =>
  `${one.fileName ?? ''} ${one.fullName ?? ''}: ${one.problem ?? ''}`;

/** Warnings counted by their words, since an org repeats them per component. */
function warningsOf(result: unknown): string[] {
  const counts = new Map<string, number>();
  for (const one of list(((result ?? {}) as Details).details?.componentSuccesses))
    if (one.problem !== undefined) counts.set(one.problem, (counts.get(one.problem) ?? 0) + 1);
  return [...counts].map(([problem, count]) => `${count} components: ${problem}`);
}

/** Files and folders in one transaction. @throws SfError with what the org refused */
export async function send(
  { sf, print }: { sf: Sf; print: (line: string) => void },
  { targetOrg, dryRun }: Pick<Options, 'targetOrg' | 'dryRun'>,
  { name, sources }: { name: string; sources: readonly string[] },
): Promise<void> {
  const result = await must(sf, [
    ...['project', 'deploy', 'start', '--target-org', targetOrg],
    ...sources.flatMap((source) => ['--source-dir', source]),
    // Local files are the truth here: an org's source tracking must not veto them.
    ...['--ignore-conflicts', '--wait', MINUTES],
    ...(dryRun ? ['--dry-run'] : []),
  ]);
  const { numberComponentsTotal } = (result ?? {}) as { numberComponentsTotal?: number };
  print(`${name}: ${numberComponentsTotal ?? '?'} components ${dryRun ? 'checked' : 'deployed'}`);
  for (const warning of warningsOf(result)) print(`  note: ${warning}`);
}

/** The sources of steps as they are sent: flows as they are shipped, or copies of them that are drafts. */
export interface Sources {
  of: (step: Step) => string[];
  /** Removes the copies. */
  close: () => void;
}

/** @param flows draft: an active flow is sent as a draft, from a copy in a folder that is removed on close */
export function sourcesFor(project: Project, flows: Options['flows']): Sources {
  let folder: string | undefined;
  const asDraft = (file: string): string => {
    folder ??= mkdtempSync(join(tmpdir(), 'draft-flows-'));
    mkdirSync(join(folder, 'flows'), { recursive: true });
    const copy = join(folder, 'flows', basename(file));
    const text = project.files.get(file) ?? '';
    writeFileSync(copy, text.replace(/<status>\s*Active\s*<\/status>/, '<status>Draft</status>'));
    return copy;
  };
  return {
    of: (step) => {
      const drafts = new Set(flows === 'draft' ? activeFlows(step) : []);
      return step.units.map((unit) => (drafts.has(unit) ? asDraft(unit.source) : unit.source));
    },
    close: () => {
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}
