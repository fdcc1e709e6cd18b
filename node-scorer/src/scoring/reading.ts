/** Why a reading is missing: a closed set. */
export const MISSING_REASONS = [
  'not_configured',
  'not_mapped',
  'no_activity',
  'no_field',
  'no_permission',
  'no_history',
  'source_down',
  'invalid',
  'unknown_name',
] as const;

export type MissingReason = (typeof MISSING_REASONS)[number];

/** One metric's value, or why there is none. A zero is a measured zero. */
export type Reading =
  | { readonly value: number; readonly missing?: undefined }
  | { readonly value: null; readonly missing: MissingReason };
