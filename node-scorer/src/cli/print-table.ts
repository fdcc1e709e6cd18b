import type { Metric } from '../metrics/define-metric.ts';
import { toOutputLine, type OutputLine } from '../scoring/index.ts';
import type { Printer } from './printer.ts';
import { cell, paint, plain } from './terminal.ts';

/** Widths are fixed, because rows are printed as they are read. */
const COLUMNS = [
  ['Account', 30],
  ['Tier', 13],
  ['Score', 6],
  ['Could be', 12],
  ['Known', 6],
  ['What costs most', 0],
] as const;

/**
 * A readable table: tier in words, score, range, coverage and what costs the most points. `~` marks a
 * provisional tier. Colour only repeats what the words say.
 *
 * @param catalogue for the names of metrics
 * @param colour write colour codes
 */
export function tablePrinter(catalogue: readonly Pick<Metric, 'id' | 'label'>[], colour: boolean): Printer {
  const labels = new Map(catalogue.map(({ id, label }) => [id, label]));
  return {
    head: `${COLUMNS.map(([title, width]) => cell(title, width))
      .join(' ')
      .trimEnd()}\n`,
    row: (scorecard) => {
      const line = toOutputLine(scorecard);
      const rank = scorecard.model.tiers.findIndex(({ name }) => name === line.tier);
      const texts = [
        line.name,
        tierText(line),
        scoreText(line.healthScore),
        bandText(line),
        `${line.coverage} %`,
      ];
      const cells = texts.map((text, i) => cell(text, COLUMNS[i]?.[1] ?? 0));
      if (colour) cells[1] = paint(cells[1] as string, rank, scorecard.model.tiers.length);
      return `${[...cells, reasonText(line, labels)].join(' ').trimEnd()}\n`;
    },
  };
}

const tierText = ({ tier, provisional }: OutputLine): string =>
  tier === null ? 'No score' : `${tier}${provisional ? ' ~' : ''}`;
const scoreText = (score: number | null): string => (score === null ? '–' : score.toFixed(1).padStart(5));
const bandText = ({ band }: OutputLine): string =>
  band === null || band.low === band.high ? '' : `${band.low.toFixed(1)}–${band.high.toFixed(1)}`;

function reasonText(
  { cap, quantitativeScore, reasons }: OutputLine,
  labels: ReadonlyMap<string, string>,
): string {
  if (cap !== null) return `held at ${cap.at} by ${plain(cap.name)}; without it ${quantitativeScore}`;
  const [main] = reasons;
  return main === undefined
    ? ''
    : `${plain(labels.get(main.metric) ?? main.metric)} −${main.points.toFixed(1)}`;
}
