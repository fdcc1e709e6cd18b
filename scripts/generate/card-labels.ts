/**
 * Custom labels: those that people write, and those that stand for texts of the scorer, so that a translation reaches
 * them and English stands in one place.
 */
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { all, escapeXml, readXml, textOf } from 'local-org/metadata';
import { parse } from 'yaml';
import { ENGLISH } from '../../node-scorer/src/advice/phrases.ts';
import { adviceTextsOf, type AdviceText, type AdviceTexts } from '../../node-scorer/src/advice/texts.ts';
import { CATALOGUE } from '../../node-scorer/src/metrics/catalogue.ts';

export const LABELS = 'force-app/main/default/labels/CustomLabels.labels-meta.xml';

export const ADVICE = 'config/advice.yaml';

/** Owner and words of each metric and fact as the file has them now: what was generated from it may be older. */
export function shippedAdvice(root: string): AdviceTexts {
  const { texts, problems } = adviceTextsOf(parse(readFileSync(join(root, ADVICE), 'utf8')));
  if (texts === undefined) throw new Error(`${ADVICE}: ${problems.join('; ')}`);
  return texts;
}

/** All that is advised, by metric or fact. */
export const advised = ({ metrics, facts }: AdviceTexts): Record<string, AdviceText> => ({
  ...metrics,
  ...facts,
});

const PREFIXES = {
  say: 'Health_Say_',
  action: 'Health_Action_',
  metric: 'Health_Metric_',
  help: 'Health_Help_',
  name: 'Health_Name_',
} as const;

const VALUE_SETS = 'force-app/main/default/globalValueSets';
const LISTS = [
  'Health_Tier',
  'Churn_Signal_Category',
  'Churn_Signal_Confidence',
  'Churn_Signal_Resolution',
  'Churn_Signal_Severity',
  'Churn_Signal_Status',
];

/**
 * The label of a text of the scorer. A label's name may hold no two underscores in a row, nor end with one.
 *
 * @example labelName('name', 'At Risk') // => 'Health_Name_At_Risk'
 */
export const labelName = (kind: keyof typeof PREFIXES, key: string): string =>
  PREFIXES[kind] + key.replace(/[^A-Za-z0-9]+/g, '_').replace(/_+$/, '');

/**
 * Values of our own lists and parts of the score, as people read them.
 *
 * @example (await listedNames(root))[0] // => 'Champion'
 */
export async function listedNames(root: string): Promise<string[]> {
  const values = await Promise.all(
    LISTS.map(async (list) => {
      const text = await readFile(join(root, `${VALUE_SETS}/${list}.globalValueSet-meta.xml`), 'utf8');
      return all(readXml(text), 'customValue').map((value) => textOf(value, 'fullName') ?? '');
    }),
  );
  const { dimensions, platform_value: platform } = parse(
    await readFile(join(root, 'config/weights.yaml'), 'utf8'),
  ) as { dimensions: Record<string, { label: string }>; platform_value: { label: string } };
  const parts = [...Object.values(dimensions), platform].map(({ label }) => label);
  return [...new Set([...values.flat(), ...parts])];
}

interface Derived {
  readonly name: string;
  readonly about: string;
  readonly text: string;
}

function derivedLabels(advice: AdviceTexts, names: readonly string[]): Derived[] {
  const of = (kind: keyof typeof PREFIXES, about: string, texts: readonly (readonly [string, string])[]) =>
    texts.map(([key, text]) => ({ name: labelName(kind, key), about: `${about}: ${key}`, text }));
  return [
    ...of('say', 'Advice, sentence', Object.entries(ENGLISH)),
    ...of(
      'action',
      'Advice, what to do',
      Object.entries(advised(advice)).map(([id, { action }]) => [id, action]),
    ),
    ...of(
      'metric',
      'Metric',
      CATALOGUE.map(({ id, label }) => [id, label]),
    ),
    ...of(
      'help',
      'Metric, what it is',
      CATALOGUE.map(({ id, description }) => [id, description]),
    ),
    ...of(
      'name',
      'Name in a list',
      names.map((name) => [name, name]),
    ),
  ];
}

/**
 * All labels in the order of their names.
 *
 * @param names as {@link listedNames} gives them
 * @example (await labelsFile(root, texts, names)).startsWith('<?xml') // => true
 */
export async function labelsFile(
  root: string,
  advice: AdviceTexts,
  names: readonly string[],
): Promise<string> {
  const text = await readFile(join(root, LABELS), 'utf8');
  const own = text
    .split(/(?=^ {4}<labels>$)/m)
    .slice(1)
    .map((block) => block.replace(/<\/CustomLabels>\s*$/, ''))
    .map((block) => [/<fullName>(.*)<\/fullName>/.exec(block)?.[1] ?? '', block] as const)
    .filter(([name]) => !Object.values(PREFIXES).some((prefix) => name.startsWith(prefix)));
  const derived = derivedLabels(advice, names).map((label) => [label.name, blockOf(label)] as const);
  const blocks = [...own, ...derived].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, block]) => block);
  return `<?xml version="1.0" encoding="UTF-8"?>
<CustomLabels xmlns="http://soap.sforce.com/2006/04/metadata">
${blocks.join('')}</CustomLabels>
`;
}

const blockOf = ({ name, about, text }: Derived): string => `    <labels>
        <fullName>${name}</fullName>
        <categories>Customer Health</categories>
        <language>en_US</language>
        <protected>true</protected>
        <shortDescription>${escapeXml(about)}</shortDescription>
        <value>${escapeXml(text)}</value>
    </labels>
`;
