import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, extname, resolve, sep } from 'node:path';
import type { OnResolveResult, Plugin } from 'esbuild';
import { iconCategoryOf, iconModule } from './icons.ts';
import type { Resolved } from './resolve.ts';
import { salesforceModule } from './salesforce-modules.ts';
import type { SalesforceModules } from './salesforce-modules.ts';
import type { Transforms } from './transforms.ts';

export interface LwcPluginOptions {
  readonly resolveName: (name: string) => Resolved | undefined;
  readonly transforms: Transforms;
  readonly salesforce: SalesforceModules;
  readonly icons: readonly string[];
  /** Sources of modules that exist only in the build, by name. */
  readonly virtual: Readonly<Record<string, string>>;
  /** The page's own browser code: plain modules, no components. */
  readonly plainDir: string;
  /** Folders whose compiler warnings are findings. */
  readonly ourDirs: readonly string[];
}

/** What a file of a component hands on to the files beside it. */
interface Data {
  readonly specifier?: string | undefined;
  readonly scoped?: boolean;
}

const COMPILED = new Set(['.js', '.html', '.css']);
const isRuntime = (path: string): boolean => /[\\/]node_modules[\\/](?:lwc|@lwc)[\\/]/.test(path);

/** Lets esbuild bundle Lightning web components: resolves as an org would, compiles with the LWC compiler. */
export function lwcPlugin(options: LwcPluginOptions): Plugin {
  const { resolveName, transforms, salesforce, icons, virtual, plainDir, ourDirs } = options;
  const isPlain = (path: string): boolean => path.startsWith(plainDir + sep) || isRuntime(path);
  const isOurs = (path: string): boolean => ourDirs.some((dir) => path.startsWith(dir + sep));

  function byName(name: string): OnResolveResult | undefined {
    if (name in virtual) return { path: name, namespace: 'virtual' };
    if (iconCategoryOf(name) !== undefined) return { path: name, namespace: 'icons' };
    // Icons for right-to-left languages: this page speaks none.
    if (/^lightning\/iconSvgTemplates\w+Rtl$/.test(name)) return { path: name, namespace: 'refused' };
    if (name.startsWith('@salesforce/') && salesforceModule(name, salesforce) !== undefined)
      return { path: name, namespace: 'salesforce' };
    const found = resolveName(name);
    const data: Data = { specifier: found?.specifier };
    return found && { path: found.path, namespace: 'file', pluginData: data };
  }

  function beside(name: string, importer: string, inherited: Data): OnResolveResult {
    const [bare = '', query = ''] = name.split('?');
    const path = resolve(dirname(importer), COMPILED.has(extname(bare)) ? bare : `${bare}.js`);
    if (!existsSync(path) && isImplicit(path, importer)) return { path, namespace: 'empty' };
    const scoped = new URLSearchParams(query).has('scoped');
    const data: Data = { ...inherited, scoped };
    return { path, namespace: 'file', ...(scoped ? { suffix: '?scoped' } : {}), pluginData: data };
  }

  return {
    name: 'lwc',
    setup: (build) => {
      build.onResolve({ filter: /.*/ }, ({ path, importer, pluginData, resolveDir }) => {
        if (path.startsWith('/')) return { path, namespace: 'file' };
        if (path.startsWith('.'))
          return isPlain(importer) || importer === ''
            ? { path: resolve(resolveDir, path) }
            : beside(path, importer, (pluginData ?? {}) as Data);
        const found = byName(path);
        if (found || isRuntime(importer)) return found;
        return { errors: [{ text: `${path} is not there, or not modelled by the local page` }] };
      });
      const load = (namespace: string, contentsOf: (path: string) => string): void =>
        build.onLoad({ filter: /.*/, namespace }, ({ path }) => ({
          contents: contentsOf(path),
          resolveDir: plainDir,
        }));
      load('virtual', (path) => virtual[path] ?? '');
      load('salesforce', (path) => salesforceModule(path, salesforce) ?? '');
      load('icons', (path) => iconModule(iconCategoryOf(path) ?? 'utility', icons));
      load('refused', (path) => `throw new Error('${path} is not modelled by the local page');`);
      load('empty', () => 'export default undefined;');
      build.onLoad({ filter: /\.(js|html|css)$/, namespace: 'file' }, async ({ path, pluginData }) => {
        if (isPlain(path)) return undefined;
        const { specifier, scoped = false } = (pluginData ?? {}) as Data;
        const source = await readFile(path, 'utf8');
        const named = specifier === undefined ? {} : { specifier };
        const contents = transforms.compile(source, path, { ...named, scoped, ours: isOurs(path) });
        const data: Data = { specifier };
        return { contents, loader: 'js', resolveDir: dirname(path), pluginData: data };
      });
    },
  };
}

/** A component needs no template and no style sheet of its own; the compiler imports both all the same. */
function isImplicit(path: string, importer: string): boolean {
  const stem = (file: string): string => basename(file).replace(/(\.scoped)?\.(js|html|css)$/, '');
  const expected = extname(path) === '.html' ? '.js' : '.html';
  return extname(path) !== '.js' && extname(importer) === expected && stem(path) === stem(importer);
}
