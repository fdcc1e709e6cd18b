import { isDay } from './period.ts';

/** Severities from the lightest to the gravest. */
export const SEVERITIES = ['watch', 'moderate', 'critical'] as const;
export const SIGNAL_STATUSES = ['active', 'monitoring', 'resolved'] as const;
export const CONFIDENCES = ['suspected', 'confirmed'] as const;

export type Severity = (typeof SEVERITIES)[number];

/** A churn signal: what a person saw, and from when to when it counts. Days are `YYYY-MM-DD`. */
export interface Signal {
  readonly id?: string | undefined;
  /** What it is about; for people only. */
  readonly category?: string | null | undefined;
  readonly severity: Severity;
  readonly status: (typeof SIGNAL_STATUSES)[number];
  readonly confidence: (typeof CONFIDENCES)[number];
  readonly observedOn: string;
  readonly monitoringFrom: string | null;
  readonly resolvedOn: string | null;
  readonly expiresOn: string | null;
}

/**
 * What is wrong with a signal, each as `field: found …, expected …`; empty when nothing is. Dates decide when
 * a signal counts, and its status must agree with them (docs/glossary.md "signal, cap").
 *
 * @example checkSignal({ ...signal, status: 'monitoring', monitoringFrom: null })
 * // => ['monitoringFrom: found nothing, expected a day, because the status is monitoring']
 */
export function checkSignal(signal: { readonly [K in keyof Signal]?: unknown }): string[] {
  const problems: string[] = [];
  const oneOf = (field: 'severity' | 'status' | 'confidence', allowed: readonly string[]): void => {
    const value = signal[field];
    if (typeof value !== 'string' || !allowed.includes(value)) {
      problems.push(`${field}: found ${show(value)}, expected ${allowed.join(', ')}`);
    }
  };
  oneOf('severity', SEVERITIES);
  oneOf('status', SIGNAL_STATUSES);
  oneOf('confidence', CONFIDENCES);
  if (!isDay(signal.observedOn)) {
    problems.push(`observedOn: found ${show(signal.observedOn)}, expected a day such as 2026-10-31`);
  }
  for (const field of ['monitoringFrom', 'resolvedOn', 'expiresOn'] as const) {
    const value = signal[field] ?? null;
    if (value !== null && !isDay(value)) {
      problems.push(`${field}: found ${show(value)}, expected a day such as 2026-10-31, or null`);
    }
  }
  const { status, monitoringFrom = null, resolvedOn = null } = signal;
  if (status === 'monitoring' && monitoringFrom === null) problems.push(needs('monitoringFrom', status));
  if (status === 'resolved' && resolvedOn === null) problems.push(needs('resolvedOn', status));
  if (status === 'active' && monitoringFrom !== null)
    problems.push(forbids('monitoringFrom', monitoringFrom));
  if (status === 'active' && resolvedOn !== null) problems.push(forbids('resolvedOn', resolvedOn));
  return problems;
}

/**
 * The rank at which a signal counts on a day: 3 critical, 2 moderate, 1 watch, 0 or less not at all.
 *
 * @param monitoringReduction severities that monitoring takes off
 * @example rankOn({ ...critical, monitoringFrom: '2026-10-10' }, '2026-10-31', 1) // => 2
 */
export function rankOn(signal: Signal, asOf: string, monitoringReduction: number): number {
  const { observedOn, expiresOn, resolvedOn, monitoringFrom } = signal;
  if (observedOn > asOf) return 0;
  if (expiresOn !== null && asOf >= expiresOn) return 0;
  if (resolvedOn !== null && asOf >= resolvedOn) return 0;
  const monitored = monitoringFrom !== null && asOf >= monitoringFrom;
  return rankOf(signal.severity) - (monitored ? monitoringReduction : 0);
}

/**
 * Rank of a severity: 1 watch, 2 moderate, 3 critical.
 *
 * @example rankOf('critical') // => 3
 */
export const rankOf = (severity: Severity): number => SEVERITIES.indexOf(severity) + 1;

const needs = (field: string, status: string): string =>
  `${field}: found nothing, expected a day, because the status is ${status}`;
const forbids = (field: string, found: unknown): string =>
  `${field}: found ${show(found)}, expected nothing, because the status is active`;
const show = (value: unknown): string =>
  value === undefined || value === null ? 'nothing' : (JSON.stringify(value) ?? typeof value);
