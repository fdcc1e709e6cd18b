import { all, textOf, walk } from 'local-org/metadata';
import type { Component } from 'local-org/metadata';
import { resolvePath } from '../org-index.ts';
import type { OrgIndex } from '../org-index.ts';
import { ofType } from '../project.ts';
import type { Finding, Project } from '../project.ts';

type Report = (part: Component, message: string) => void;

/** Columns of list views are written in capitals for standard fields: NAME, ACCOUNT.NAME, CORE.USERS.ALIAS. */
const isStandardColumn = (name: string): boolean => /^[A-Z0-9_.]+$/.test(name);

/** Layouts, list views, tabs, apps, pages, paths, reports and dashboards. */
export function checkPages(project: Project, index: OrgIndex): Finding[] {
  const findings: Finding[] = [];
  const report: Report = (part, message) => findings.push({ file: part.file, rule: 'references', message });
  const field = (part: Component, object: string, name: string): void => {
    const found = resolvePath(index, object, [name]);
    if (typeof found === 'string') report(part, `found field ${name}: ${found}`);
  };

  for (const part of ofType(project, 'CompactLayout'))
    for (const entry of all(part.root, 'fields')) field(part, part.object ?? '', entry.text);
  for (const part of ofType(project, 'ListView')) {
    for (const entry of all(part.root, 'columns'))
      if (!isStandardColumn(entry.text)) field(part, part.object ?? '', entry.text);
    for (const filter of all(part.root, 'filters')) {
      const name = textOf(filter, 'field') ?? '';
      if (!isStandardColumn(name)) field(part, part.object ?? '', name);
    }
  }
  for (const part of ofType(project, 'FieldSet'))
    for (const entry of walk(part.root).filter((element) => element.name === 'field'))
      field(part, part.object ?? '', entry.text);
  for (const part of ofType(project, 'Layout')) checkLayout(part, index, field, report);
  for (const part of ofType(project, 'PathAssistant')) {
    const object = textOf(part.root, 'entityName') ?? '';
    field(part, object, textOf(part.root, 'fieldName') ?? '');
    for (const step of all(part.root, 'pathAssistantSteps'))
      for (const entry of all(step, 'fieldNames')) field(part, object, entry.text);
  }
  for (const part of ofType(project, 'CustomTab')) {
    if (textOf(part.root, 'customObject') === 'true' && !index.objects.has(part.name))
      report(part, `found a tab of ${part.name}, expected an object that exists`);
    const page = textOf(part.root, 'flexiPage');
    if (page !== undefined && !index.names('FlexiPage').has(page))
      report(part, `found page ${page}, expected one that exists`);
    const component = textOf(part.root, 'lwcComponent');
    if (component !== undefined && !isComponent(project, component))
      report(part, `found component ${component}, expected one that exists`);
  }
  for (const part of ofType(project, 'CustomApplication'))
    for (const tab of all(part.root, 'tabs'))
      if (!tab.text.startsWith('standard-') && !index.names('CustomTab').has(tab.text))
        report(part, `found tab ${tab.text}, expected one that exists`);
  for (const part of ofType(project, 'FlexiPage')) checkFlexiPage(project, part, index, report);
  for (const part of ofType(project, 'QuickAction')) {
    const flow = textOf(part.root, 'flowDefinition');
    if (flow !== undefined && !index.names('Flow').has(flow))
      report(part, `found flow ${flow}, expected one that exists`);
    const component = textOf(part.root, 'lightningWebComponent');
    if (component !== undefined && !isComponent(project, component))
      report(part, `found component ${component}, expected one that exists`);
  }
  for (const part of ofType(project, 'ReportType')) checkReportType(part, index, report);
  for (const part of ofType(project, 'Report')) checkReport(part, index, report);
  for (const part of ofType(project, 'Dashboard'))
    for (const element of walk(part.root))
      if (element.name === 'report' && !index.names('Report').has(element.text))
        report(part, `found report ${element.text}, expected one that exists`);
  return findings;
}

const isComponent = (project: Project, name: string): boolean =>
  [...project.files.keys()].some((file) => file.endsWith(`lwc/${name}/${name}.js-meta.xml`));

