import { createHash, randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { iconsNamedIn, iconsOfBaseComponents } from './icons.ts';
import { readLabels, readTranslations } from './labels.ts';
import { lwcPlugin } from './lwc-plugin.ts';
import { makeResolver } from './resolve.ts';
import { filesBelow, findBundles, packageDir, toolVersions } from './sources.ts';
import type { Bundle } from './sources.ts';
import { makeTransforms } from './transforms.ts';

const page = resolve(import.meta.dirname, '..');
const BROWSER = join(page, 'browser');
const MODULES = join(page, 'modules');
const root = resolve(page, '../..');

export interface PageBuildOptions {
  /** Folders named `lwc` with the component bundles. */
  readonly lwcDirs: readonly string[];
  readonly labelsFile: string;
  /** Folder of translations. */
  readonly translationsDir?: string;
  /** Where bundles and compiled files are kept; never part of the repository. */
  readonly cacheDir: string;
}

export interface PageBuild {
  /** Changes with every content. */
  readonly key: string;
  /** Must run before the application: a script that comes later finds elements it can no longer patch. */
  readonly shadow: string;
  readonly app: string;
  /** `Account`, `Account.Name`: what components import of the org's schema. */
  readonly schemaReferences: readonly string[];
  /** Whether nothing had to be bundled. */
  readonly fromCache: boolean;
  /** Wall time, ms. */
  readonly took: number;
}

/** The project's components and where a build of the page is kept. */
export const projectSources = (): PageBuildOptions => ({
  lwcDirs: [join(root, 'force-app/main/default/lwc')],
  labelsFile: join(root, 'force-app/main/default/labels/CustomLabels.labels-meta.xml'),
  translationsDir: join(root, 'force-app-translations/main/default/translations'),
  cacheDir: join(root, '.cache/page'),
});

/**
 * Bundles all components of the project with the base components for a browser. Takes what an earlier build made of the
 * same content when there is one.
 *
 * @throws Error for unknown labels, icons and modules, and for compiler errors and warnings in the project's components.
 * @example (await buildPage(projectSources())).app.length // => about 1,500,000
 */
export async function buildPage(options: PageBuildOptions): Promise<PageBuild> {
  const started = performance.now();
  const bundles = findBundles(options.lwcDirs);
  const key = keyOf(options);
  const kept = readBuild(options.cacheDir, key);
  const made = kept ?? (await bundle(options, bundles));
  if (!kept) keep(options.cacheDir, key, made);
  return { key, ...made, fromCache: kept !== undefined, took: performance.now() - started };
}

type Made = Pick<PageBuild, 'shadow' | 'app' | 'schemaReferences'>;

function keyOf({ lwcDirs, labelsFile, translationsDir }: PageBuildOptions): string {
  const hash = createHash('sha256').update(toolVersions());
  const texts = translationsDir !== undefined && existsSync(translationsDir) ? [translationsDir] : [];
  const ours = [...lwcDirs, ...texts, BROWSER, MODULES, import.meta.dirname].flatMap(filesBelow);
  for (const file of [...ours, ...(existsSync(labelsFile) ? [labelsFile] : [])])
    hash.update(file).update(readFileSync(file));
  return hash.digest('base64url').slice(0, 24);
}

const fromBrowser = (file: string): string => `export * from ${JSON.stringify(join(BROWSER, file))};`;

/** How the bundler makes what a browser loads. */
export const MINIFIED = {
  bundle: true,
  write: false,
  minify: true,
  target: 'es2022',
  charset: 'utf8',
  logLevel: 'silent',
} as const;

/** Every exposed component by the name that pages and flows use. */
const registry = (bundles: readonly Bundle[]): string =>
  `export const components = { ${bundles
    .filter(({ exposed }) => exposed)
    .map(({ name }) => `'c:${name}': () => import('c/${name}')`)
    .join(', ')} };`;

async function bundle(options: PageBuildOptions, bundles: readonly Bundle[]): Promise<Made> {
  const schemaReferences = new Set<string>();
  const transforms = makeTransforms(join(options.cacheDir, 'transforms.json'));
  const plugin = lwcPlugin({
    resolveName: makeResolver(bundles, MODULES),
    transforms,
    salesforce: {
      labels: readLabels(options.labelsFile),
      ...(options.translationsDir === undefined
        ? {}
        : { translations: readTranslations(options.translationsDir) }),
      schemaReferences,
    },
    icons: [...new Set([...iconsNamedIn([...options.lwcDirs, MODULES]), ...iconsOfBaseComponents()])],
    virtual: {
      '@sandbox/components': registry(bundles),
      '@sandbox/page-data': fromBrowser('page-data.js'),
      '@sandbox/request': fromBrowser('request.js'),
    },
    plainDir: BROWSER,
    ourDirs: [...options.lwcDirs.map((dir) => resolve(dir)), MODULES],
  });
  const common = {
    ...MINIFIED,
    format: 'iife',
    define: { 'import.meta.env.SSR': 'false', 'process.env.NODE_ENV': '"production"' },
  } as const;
  const [shadow, app] = await Promise.all([
    build({ ...common, entryPoints: [join(packageDir('lwc'), 'synthetic-shadow.js')] }),
    build({ ...common, entryPoints: [join(BROWSER, 'main.js')], plugins: [plugin] }),
  ]);
  transforms.save();
  return {
    shadow: textOf(shadow),
    app: textOf(app),
    schemaReferences: [...schemaReferences].sort(),
  };
}

function textOf({ outputFiles }: { outputFiles?: readonly { readonly text: string }[] }): string {
  const [file, ...more] = outputFiles ?? [];
  if (!file || more.length > 0)
    throw new Error(`The bundler made ${more.length + (file ? 1 : 0)} files, expected 1`);
  return file.text;
}

function readBuild(cacheDir: string, key: string): Made | undefined {
  const file = join(cacheDir, `bundle-${key}.json`);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Made) : undefined;
}

/** Keeps a build, and of the older ones only a few: they are of no use once the sources have moved on. */
function keep(cacheDir: string, key: string, made: Made): void {
  mkdirSync(cacheDir, { recursive: true });
  const draft = join(cacheDir, `draft-${randomUUID()}.json`);
  writeFileSync(draft, JSON.stringify(made));
  renameSync(draft, join(cacheDir, `bundle-${key}.json`));
  const kept = readdirSync(cacheDir)
    .filter((name) => name.startsWith('bundle-'))
    .map((name) => ({
      path: join(cacheDir, name),
      at: statSync(join(cacheDir, name), { throwIfNoEntry: false })?.mtimeMs ?? 0,
    }))
    .sort((a, b) => b.at - a.at);
  for (const { path } of kept.slice(4)) rmSync(path, { force: true });
}
