import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageDir } from './sources.ts';
import type { Bundle } from './sources.ts';

/** A file to compile; a component of the project carries the name it is known by. */
export interface Resolved {
  readonly path: string;
  readonly specifier?: string;
}

interface Alias {
  readonly name?: string;
  readonly path?: string;
}

/**
 * Finds what a component imports by name: `c/…` in the project, `lightning/…` first among the page's own modules and
 * then in the base components, `lwc` itself, and what the base components map for themselves.
 */
export function makeResolver(
  bundles: readonly Bundle[],
  ownModules: string,
): (name: string) => Resolved | undefined {
  const base = packageDir('lightning-base-components');
  const manifest = JSON.parse(readFileSync(join(base, 'package.json'), 'utf8')) as {
    lwc: { modules: Alias[] };
  };
  const aliases = new Map(
    manifest.lwc.modules.flatMap(({ name, path }) =>
      name !== undefined && path !== undefined ? [[name, join(base, path)] as const] : [],
    ),
  );
  const components = new Map(bundles.map((bundle) => [`c/${bundle.name}`, bundle]));
  // Not the top of node_modules: test tooling brings an older engine along, and two engines do not mix.
  const engine = join(packageDir('lwc'), 'engine-dom.js');

  return (name) => {
    if (name === 'lwc') return { path: engine };
    const bundle = components.get(name);
    if (bundle) return { path: bundle.entry, specifier: name };
    const alias = aliases.get(name);
    if (alias !== undefined) return { path: alias };
    const [namespace = '', module = '', ...rest] = name.split('/');
    if (rest.length > 0 || module === '') return undefined;
    for (const folder of [ownModules, join(base, 'src')]) {
      const stem = join(folder, namespace, module, module);
      const path = [`${stem}.js`, `${stem}.css`].find(existsSync);
      if (path !== undefined) return { path };
    }
    return undefined;
  };
}
