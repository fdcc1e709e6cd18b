import { all, textOf, walk } from 'local-org/metadata';
import type { Element } from 'local-org/metadata';
import type { OrgIndex } from '../org-index.ts';
import { ofType } from '../project.ts';
import type { Finding, Project } from '../project.ts';

/** The values of one property of a component on a page. */
function propertyOf(component: Element, name: string): string[] {
  const property = all(component, 'componentInstanceProperties').find((one) => textOf(one, 'name') === name);
  if (!property) return [];
  const many = all(property, 'valueList').flatMap((list) => all(list, 'valueListItems'));
  return [property, ...many].flatMap((one) => textOf(one, 'value') ?? []);
}

/** Columns of related lists are written in capitals for standard fields. */
const isStandard = (column: string): boolean => /^[A-Z0-9_.]+$/.test(column);

function relatedList(component: Element, page: string, index: OrgIndex): string[] {
  const kind = textOf(component, 'componentName') ?? '';
  if (!/^(force:relatedListSingleContainer|lst:dynamicRelatedList)$/.test(kind)) return [];
  const [list = ''] = propertyOf(component, 'relatedListApiName');
  const [parent = `${page}.Id`] = propertyOf(component, 'parentFieldApiName');
  const object = parent.split('.')[0] ?? '';
  const child = index.children.get(object)?.get(list);
  // Standard lists carry names that no object tells (Activity history, Files): only ours can be looked up.
  if (!list.endsWith('__r')) return [];
  if (child === undefined) return [`found related list ${list}, expected a child relationship of ${object}`];
  const columns = [
    ...propertyOf(component, 'relatedListFieldAliases'),
    ...propertyOf(component, 'sortFieldAlias').filter((field) => field !== '__DEFAULT__'),
    ...propertyOf(component, 'adminFilters').map((filter) => filter.split('|')[0] ?? ''),
  ];
  const messages = columns
    .filter((column) => !isStandard(column) && !index.objects.get(child)?.has(column))
    .map((column) => `found column ${column} of ${list}, expected a field of ${child}`);
  // A single related list shows only what stands on the reader's page layout; that of a standard object is the org's own.
  // The dynamic list carries its columns itself (help.salesforce.com, platform.lightning_page_components_dynamic_related_list_single).
  if (kind === 'force:relatedListSingleContainer' && !object.includes('__'))
    messages.push(
      `found ${kind} of ${list}, expected lst:dynamicRelatedList: without our layout of ${object} it stays empty`,
    );
  return messages;
}

/** Lightning pages and folders: what an org refuses, or what nobody would see there. */
export function checkPageRules(project: Project, index: OrgIndex): Finding[] {
  const findings: Finding[] = [];
  for (const part of ofType(project, 'FlexiPage')) {
    const page = textOf(part.root, 'sobjectType') ?? '';
    const instances = walk(part.root).filter((element) => element.name === 'componentInstance');
    for (const component of instances)
      for (const message of relatedList(component, page, index))
        findings.push({ file: part.file, rule: 'platform', message });
    // Metadata API Developer Guide, FlexiPage, ComponentInstance: "identifier … must be unique in the page".
    const met = new Set<string>();
    for (const element of walk(part.root)) {
      if (element.name !== 'identifier') continue;
      if (met.has(element.text.toLowerCase()))
        findings.push({
          file: part.file,
          rule: 'platform',
          message: `found identifier ${element.text} twice, expected each once on the page`,
        });
      met.add(element.text.toLowerCase());
    }
  }
  // Without a share only the deploying user and holders of Manage … in Public Folders see what is inside
  // (help.salesforce.com, analytics.analytics_sharing_enable); both folders of jongpie/NebulaLogger share so.
  for (const type of ['ReportFolder', 'DashboardFolder'])
    for (const part of ofType(project, type)) {
      const open = textOf(part.root, 'accessType')?.startsWith('Public') === true;
      if (!open && all(part.root, 'folderShares').length === 0)
        findings.push({
          file: part.file,
          rule: 'portable',
          message:
            'found no folderShares, expected at least one: nobody but the deploying user sees the folder',
        });
    }
  return findings;
}
