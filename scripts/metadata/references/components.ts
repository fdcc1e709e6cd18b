import { all, textOf, walk } from 'local-org/metadata';
import { baseModules, moduleOfTag } from '../lightning/base-modules.ts';
import type { OrgIndex } from '../org-index.ts';
import { resolvePath } from '../org-index.ts';
import type { Finding, Project } from '../project.ts';
import { ofType } from '../project.ts';

const TARGETS = new Set([
  'lightning__AppPage',
  'lightning__HomePage',
  'lightning__RecordPage',
  'lightning__RecordAction',
  'lightning__FlowScreen',
  'lightning__FlowAction',
  'lightning__Tab',
  'lightning__UtilityBar',
  'lightning__UrlAddressable',
  'lightning__Dashboard',
  'lightning__Inbox',
  'lightning__GlobalAction',
  'lightning__ChannelExtension',
  'lightningCommunity__Default',
  'lightningCommunity__Page',
  'lightningSnapin__ChatMessage',
  'lightningStatic__Email',
]);

/** Lightning Web Components: targets, properties, and what their modules import from the org. */
export function checkComponents(project: Project, index: OrgIndex): Finding[] {
  const findings: Finding[] = [];
  for (const part of ofType(project, 'LightningComponentBundle')) {
    const report = (message: string): void => {
      findings.push({ file: part.file, rule: 'components', message });
    };
    const source = project.files.get(part.file.replace(/\.js-meta\.xml$/, '.js'));
    if (source === undefined && !project.files.has(part.file.replace(/\.js-meta\.xml$/, '.css')))
      report(
        'found neither a JavaScript file of the component nor a style sheet, expected one beside this one',
      );
    for (const target of walk(part.root).filter((element) => element.name === 'target'))
      if (!TARGETS.has(target.text))
        report(`found target ${target.text}, expected one of ${[...TARGETS].join(', ')}`);
    for (const config of walk(part.root).filter((element) => element.name === 'targetConfig')) {
      for (const target of (config.attributes['targets'] ?? '').split(',').map((text) => text.trim()))
        if (
          !all(part.root, 'targets').some((targets) =>
            all(targets, 'target').some((one) => one.text === target),
          )
        )
          report(`found a targetConfig for ${target}, expected a target of this component`);
      for (const property of all(config, 'property')) {
        const name = property.attributes['name'] ?? '';
        const api = new RegExp(`@api\\s+(?:(?:get|set)\\s+)?${name}\\b`);
        if (source !== undefined && !api.test(source))
          report(`found property ${name}, expected it with @api in the class`);
      }
      for (const object of walk(config).filter((element) => element.name === 'object'))
        if (!index.objects.has(object.text)) report(`found object ${object.text}, expected one that exists`);
    }
  }
  const base = baseModules();
  for (const [file, text] of project.files) {
    if (/(?:^|\/)lwc\/.+\.html$/.test(file))
      for (const tag of new Set(
        [...text.replaceAll(/<!--[\s\S]*?-->/g, '').matchAll(/<(lightning-[a-z][\w-]*)/g)].map(
          (one) => one[1] ?? '',
        ),
      ))
        if (!base.has(moduleOfTag(tag)))
          findings.push({
            file,
            rule: 'components',
            message: `found <${tag}>, expected a base component that exists`,
          });
    if (!/(?:^|\/)lwc\/.+\.(js|ts|css)$/.test(file)) continue;
    for (const [, module = ''] of text.matchAll(/(?:from|@import)\s+['"]([^'"]+)['"]/g)) {
      const problem = importProblem(module, project, index, base);
      if (problem !== undefined) findings.push({ file, rule: 'components', message: problem });
    }
  }
  return findings;
}

function importProblem(
  module: string,
  project: Project,
  index: OrgIndex,
  base: ReadonlySet<string>,
): string | undefined {
  const platform = /^lightning\/(\w+)$/.exec(module)?.[1];
  if (platform !== undefined && !base.has(platform))
    return `found import of ${module}, expected a base module that exists`;
  const schema = /^@salesforce\/schema\/(.+)$/.exec(module)?.[1];
  if (schema !== undefined) {
    const [object = '', ...path] = schema.split('.');
    if (path.length === 0)
      return index.objects.has(object)
        ? undefined
        : `found import of object ${object}, expected one that exists`;
    const found = resolvePath(index, object, path);
    return typeof found === 'string' ? `found import ${module}: ${found}` : undefined;
  }
  const own = /^c\/(\w+)$/.exec(module)?.[1];
  if (
    own !== undefined &&
    ![...project.files.keys()].some((file) => new RegExp(`(?:^|/)lwc/${own}/${own}\\.(?:js|css)$`).test(file))
  )
    return `found import of c/${own}, expected a component that exists`;
  const label = /^@salesforce\/label\/c\.(\w+)$/.exec(module)?.[1];
  if (label !== undefined) {
    const exists = ofType(project, 'CustomLabels').some((part) =>
      all(part.root, 'labels').some((one) => textOf(one, 'fullName') === label),
    );
    if (!exists) return `found import of label ${label}, expected one that exists`;
  }
  const permission = /^@salesforce\/customPermission\/(\w+)$/.exec(module)?.[1];
  if (permission !== undefined && !index.names('CustomPermission').has(permission))
    return `found import of custom permission ${permission}, expected one that exists`;
  if (module.startsWith('@salesforce/apex'))
    return `found import of ${module}, expected none: there is no Apex`;
  return undefined;
}
