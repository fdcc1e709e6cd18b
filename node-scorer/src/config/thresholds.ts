import { SEGMENTS, type MetricScale, type Segment, type Threshold } from '../scoring/index.ts';
import { checkFormat, type Checks, type Path } from './checks.ts';
import { ID } from './weights.ts';

/** Thresholds beyond this measure nothing, and their differences could overflow. */
const LARGEST = 1e12;

/** Scales of the document: null when one of them is wrong, with the ids of all that stand there. */
export interface ReadScales {
  readonly scales: Readonly<Record<string, MetricScale>> | null;
  readonly ids: ReadonlySet<string> | null;
}

/**
 * Reads `thresholds.yaml`: how each metric's raw value becomes a score.
 *
 * @example readScales({ version: 1, metrics: { open_bugs: { better: 'lower', … } } }, checks).scales?.open_bugs
 */
export function readScales(value: unknown, checks: Checks): ReadScales {
  const top = checks.fields(value, [], ['version', 'metrics']);
  if (top !== null) checkFormat(top, checks);
  const entries = top?.['metrics'] === undefined ? null : checks.entries(top['metrics'], ['metrics']);
  if (entries === null) return { scales: null, ids: null };
  const read = entries.map(([id, item]) => [id, readScale(id, item, checks, ['metrics', id])] as const);
  const right = read.flatMap(([id, scale]) => (scale === null ? [] : [[id, scale] as const]));
  return {
    scales: right.length === read.length ? Object.fromEntries(right) : null,
    ids: new Set(entries.map(([id]) => id)),
  };
}

function readScale(id: string, value: unknown, checks: Checks, path: Path): MetricScale | null {
  const name = checks.text(id, path, ID);
  const fields = checks.fields(value, path, ['better', 'unit', ...SEGMENTS]);
  if (fields === null) return null;
  const at = <T>(key: string, read: (value: unknown, path: Path) => T | null): T | null =>
    Object.hasOwn(fields, key) ? read(fields[key], [...path, key]) : null;
  const better = at('better', (item, here) => checks.oneOf(item, here, ['higher', 'lower'] as const));
  const unit = at('unit', (item, here) => checks.text(item, here));
  const read = (segment: Segment): Threshold | null =>
    at(segment, (item, here) => readThreshold(item, better, checks, here));
  const [paid, standard] = [read('paid'), read('standard')];
  return name === null || better === null || unit === null || paid === null || standard === null
    ? null
    : { better, unit, paid, standard };
}

function readThreshold(
  value: unknown,
  better: 'higher' | 'lower' | null,
  checks: Checks,
  path: Path,
): Threshold | null {
  const fields = checks.fields(value, path, ['green', 'yellow', 'red']);
  if (fields === null) return null;
  const read = (key: string): number | null =>
    Object.hasOwn(fields, key)
      ? checks.number(fields[key], [...path, key], { from: -LARGEST, to: LARGEST })
      : null;
  const [green, yellow, red] = [read('green'), read('yellow'), read('red')];
  if (green === null || yellow === null || red === null) return null;
  const ordered = better === 'higher' ? green >= yellow && yellow >= red : green <= yellow && yellow <= red;
  if (better !== null && !ordered) {
    const order = better === 'higher' ? 'green ≥ yellow ≥ red' : 'green ≤ yellow ≤ red';
    const found = `green ${green}, yellow ${yellow}, red ${red}`;
    return checks.add(
      path,
      found,
      `${order}, because ${better} is better`,
      'put them in order, or turn `better` round',
    );
  }
  return { green, yellow, red };
}
