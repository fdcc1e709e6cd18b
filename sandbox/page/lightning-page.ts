import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { all, readXml, textOf } from 'local-org/metadata';
import type { Element } from 'local-org/metadata';

/** A component on a Lightning page, with the properties that its author set. */
export interface Placed {
  /** `c:healthCard`, `force:highlightsPanel` */
  readonly component: string;
  readonly properties: Readonly<Record<string, string>>;
}

/** A record page of force-app: which components stand in which region. */
export interface LightningPage {
  readonly name: string;
  readonly label: string;
  readonly object: string;
  readonly template: string;
  readonly regions: ReadonlyMap<string, readonly Placed[]>;
}

const SUFFIX = '.flexipage-meta.xml';

/**
 * The record pages of a `flexipages` folder by object; several of one object stay in the order of their names.
 *
 * @throws Error for pages that use what this page cannot show: fields of dynamic forms, visibility rules.
 */
export function readLightningPages(folder: string): LightningPage[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith(SUFFIX))
    .sort()
    .flatMap((file) => {
      const name = file.slice(0, -SUFFIX.length);
      const page = readXml(readFileSync(join(folder, file), 'utf8'));
      const object = textOf(page, 'sobjectType');
      return textOf(page, 'type') === 'RecordPage' && object !== undefined
        ? [pageOf(name, page, object)]
        : [];
    });
}

function pageOf(name: string, page: Element, object: string): LightningPage {
  const regions = all(page, 'flexiPageRegions').map(
    (region) =>
      [
        textOf(region, 'name') ?? '',
        all(region, 'itemInstances').map((item) => placed(name, all(item, 'componentInstance')[0])),
      ] as const,
  );
  const [template] = all(page, 'template');
  return {
    name,
    label: textOf(page, 'masterLabel') ?? name,
    object,
    template: (template && textOf(template, 'name')) ?? '',
    regions: new Map(regions),
  };
}

function placed(page: string, instance: Element | undefined): Placed {
  if (!instance) throw new Error(`${page}: found something else than a component, which is not modelled`);
  const name = textOf(instance, 'componentName') ?? '';
  if (all(instance, 'visibilityRule').length > 0)
    throw new Error(`${page}: ${name} has a visibility rule, which is not modelled by the local page`);
  const properties = all(instance, 'componentInstanceProperties');
  return {
    // A component of the org may be named with or without its namespace.
    component: name.includes(':') ? name : `c:${name}`,
    properties: Object.fromEntries(
      properties.map((property) => [textOf(property, 'name') ?? '', textOf(property, 'value') ?? '']),
    ),
  };
}
