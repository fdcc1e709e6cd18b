/** Half-open span of time in which facts are read, UTC. */
export interface Window {
  /** Calendar month, `YYYY-MM`. */
  readonly period: string;
  /** First instant inside, milliseconds since the epoch. */
  readonly start: number;
  /** First instant after, milliseconds since the epoch. */
  readonly end: number;
  /** Last calendar day inside, `YYYY-MM-DD`: the day as of which states, signals and caps are judged. */
  readonly asOf: string;
  /** True for a whole calendar month that has ended; false for the running last 30 days. */
  readonly complete: boolean;
}
