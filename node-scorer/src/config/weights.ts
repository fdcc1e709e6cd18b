import { z } from 'zod';
import { SEVERITIES } from '../scoring/index.ts';
import { CAPS, GUARDS, SETTINGS, TIERS } from './rules.ts';
import { FORMAT, ID, mapOf, note, number, text, wholeNumber } from './schema-parts.ts';
import { checkSum, type Share } from './sums.ts';

const share = number(0, 1);
const bySegment = { paid: share, standard: share };

/** One number for both segments, or one for each. */
const weight = z
  .union([share, z.strictObject(bySegment)])
  .transform((given) => (typeof given === 'number' ? { paid: given, standard: given } : given));

/** A weight, or a map of it with `enabled`: `{ weight: 0.15, enabled: false }`. */
const switchedWeight = z
  .union([
    share,
    z.strictObject({ weight, enabled: z.boolean().optional() }),
    z.strictObject({ ...bySegment, enabled: z.boolean().optional() }),
  ])
  .transform((given) => {
    if (typeof given === 'number') return { weight: { paid: given, standard: given }, on: true };
    const { enabled = true, ...rest } = given;
    return { weight: 'weight' in rest ? rest.weight : rest, on: enabled };
  });

/** The members of a group: at least one, and weights that sum to 1. */
const checkGroup =
  (member: string) =>
  (group: ReadonlyMap<string, Share>, context: z.RefinementCtx): void => {
    if (group.size === 0) note(context, [], `no ${member}`, 'at least one');
    else checkSum([...group.values()], (...problem) => note(context, ...problem));
  };

/** Metrics of a group that are switched on; those that are off only take part in the check of the sum. */
const metrics = mapOf(ID, switchedWeight)
  .superRefine(checkGroup('metric'))
  .transform((group) =>
    [...group].filter(([, { on }]) => on).map(([id, switched]) => ({ id, weight: switched.weight })),
  );

const health = z
  .strictObject({ churn_risk: weight, platform_value: weight })
  .superRefine((halves, context) => {
    const shares = Object.values(halves).map((half) => ({ weight: half }));
    checkSum(shares, (...problem) => note(context, ...problem));
  })
  .transform((halves) => ({ churnRisk: halves.churn_risk, platformValue: halves.platform_value }));

const dimensions = mapOf(ID, z.strictObject({ label: text().optional(), weight, metrics }))
  .superRefine(checkGroup('dimension'))
  .transform((groups) => [...groups].map(([id, { label = id, ...group }]) => ({ id, label, ...group })));

/** `weights.yaml`: what counts, for how much, and the rules of the model. */
export const WEIGHTS = z.strictObject({
  version: FORMAT,
  health,
  dimensions,
  platform_value: z.strictObject({ label: text().default('Platform Value'), metrics }),
  tiers: TIERS,
  caps: CAPS,
  monitoring_reduction: wholeNumber(0, SEVERITIES.length),
  guards: GUARDS,
  settings: SETTINGS,
});