function checkLayout(
  part: Component,
  index: OrgIndex,
  field: (part: Component, object: string, name: string) => void,
  report: Report,
): void {
  const object = part.name.split('-')[0] ?? '';
  if (!index.objects.has(object)) report(part, `found a layout of ${object}, expected an object that exists`);
  for (const item of walk(part.root).filter((element) => element.name === 'layoutItems')) {
    const name = textOf(item, 'field');
    if (name !== undefined) field(part, object, name);
  }
  for (const action of walk(part.root).filter((element) => element.name === 'platformActionListItems')) {
    const name = textOf(action, 'actionName') ?? '';
    if (textOf(action, 'actionType') === 'QuickAction' && !index.names('QuickAction').has(name))
      report(part, `found quick action ${name}, expected one that exists`);
  }
  for (const related of all(part.root, 'relatedLists')) {
    const [child = '', link = ''] = (textOf(related, 'relatedList') ?? '').split('.');
    if (link === '') continue;
    field(part, child, link);
    for (const column of all(related, 'fields'))
      if (!isStandardColumn(column.text)) field(part, child, column.text);
  }
}

function checkFlexiPage(project: Project, part: Component, index: OrgIndex, report: Report): void {
  const object = textOf(part.root, 'sobjectType');
  if (object !== undefined && !index.objects.has(object))
    report(part, `found sobjectType ${object}, expected an object that exists`);
  for (const element of walk(part.root)) {
    if (element.name === 'componentName') {
      const own = element.text.replace(/^c:/, '');
      // Standard components carry a namespace, ours are bare or in c.
      if (!element.text.includes(':') || element.text.startsWith('c:'))
        if (!isComponent(project, own))
          report(part, `found component ${element.text}, expected one that exists`);
    }
    if (element.name === 'fieldItem' && object !== undefined) {
      const found = resolvePath(index, object, [element.text.replace(/^Record\./, '')]);
      if (typeof found === 'string') report(part, `found field ${element.text}: ${found}`);
    }
  }
}

/** Account.Churn_Signals__r → Churn_Signal__c. */
function tableOf(index: OrgIndex, table: string): string | undefined {
  const [base = '', ...joins] = table.split('.');
  let here: string | undefined = base;
  for (const join of joins) here = here === undefined ? undefined : index.children.get(here)?.get(join);
  return here !== undefined && index.objects.has(here) ? here : undefined;
}

function checkReportType(part: Component, index: OrgIndex, report: Report): void {
  for (const column of walk(part.root).filter((element) => element.name === 'columns')) {
    const table = textOf(column, 'table') ?? '';
    const object = tableOf(index, table);
    const name = textOf(column, 'field') ?? '';
    if (object === undefined)
      report(part, `found table ${table}, expected an object with that child relationship`);
    // Report types name a lookup by its relationship: Owner for OwnerId.
    else if (!index.objects.get(object)?.has(name) && !index.objects.get(object)?.has(`${name}Id`))
      report(part, `found column ${name}, expected a field of ${object}`);
  }
}

function checkReport(part: Component, index: OrgIndex, report: Report): void {
  const type = textOf(part.root, 'reportType') ?? '';
  const entity = /^CustomEntity\$(.+)$/.exec(type)?.[1];
  if (entity !== undefined && !index.objects.has(entity))
    report(part, `found report type ${type}, expected an object that exists`);
  if (/__c$/.test(type) && entity === undefined && !index.names('ReportType').has(type.replace(/__c$/, '')))
    report(part, `found report type ${type}, expected one that exists`);
  for (const element of walk(part.root)) {
    if (
      !['field', 'column', 'sortColumn', 'groupingColumn', 'secondaryGroupingColumn'].includes(element.name)
    )
      continue;
    const [, table = '', name = ''] = /^([A-Za-z_.]+)[$.](\w+__c)$/.exec(element.text) ?? [];
    if (name === '') continue;
    const object = tableOf(index, table);
    if (object === undefined || !index.objects.get(object)?.has(name))
      report(part, `found column ${element.text}, expected a field that exists`);
  }
}
