/**
 * Everything in this repository that is made from other files of it: one list, which `npm run generate` writes and
 * `npm run verify:generated` compares.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { envExample } from '../../node-scorer/src/config/variables.ts';
import { CATALOGUE } from '../../node-scorer/src/metrics/catalogue.ts';
import { metricsPage } from '../../node-scorer/src/metrics/metrics-page.ts';
import { LABELS } from './card-labels.ts';
import { cardModules } from './card-modules.ts';
import { REGISTRATION, registration } from './external-service.ts';
import { modelRecords, RECORDS } from './model-records.ts';
import { OPENAPI_FILE, openapiDocument } from './openapi.ts';
import { ACCEPTANCE_PAGE, acceptancePage } from './org-assumptions.ts';
import { scoringCore, SOURCE, TARGET } from './scoring-core.ts';
import { formatted, moduleMeta } from './text.ts';
import { TEXTS, TRANSLATIONS, translations } from './translations.ts';

/** Files that are made together. */
export interface Output {
  /** What they are made from, for people. */
  readonly from: string;
  /** A folder that holds nothing else: what is left over in it goes. */
  readonly folder?: string;
  /** Texts by path from the root of the repository. */
  readonly make: (root: string) => ReadonlyMap<string, string> | Promise<ReadonlyMap<string, string>>;
}

const one = (path: string, text: string): ReadonlyMap<string, string> => new Map([[path, text]]);

export const OUTPUTS: readonly Output[] = [
  {
    from: SOURCE,
    make: async (root) =>
      new Map([
        [TARGET, await scoringCore(root)],
        [
          `${TARGET}-meta.xml`,
          moduleMeta(
            'Scoring core',
            "The scoring core of the customer health score, generated from the scorer's own source.",
          ),
        ],
      ]),
  },
  { from: 'the catalogue, the custom labels and config/advice.yaml', make: cardModules },
  { from: 'config/*.yaml and the catalogue', folder: RECORDS, make: modelRecords },
  { from: 'node-scorer/src/service', make: () => one(REGISTRATION, registration()) },
  {
    from: 'node-scorer/src/service',
    make: async (root) =>
      one(OPENAPI_FILE, await formatted(root, OPENAPI_FILE, JSON.stringify(await openapiDocument()))),
  },
  {
    from: 'the catalogue',
    make: async (root) =>
      one('docs/METRICS.md', await formatted(root, 'docs/METRICS.md', metricsPage(CATALOGUE))),
  },
  {
    from: 'the sources and node-scorer/src/config/variables.ts',
    make: () => one('.env.example', envExample()),
  },
  {
    from: 'the marks in local-org',
    make: async (root) => one(ACCEPTANCE_PAGE, await acceptancePage(root)),
  },
  {
    from: `${TEXTS} and the custom labels`,
    folder: TRANSLATIONS,
    make: (root) => translations(root, readFileSync(join(root, LABELS), 'utf8')),
  },
];

/** A file that is not what its source gives. */
export interface Drift {
  readonly path: string;
  readonly from: string;
  /** What it should be; null for a file that should not be there. */
  readonly text: string | null;
  readonly found: 'no file' | 'another text' | 'a file that nothing makes';
}

/**
 * Which generated files are missing, left over or not what their source gives today.
 *
 * @param root directory of the repository
 * @param outputs what is looked at
 * @returns in the order of the list; empty when all is as it should be
 * @example await driftOf(process.cwd()) // => []
 */
export async function driftOf(root: string, outputs: readonly Output[] = OUTPUTS): Promise<Drift[]> {
  const all: Drift[] = [];
  for (const { from, folder, make } of outputs) {
    const wanted = await make(root);
    if (wanted.size === 0) throw new Error(`${from}: found nothing to generate, expected a file at least`);
    for (const [path, text] of wanted) {
      const file = join(root, path);
      if (!existsSync(file)) all.push({ path, from, text, found: 'no file' });
      else if (readFileSync(file, 'utf8') !== text) all.push({ path, from, text, found: 'another text' });
    }
    const present =
      folder !== undefined && existsSync(join(root, folder)) ? readdirSync(join(root, folder)) : [];
    for (const path of present.map((name) => `${folder}/${name}`))
      if (!wanted.has(path)) all.push({ path, from, text: null, found: 'a file that nothing makes' });
  }
  return all;
}

/** Makes a file what it should be. */
export function mend(root: string, { path, text }: Drift): void {
  const file = join(root, path);
  if (text === null) {
    rmSync(file);
    return;
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
