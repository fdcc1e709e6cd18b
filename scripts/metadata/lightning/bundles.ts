import type { Finding, Project } from '../project.ts';

/** What a check of components says, and how many it looked at: one that looked at none has not passed. */
export interface Looked {
  components: number;
  findings: Finding[];
  /** Said besides findings, such as a count of advice. */
  remark?: string;
}

/** One Lightning Web Component: its folder under lwc/. */
export interface Bundle {
  name: string;
  /** The folder, as the project names it. */
  directory: string;
  /** Its files by path, tests left out. */
  files: Map<string, string>;
  /** Made by `npm run generate`: its source is checked where it stands, so it is not held to rules for what people write. */
  generated: boolean;
}

const IN_BUNDLE = /^((?:.*\/)?lwc\/([^/]+))\/.+/;
const GENERATED = /^\/\*[\s*]*Generated from [^\n]* by npm run generate\b/;

/** Whether a bundle is nothing but a style sheet for others to import: no script to look at. */
export const isStyleOnly = ({ name, directory, files }: Bundle): boolean =>
  files.has(`${directory}/${name}.css`) && ![...files.keys()].some((file) => file.endsWith('.js'));

/**
 * The bundles of a project, by name.
 *
 * @example bundlesOf(readProject(['force-app'])).map((bundle) => bundle.name) // => ['healthCard', 'scoringCore']
 */
export function bundlesOf(project: Project): Bundle[] {
  const bundles = new Map<string, Bundle>();
  for (const [file, text] of project.files) {
    const [, directory = '', name = ''] = IN_BUNDLE.exec(file) ?? [];
    if (name === '') continue;
    const bundle = bundles.get(directory) ?? { name, directory, files: new Map(), generated: false };
    bundle.files.set(file, text);
    if (file === `${directory}/${name}.js`) bundle.generated = GENERATED.test(text);
    bundles.set(directory, bundle);
  }
  return [...bundles.values()];
}
