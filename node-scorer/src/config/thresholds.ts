import { z } from 'zod';
import { SEGMENTS } from '../scoring/index.ts';
import type { KnownMetric } from './known-names.ts';
import { FORMAT, ID, isMap, mapOf, number, text, type Note } from './schema-parts.ts';

/** Thresholds beyond this measure nothing, and their differences could overflow. */
const LARGEST = 1e12;

const bound = number(-LARGEST, LARGEST);
const threshold = z.strictObject({ green: bound, yellow: bound, red: bound });
const scale = z.strictObject({
  better: z.enum(['higher', 'lower']),
  unit: text(),
  paid: threshold,
  standard: threshold,
});

/** `thresholds.yaml`: how each metric's raw value becomes a score, once {@link withScales} has said in what it is read. */
export const THRESHOLDS = z.strictObject({ version: FORMAT, metrics: mapOf(ID, scale) });

/**
 * The document with direction and unit of every metric that is computed: figures stand in the file, what a metric is
 * stands in the catalogue. What the document says itself stays, and is checked against it later.
 *
 * @param document as it was read, of any shape
 * @param known the metrics that are computed; one that is not must say itself what it is
 * @example withScales({ metrics: { open_bugs: { paid, standard } } }, CATALOGUE)
 * // => { metrics: { open_bugs: { better: 'lower', unit: 'count', paid, standard } } }
 */
export function withScales(document: unknown, known: readonly KnownMetric[]): unknown {
  if (!isMap(document) || !isMap(document['metrics'])) return document;
  const metrics = Object.entries(document['metrics']).map(([id, figures]) => {
    const metric = known.find((each) => each.id === id);
    if (metric === undefined || !isMap(figures)) return [id, figures] as const;
    return [id, { better: metric.direction, unit: metric.unit, ...figures }] as const;
  });
  return { ...document, metrics: Object.fromEntries(metrics) };
}

/**
 * Notes thresholds that go up and down. Looks at three numbers alone, so that no other problem hides it.
 *
 * @param metrics as they stand in the document
 * @example checkOrder({ open_bugs: { better: 'lower', paid: { green: 9, yellow: 8, red: 15 } } }, note)
 * // notes "found green 9, yellow 8, red 15, expected green ≤ yellow ≤ red, because lower is better"
 */
export function checkOrder(metrics: unknown, note: Note): void {
  for (const [id, scaleOf] of Object.entries(isMap(metrics) ? metrics : {})) {
    const better = isMap(scaleOf) ? scaleOf['better'] : undefined;
    if (!isMap(scaleOf) || (better !== 'higher' && better !== 'lower')) continue;
    for (const segment of SEGMENTS) {
      const { data } = threshold.safeParse(scaleOf[segment]);
      if (data === undefined) continue;
      const { green, yellow, red } = data;
      const [best, worst] = better === 'higher' ? [green, red] : [red, green];
      if (best >= yellow && yellow >= worst) continue;
      const order = better === 'higher' ? 'green ≥ yellow ≥ red' : 'green ≤ yellow ≤ red';
      note(
        ['metrics', id, segment],
        `green ${green}, yellow ${yellow}, red ${red}`,
        `${order}, because ${better} is better`,
        'put them in order',
      );
    }
  }
}
