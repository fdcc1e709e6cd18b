import { all, textOf } from 'local-org/metadata';
import type { Component } from 'local-org/metadata';
import type { OrgIndex } from '../org-index.ts';
import { ofType } from '../project.ts';
import type { Finding, Project } from '../project.ts';

/** Metadata API Developer Guide, CustomField: length "between 1 and 255" of Text, 256 to 131,072 of long texts. */
const LENGTHS: Record<string, readonly [number, number]> = {
  Text: [1, 255],
  LongTextArea: [256, 131_072],
  Html: [256, 131_072],
};
/** Help, "Track Field History": not formulas, roll-up summaries, auto numbers. */
const UNTRACKED = new Set(['AutoNumber', 'Summary']);
/** What search results and compact layouts do not take (Help, "Compact Layouts", "Search Layouts"). */
const LONG = new Set(['LongTextArea', 'Html', 'textarea']);

const isOn = (part: Component, name: string): boolean => textOf(part.root, name) === 'true';

function ofField(part: Component, tracked: (object: string) => boolean): string[] {
  const type = textOf(part.root, 'type') ?? '';
  const formula = textOf(part.root, 'formula') !== undefined;
  const messages: string[] = [];
  const [least, most] = LENGTHS[type] ?? [0, Infinity];
  const length = textOf(part.root, 'length');
  if (length !== undefined && !formula && (Number(length) < least || Number(length) > most))
    messages.push(`found length ${length}, expected ${least} to ${most} for ${type}`);
  const [precision, scale] = ['precision', 'scale'].map((name) => Number(textOf(part.root, name) ?? 0));
  if ((precision ?? 0) > 18 || (scale ?? 0) > (precision ?? 0))
    messages.push(
      `found precision ${precision ?? 0} and scale ${scale ?? 0}, expected at most 18 digits and no more behind the point`,
    );
  const constraint = textOf(part.root, 'deleteConstraint');
  if (type === 'MasterDetail' && constraint !== undefined)
    messages.push(`found deleteConstraint ${constraint}, expected none: a detail goes with its master`);
  if (type === 'Lookup' && constraint === 'SetNull' && isOn(part, 'required'))
    messages.push('found deleteConstraint SetNull on a required lookup, expected Restrict or Cascade');
  if (isOn(part, 'trackHistory')) {
    if (formula || UNTRACKED.has(type))
      messages.push(
        `found trackHistory on ${formula ? 'a formula' : type}, expected none: what is computed has no history`,
      );
    else if (!tracked(part.object ?? ''))
      messages.push(`found trackHistory, expected enableHistory on ${part.object ?? ''} too`);
  }
  return messages;
}

/** Rules of the platform on single fields, on objects with masters, and on where long texts may stand. */
export function checkFieldRules(project: Project, index: OrgIndex): Finding[] {
  const findings: Finding[] = [];
  const report = (part: Component, message: string): void => {
    findings.push({ file: part.file, rule: 'platform', message });
  };
  const objects = new Map(ofType(project, 'CustomObject').map((part) => [part.name, part]));
  // Of an object that the project does not describe the org alone knows whether it keeps history.
  const tracked = (object: string): boolean => {
    const part = objects.get(object);
    return part === undefined || isOn(part, 'enableHistory');
  };
  const fields = ofType(project, 'CustomField');
  for (const part of fields) for (const message of ofField(part, tracked)) report(part, message);
  const isLong = (object: string, name: string): boolean =>
    LONG.has(index.objects.get(object)?.get(name)?.type ?? '');
  for (const part of objects.values()) {
    const sharing = textOf(part.root, 'sharingModel');
    const detail = fields.some(
      (field) => field.object === part.name && textOf(field.root, 'type') === 'MasterDetail',
    );
    // Help, "Organization-Wide Default Access Settings": a detail is controlled by its parent, always.
    if (part.name.endsWith('__c') && sharing !== undefined && detail !== (sharing === 'ControlledByParent'))
      report(
        part,
        `found sharingModel ${sharing}, expected ${detail ? 'ControlledByParent: it has a master' : 'another one: it has no master'}`,
      );
    for (const search of all(part.root, 'searchLayouts'))
      for (const child of search.children)
        if (child.name.endsWith('Fields') && isLong(part.name, child.text))
          report(
            part,
            `found ${child.name} ${child.text}, expected none: a long text stands in no search layout`,
          );
  }
  for (const part of ofType(project, 'CompactLayout'))
    for (const entry of all(part.root, 'fields'))
      if (isLong(part.object ?? '', entry.text))
        report(part, `found ${entry.text}, expected none: a long text stands in no compact layout`);
  return findings;
}
