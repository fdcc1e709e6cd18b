import type { Metric } from '../metrics/define-metric.ts';
import {
  formatPoints,
  headline,
  mainReasonOf,
  mainReasonSentence,
  pathSentences,
  whatIsCarried,
  whatIsMissing,
  whatMoved,
  whereLost,
} from '../scoring/index.ts';
import type { Explanation } from './explanation.ts';
import { cell, paint, plain } from './terminal.ts';

/** Account, tier, score, change, main reason. The last column takes what it needs. */
const WIDTHS = [30, 13, 6, 7, 0] as const;
const row = (texts: readonly string[]): string =>
  texts.map((text, i) => cell(text, WIDTHS[i] ?? 0)).join(' ');

/** Titles of the rows that {@link explainText} begins with. */
export const EXPLAIN_HEAD = `${row(['Account', 'Tier', 'Score', 'Change', 'Main reason'])}\n`;

/**
 * An explanation as text: one row that answers first, and below it what moved, where points are lost, what is not
 * known and the way up. `~` marks a provisional tier. Colour only repeats what the words say.
 *
 * @param catalogue for the names of metrics
 * @param colour write colour codes
 */
export function explainText(
  { present, earlier, change, path }: Explanation,
  catalogue: readonly Pick<Metric, 'id' | 'label'>[],
  colour: boolean,
): string {
  const labelOf = (metric: string): string => catalogue.find(({ id }) => id === metric)?.label ?? metric;
  const { tiers } = present.model;
  const { healthScore } = present.shown;
  const rank = tiers.findIndex(({ name }) => name === present.tier);
  const main = mainReasonOf(present, change);
  const first = row([
    present.input.name,
    present.tier === null ? 'No score' : `${present.tier}${present.provisional ? ' ~' : ''}`,
    healthScore === null ? '–' : healthScore.toFixed(1).padStart(5),
    'code' in change ? '–' : formatPoints(change.shown).padStart(6),
    main === null ? '' : mainReasonSentence(main, present, labelOf),
  ]).trimEnd();
  const lines = [
    colour ? paint(first, rank, tiers.length) : first,
    `  ${plain(present.input.accountId)}, ${present.input.period}: ${plain(headline(present, change))}`,
    ...part('What moved', whatMoved(change, present, earlier, labelOf)),
    ...part('Where points are lost', whereLost(present, labelOf)),
    ...part('Carried', whatIsCarried(present, labelOf)),
    ...part('Not known', whatIsMissing(present, labelOf)),
    ...part('Next tier', pathSentences(path, present, labelOf)),
  ];
  return `${lines.join('\n')}\n\n`;
}

const part = (title: string, sentences: readonly string[]): string[] =>
  sentences.length === 0 ? [] : [`  ${title}`, ...sentences.map((sentence) => `    ${plain(sentence)}`)];
