import { DAY, shiftDay } from './calendar.ts';
import type { PlannedSignal } from './customer.ts';

type Sketch = Omit<PlannedSignal, 'monitoringFrom' | 'resolvedOn' | 'expiresOn'> & Partial<PlannedSignal>;

/** The day for which the dates below are written: the sandbox's own. */
const WRITTEN_FOR = Date.parse('2026-11-21');

/** Signals of the demo base, by customer: one of each kind that a cap must tell apart (dates around 2026-10-31). */
const SIGNALS: Readonly<Record<number, readonly Sketch[]>> = {
  0: [
    {
      severity: 'Critical',
      status: 'Active',
      confidence: 'Confirmed',
      category: 'Executive sponsor left',
      detail: 'The sponsor who signed the contract has left; no successor is named yet.',
      observedOn: '2026-10-12',
      expiresOn: '2027-01-12',
    },
  ],
  1: [
    {
      severity: 'Moderate',
      status: 'Monitoring',
      confidence: 'Suspected',
      category: 'Competitor evaluation',
      detail: 'A competitor was seen on site; the evaluation seems to have stalled.',
      observedOn: '2026-08-20',
      monitoringFrom: '2026-10-01',
    },
  ],
  3: [
    {
      severity: 'Critical',
      status: 'Monitoring',
      confidence: 'Confirmed',
      category: 'Contract dispute',
      detail: 'An invoice was disputed; a settlement is being watched.',
      observedOn: '2026-07-02',
      monitoringFrom: '2026-10-15',
    },
  ],
  5: [
    {
      severity: 'Critical',
      status: 'Active',
      confidence: 'Suspected',
      category: 'Budget cut',
      detail: 'A budget freeze was announced for the third quarter.',
      observedOn: '2026-07-20',
      expiresOn: '2026-10-20',
    },
  ],
  7: [
    {
      severity: 'Critical',
      status: 'Resolved',
      confidence: 'Confirmed',
      category: 'Outage',
      detail: 'A long outage led to a formal complaint, which was settled.',
      observedOn: '2026-08-01',
      resolvedOn: '2026-09-15',
    },
  ],
  9: [
    {
      severity: 'Watch',
      status: 'Active',
      confidence: 'Suspected',
      category: 'Reorganisation',
      detail: 'A reorganisation is under way.',
      observedOn: '2026-10-05',
    },
  ],
  11: [
    {
      severity: 'Critical',
      status: 'Active',
      confidence: 'Confirmed',
      category: 'Notice given',
      detail: 'Notice was given in November.',
      observedOn: '2026-11-05',
    },
  ],
  13: [
    {
      severity: 'Moderate',
      status: 'Active',
      confidence: 'Confirmed',
      category: 'Feature gap',
      detail: 'A missing feature is named as a reason to look elsewhere.',
      observedOn: '2026-09-28',
      expiresOn: '2026-12-28',
    },
  ],
};

/**
 * The signals that account managers raised for one customer. Their days keep their distance to the base's end.
 *
 * @param now end of the base, milliseconds since the epoch
 */
export function signalsOf(index: number, now: number): PlannedSignal[] {
  const days = Math.floor((now - WRITTEN_FOR) / DAY);
  const shift = (day: string | null | undefined): string | null => (day == null ? null : shiftDay(day, days));
  return (SIGNALS[index] ?? []).map((sketch) => ({
    ...sketch,
    observedOn: shiftDay(sketch.observedOn, days),
    monitoringFrom: shift(sketch.monitoringFrom),
    resolvedOn: shift(sketch.resolvedOn),
    expiresOn: shift(sketch.expiresOn),
  }));
}
