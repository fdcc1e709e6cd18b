import type { Change, NoChange } from './change.ts';
import { SWITCHES, type Switch } from './mixed-state.ts';
import { reasonsOf } from './reasons.ts';
import type { Scorecard } from './scorecard.ts';

/** What to name first. Codes are stable: `metric`, `loss`, `cap` and the other switches of the change. */
export type MainReason =
  /** A metric moved; points with one decimal, below 0. */
  | { readonly code: 'metric'; readonly metric: string; readonly points: number }
  /** Readings, rules, the calendar or signals moved. */
  | { readonly code: Exclude<Switch, 'behaviour'>; readonly points: number }
  /** A cap lowers the score: nothing else moves it while that holds. Points that it takes. */
  | { readonly code: 'cap'; readonly cap: string; readonly points: number }
  /** Nothing fell: where most points are lost. */
  | { readonly code: 'loss'; readonly metric: string; readonly points: number };

/** Points by which a score must have fallen for its fall to be the first thing to say. */
const A_FALL = -1;

/**
 * The main reason (docs/glossary.md, "Reasons"): the signal that caps the score; without one the largest falling piece
 * of the change when the score fell by a point or more; else the largest loss. Ties as in the change.
 *
 * @returns null when nothing is lost, or nothing is known
 * @example mainReasonOf(scorecard, change) // => { code: 'metric', metric: 'median_first_response_seconds', points: -1.3 }
 */
export function mainReasonOf(scorecard: Scorecard, change: Change | NoChange): MainReason | null {
  const { cap, shown } = scorecard;
  if (cap !== null && shown.healthScore !== null && shown.quantitativeScore !== null) {
    const points = (Math.round(shown.healthScore * 10) - Math.round(shown.quantitativeScore * 10)) / 10;
    return { code: 'cap', cap: cap.name, points };
  }
  if (!('code' in change) && change.shown <= A_FALL) return fallingPiece(change);
  const [loss] = reasonsOf(scorecard);
  return loss === undefined ? null : { code: 'loss', metric: loss.metric, points: loss.points };
}

/** A score that fell has a piece that fell: they add up to the fall. */
function fallingPiece({ bars, metrics }: Change): MainReason {
  const pieces: MainReason[] = [
    ...Object.entries(metrics).map(([metric, points]) => ({ code: 'metric' as const, metric, points })),
    ...SWITCHES.filter((code) => code !== 'behaviour').map((code) => ({ code, points: bars[code] })),
  ];
  return pieces.reduce((least, piece) => (piece.points < least.points ? piece : least));
}
