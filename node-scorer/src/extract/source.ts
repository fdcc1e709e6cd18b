import type { ZodType } from 'zod';
import type { Account } from '../facts/index.ts';
import type { Runtime } from '../http/transport.ts';
import type { Extraction, ExtractionRequest } from './extraction.ts';
import type { UnknownName } from './names.ts';

/**
 * What a source is, in one place: all that configuration, runs, `check`, the command line and the pages of this project
 * know of it. Nothing of it is loaded by its name alone: what it reads with comes by `settings`, `open`, `read` and
 * `checkNames`, each from a file of its own.
 *
 * @see extract/registry.ts for the list, docs/add-a-source.md for the way there
 */
export interface Source<Name extends string, Credentials, Settings, Client, Facts> {
  /** As `sources.yaml`, the catalogue of metrics and stored readings call it. */
  readonly name: Name;
  /** As people call it. */
  readonly title: string;
  /** The variables it is reached with, in the groups of `.env.example`. */
  readonly env: readonly EnvGroup[];
  /** Reads its credentials; null where none of its variables is set: not configured. */
  readonly credentials: (read: EnvReader) => Credentials | null;
  /** Its part of `sources.yaml`. */
  readonly settings: () => Promise<ZodType<Settings>>;
  /** Its settings in a few words, as `check` says them. */
  readonly summary: (settings: Settings) => string;
  /** What it calls an account: columns of the mapping file, and fields of the org that hold the same. */
  readonly mappingFields: readonly MappingField[];
  /** Is it decided among everybody who is mapped whose a record is, also where only some are asked for? */
  readonly amongAll?: boolean;
  /** When silence is a failed read and not a zero. */
  readonly silence: Silence;
  /** The settings that one metric is made with: another value makes stored readings of final months anew. */
  readonly settingsOf: (metric: string, settings: Settings) => unknown;
  /** Makes ready to ask; big clients are loaded here and not before. */
  readonly open: (credentials: Credentials, settings: Settings, runtime: Runtime) => Promise<Client>;
  /**
   * Facts of each account asked for.
   *
   * @throws ScorerError of kind transient when it is down; of kind config when only a person can mend it
   */
  readonly read: (
    client: Client,
    settings: Settings,
    request: ExtractionRequest,
  ) => Promise<Extraction<Facts>>;
  /**
   * Signs in and lists every name of `sources.yaml` that it does not know.
   *
   * @throws ScorerError as the reads do
   */
  readonly checkNames: (client: Client, settings: Settings) => Promise<readonly UnknownName[]>;
  /** Reads a file that was exported from it in its place. */
  readonly file?: FileReader<Settings, Facts>;
}

/** A source of which only its list is known: whatever it reads is its own affair. */
export type AnySource = Source<string, never, never, never, unknown>;

/** Variables that are set together, and what a person should know who does it. */
export interface EnvGroup {
  /** Lines of at most 118 characters. */
  readonly about: readonly string[];
  readonly names: readonly string[];
}

/** Reads variables; what is wrong with them is collected, and told of all of them at once. */
export interface EnvReader {
  /** Null when it is absent or blank. */
  readonly get: (name: string) => string | null;
  /** The same of an address, without the slash at its end. */
  readonly url: (name: string) => string | null;
  /** All of these or none of these; whose name ends in `_URL` is an address. */
  readonly group: <K extends string>(names: Readonly<Record<K, string>>) => Record<K, string> | null;
}

/** One id by which a source finds an account. */
export interface MappingField {
  /** As an account has it. */
  readonly key: keyof Account;
  /** In the mapping file. */
  readonly column: string;
  /** In `salesforce.fields` of `sources.yaml`, which names the field of the org. */
  readonly setting: string;
  /** Belongs to one account only. */
  readonly once?: boolean;
  /** Column without which this one says nothing, and what it is. */
  readonly needs?: { readonly column: string; readonly expected: string };
}

interface Silence {
  /** Lists that are read for everybody at once: nothing for anybody, where there was some, is a failed read. */
  readonly lists: readonly EmptyableList[];
  /** A read of which the source itself tells, by a note `no_rows`, that it gave nothing for anybody; as it is released. */
  readonly tells?: string;
}

/** A list that is read for everybody at once, and the metrics that are made from it; all of its source when absent. */
export interface EmptyableList {
  /** As people are told of it and release it. */
  readonly name: string;
  /** Metrics that tell whether an account has some. */
  readonly tells?: readonly string[];
  /** Metrics that are lost with it; those that tell when absent. */
  readonly takes?: readonly string[];
  /** May it never have held anything, because its source was begun later? */
  readonly begunLater: boolean;
}

/** A file in place of a source, as an option of the command line names it. */
interface FileReader<Settings, Facts> {
  /** Without the dashes. */
  readonly option: string;
  /** What the option's help says. */
  readonly about: string;
  /** What to do when it cannot be read. */
  readonly fix: string;
  readonly read: (
    file: SourceFile,
    settings: Settings,
    request: ExtractionRequest,
  ) => Promise<Extraction<Facts>>;
}

export interface SourceFile {
  readonly file: string;
  readonly csv: string;
}

/** A source with its types as they are written. */
export const defineSource = <Name extends string, Credentials, Settings, Client, Facts>(
  source: Source<Name, Credentials, Settings, Client, Facts>,
): Source<Name, Credentials, Settings, Client, Facts> => source;
