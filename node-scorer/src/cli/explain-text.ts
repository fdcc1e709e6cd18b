import type { Metric } from '../metrics/define-metric.ts';
import {
  headline,
  heldBy,
  mainReasonOf,
  mainReasonSentence,
  pathSentences,
  whatIsMissing,
  whatMoved,
  whereLost,
} from '../scoring/index.ts';
import type { Explanation } from './explanation.ts';
import { paint, plain } from './terminal.ts';

/**
 * An explanation as text: one line that answers first, then what moved, where points are lost, what is not known
 * and the way up. Colour only repeats what the words say.
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
  const rank = tiers.findIndex(({ name }) => name === present.tier);
  const first = plain(headline(present, change));
  const main = mainReasonOf(present, change);
  const held = heldBy(present);
  const lines = [
    `${plain(present.input.name)} (${plain(present.input.accountId)}), ${present.input.period}`,
    `  ${colour ? paint(first, rank, tiers.length) : first}`,
    ...(main === null ? [] : [`  Mainly: ${plain(mainReasonSentence(main, present, labelOf))}`]),
    ...(held === null ? [] : [`  ${plain(held)}`]),
    ...part('What moved', whatMoved(change, present, earlier, labelOf)),
    ...part('Where points are lost', whereLost(present, labelOf)),
    ...part('Not known', whatIsMissing(present, labelOf)),
    ...part('Next tier', pathSentences(path, present, labelOf)),
  ];
  return `${lines.join('\n')}\n\n`;
}

const part = (title: string, sentences: readonly string[]): string[] =>
  sentences.length === 0 ? [] : [`  ${title}`, ...sentences.map((sentence) => `    ${plain(sentence)}`)];
