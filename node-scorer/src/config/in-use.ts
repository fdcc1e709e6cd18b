import { SEGMENTS, type BySegment, type Model, type Segment, type WeightedMetric } from '../scoring/index.ts';
import type { Note } from './schema-parts.ts';

type Parts = Pick<Model, 'health' | 'dimensions' | 'platformValue'>;

/**
 * A model's parts without what is switched off altogether: a dimension whose metrics are all off leaves its weight to
 * the other dimensions, platform value to Churn Risk. A metric that is off alone needs nothing here: the core divides
 * the weights of a group by their sum.
 *
 * @returns null, with a problem noted, when nothing is left for a segment
 * @example partsInUse({ health, dimensions, platformValue: { label, metrics: [] } }, note)?.health.platformValue
 * // => { paid: 0, standard: 0 }
 */
export function partsInUse({ health, dimensions, platformValue }: Parts, note: Note): Parts | null {
  const left = dimensions
    .filter(({ metrics }) => metrics.length > 0)
    .map((dimension) => ({
      ...dimension,
      weight: whereUsed(dimension.weight, (segment) => weighs(dimension.metrics, segment)),
    }));
  const inUse = {
    churnRisk: whereUsed(health.churnRisk, (segment) => left.some(({ weight }) => weight[segment] > 0)),
    platformValue: whereUsed(health.platformValue, (segment) => weighs(platformValue.metrics, segment)),
  };
  const without = SEGMENTS.filter((segment) => inUse.churnRisk[segment] + inUse.platformValue[segment] === 0);
  for (const segment of without) {
    note(['dimensions'], `no metric with a weight that is switched on for ${segment}`, 'at least one');
  }
  return without.length > 0 ? null : { health: inUse, dimensions: left, platformValue };
}

const weighs = (metrics: readonly WeightedMetric[], segment: Segment): boolean =>
  metrics.some(({ weight }) => weight[segment] > 0);

const whereUsed = (weight: BySegment<number>, isUsed: (segment: Segment) => boolean): BySegment<number> => ({
  paid: isUsed('paid') ? weight.paid : 0,
  standard: isUsed('standard') ? weight.standard : 0,
});
