import type { Window } from './window.ts';

/** The month that tests read. */
export const OCTOBER: Window = {
  period: '2026-10',
  start: Date.parse('2026-10-01T00:00:00Z'),
  end: Date.parse('2026-11-01T00:00:00Z'),
  asOf: '2026-10-31',
  complete: true,
};
