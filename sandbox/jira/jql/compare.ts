import type { Operator } from './parse.ts';

const COMPARE: Partial<Record<Operator, (value: number, limit: number) => boolean>> = {
  '=': (value, limit) => value === limit,
  '!=': (value, limit) => value !== limit,
  '<': (value, limit) => value < limit,
  '<=': (value, limit) => value <= limit,
  '>': (value, limit) => value > limit,
  '>=': (value, limit) => value >= limit,
};

/** Does `value operator limit` hold? Never for an operator that compares nothing, and never with NaN except `!=`. */
export const compare = (value: number, operator: Operator, limit: number): boolean =>
  COMPARE[operator]?.(value, limit) ?? false;
