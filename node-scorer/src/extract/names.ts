import type { Problem } from '../errors.ts';
import { nearest } from '../config/nearest.ts';

/** A name in sources.yaml that its source does not know. */
export interface UnknownName extends Problem {
  /** Metrics that it leaves `unknown_name`; none where another name of the same list exists. */
  readonly costs: readonly string[];
}

/**
 * Signs in to one source and lists every name of sources.yaml that it does not know.
 *
 * @throws ScorerError as the reads of that source do
 */
export type CheckNames = () => Promise<readonly UnknownName[]>;

interface Wanted {
  /** Place in sources.yaml, such as `intercom.escalation[0].tag`. */
  readonly at: string;
  /** What it names, such as `tag`. */
  readonly kind: string;
  readonly name: string;
  /** Names of that kind that the source has. */
  readonly known: Iterable<string>;
  readonly costs: readonly string[];
  /** What to write in its place, where that is known better than by its letters. */
  readonly meant?: string | undefined;
}

/**
 * Says that a name is not known, and which one was probably meant.
 *
 * @example formatProblem(unknownName({ at: 'intercom.escalation[0].tag', kind: 'tag', name: 'escalated', known: ['Escalation – L2'], costs: [] }))
 * // => 'sources.yaml intercom.escalation[0].tag: found the tag "escalated", expected one that the source has; name one of its own'
 */
export function unknownName({ at, kind, name, known, costs, meant: better }: Wanted): UnknownName {
  const meant = better ?? nearest(name, known);
  return {
    where: `sources.yaml ${at}`,
    found: `the ${kind} ${JSON.stringify(name)}`,
    expected: 'one that the source has',
    fix: meant === null ? 'name one of its own' : `did you mean ${JSON.stringify(meant)}?`,
    costs,
  };
}
