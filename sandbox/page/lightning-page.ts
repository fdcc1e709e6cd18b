import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';

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

interface Instance {
  readonly componentName: string;
  readonly visibilityRule?: unknown;
  readonly componentInstanceProperties?: readonly { readonly name: string; readonly value?: string }[];
}
interface Region {
  readonly name: string;
  readonly itemInstances?: readonly { readonly componentInstance?: Instance }[];
}
interface FlexiPage {
  readonly masterLabel: string;
  readonly sobjectType?: string;
  readonly type: string;
  readonly template: { readonly name: string };
  readonly flexiPageRegions?: readonly Region[];
}

const LISTS = new Set(['flexiPageRegions', 'itemInstances', 'componentInstanceProperties']);
const parser = new XMLParser({ isArray: (name) => LISTS.has(name), parseTagValue: false });
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
      const { FlexiPage: page } = parser.parse(readFileSync(join(folder, file), 'utf8')) as {
        FlexiPage: FlexiPage;
      };
      return page.type === 'RecordPage' && page.sobjectType !== undefined
        ? [pageOf(name, page, page.sobjectType)]
        : [];
    });
}

function pageOf(name: string, page: FlexiPage, object: string): LightningPage {
  const regions = (page.flexiPageRegions ?? []).map(
    (region) => [region.name, (region.itemInstances ?? []).map((item) => placed(name, item))] as const,
  );
  return {
    name,
    label: page.masterLabel,
    object,
    template: page.template.name,
    regions: new Map(regions),
  };
}

function placed(page: string, { componentInstance: instance }: { componentInstance?: Instance }): Placed {
  if (!instance) throw new Error(`${page}: found something else than a component, which is not modelled`);
  const { componentName: name, visibilityRule, componentInstanceProperties: properties = [] } = instance;
  if (visibilityRule !== undefined)
    throw new Error(`${page}: ${name} has a visibility rule, which is not modelled by the local page`);
  return {
    // A component of the org may be named with or without its namespace.
    component: name.includes(':') ? name : `c:${name}`,
    properties: Object.fromEntries(properties.map((property) => [property.name, property.value ?? ''])),
  };
}
