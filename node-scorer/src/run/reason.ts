import { metricById } from '../metrics/catalogue.ts';
import type { Scorecard } from '../scoring/index.ts';

/**
 * The main reason of a score, as one line: the signal that caps it, else the metric that costs most points.
 * Null when nothing is lost or nothing is known.
 *
 * @example mainReason(card) // => 'Median first response: 9120 seconds, 100 at 3600 or better (−1.3)'
 */
export function mainReason(card: Scorecard): string | null {
  if (card.cap !== null && card.shown.quantitativeScore !== null) {
    return `Held at ${card.cap.at} by ${card.cap.name}; without it ${card.shown.quantitativeScore.toFixed(1)}`;
  }
  const metrics = [...card.dimensions, card.platformValue].flatMap((group) => group.metrics);
  const worst = metrics.reduce<(typeof metrics)[number] | null>(
    (most, metric) => (metric.pointsLost > (most?.pointsLost ?? 0) ? metric : most),
    null,
  );
  if (worst === null || worst.value === null) return null;
  const scale = card.model.thresholds[worst.id];
  const green = scale?.[card.input.segment].green;
  const label = metricById(worst.id)?.label ?? worst.id;
  const value = `${round(worst.value)} ${scale?.unit ?? ''}`.trim();
  return `${label}: ${value}, 100 at ${round(green ?? NaN)} or better (−${worst.pointsLost.toFixed(1)})`;
}

/** For reading: at most two decimals. */
const round = (value: number): number => Math.round(value * 100) / 100;
