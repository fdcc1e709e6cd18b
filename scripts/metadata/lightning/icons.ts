import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Project } from '../project.ts';
import type { Looked } from './bundles.ts';
import { bundlesOf } from './bundles.ts';

/** The list that SLDS ships with its drawings. */
const LIST = join(import.meta.dirname, '../../../node_modules/@salesforce-ux/design-system/ui.icons.json');
/** A whole quoted text, so that a phrase such as "custom: yes" is none. */
const NAMED = /(["'])((?:action|custom|doctype|standard|utility):[\w-]+)\1/g;

function knownIcons(): Set<string> {
  const groups = JSON.parse(readFileSync(LIST, 'utf8')) as { icons: { sprite: string; symbol: string }[] }[];
  return new Set(groups.flatMap(({ icons }) => icons.map(({ sprite, symbol }) => `${sprite}:${symbol}`)));
}

/**
 * Looks up every icon that a component names in the list of SLDS. An org draws nothing for a name it does not know, and
 * says nothing either.
 *
 * @example checkIcons(project).findings[0]?.message // => 'found icon standard:portfolio, expected one of SLDS: …'
 */
export function checkIcons(project: Project): Looked {
  const known = knownIcons();
  const bundles = bundlesOf(project);
  const findings = bundles.flatMap(({ files }) =>
    [...files]
      .filter(([file]) => /\.(?:js|html)$/.test(file))
      .flatMap(([file, text]) =>
        [...text.matchAll(NAMED)]
          .map(([, , icon = '']) => icon)
          .filter((icon) => !known.has(icon))
          .map((icon) => ({
            file,
            rule: 'icons',
            message: `found icon ${icon}, expected one of SLDS: lightningdesignsystem.com/icons lists them`,
          })),
      ),
  );
  return { components: bundles.length, findings };
}
