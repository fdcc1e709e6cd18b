import type { Finding, Project } from '../project.ts';

/**
 * Longest text that an org takes, in characters, by type and element below the root. The type table knows no lengths,
 * and a deploy fails on the first text that is too long. From the object reference (lengths of PermissionSet.Description,
 * Report.Description, CustomMetadata labels …) and the limits of the Setup pages.
 */
const LIMITS: Record<string, Record<string, number>> = {
  PermissionSet: { description: 255, label: 80 },
  CustomField: { description: 1000, inlineHelpText: 510, label: 40 },
  CustomObject: { description: 1000, label: 40, pluralLabel: 40 },
  CustomMetadata: { label: 40 },
  ValidationRule: { description: 255, errorMessage: 255 },
  ListView: { label: 40 },
  CompactLayout: { label: 40 },
  CustomApplication: { description: 255, label: 40 },
  Report: { description: 255, name: 40 },
  ReportType: { description: 255, label: 50 },
  Dashboard: { description: 255, title: 80 },
  GlobalValueSet: { description: 255, masterLabel: 80 },
};

/** Every text of the project that has a limit. */
export const limitedTexts = (
  project: Project,
): { file: string; name: string; length: number; limit: number }[] =>
  project.parts.flatMap((part) =>
    part.root.children.flatMap(({ name, text }) => {
      const limit = LIMITS[part.type]?.[name];
      return limit === undefined ? [] : [{ file: part.file, name, length: [...text].length, limit }];
    }),
  );

/** Texts that are longer than an org takes. */
export const checkTextLengths = (project: Project): Finding[] =>
  limitedTexts(project)
    .filter(({ length, limit }) => length > limit)
    .map(({ file, name, length, limit }) => ({
      file,
      rule: 'platform',
      message: `found ${name} of ${length} characters, expected at most ${limit}`,
    }));
