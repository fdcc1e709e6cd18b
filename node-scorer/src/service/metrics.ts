import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { RunView } from '../run/runs.ts';

/** One answered request. `route` is the pattern, never the address: that could hold anything. */
export interface Answered {
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
}

export interface ServiceMetrics {
  readonly answered: (request: Answered) => void;
  /** A run has ended, or an ended one was found: each counts once. @returns false when it was counted before */
  readonly runEnded: (run: RunView) => boolean;
  /** Prometheus text format. */
  readonly text: () => Promise<string>;
  readonly contentType: string;
}

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
const ENDED = new Set(['Finished', 'Degraded']);
/** Runs remembered, so that none counts twice. A month has 31 scheduled runs; people add some. */
const REMEMBERED = 10_000;

/**
 * Metrics for Prometheus, in a registry of their own. What was never seen has no value: an age without a finished
 * run is absent, not 0.
 *
 * @param now milliseconds since the epoch, by the clock that stamps runs
 * @example await makeServiceMetrics(Date.now).text() // => '# HELP scorer_http_requests_total …'
 */
export function makeServiceMetrics(now: () => number): ServiceMetrics {
  const registry = new Registry();
  const registers = [registry];
  const requests = new Counter({
    name: 'scorer_http_requests_total',
    help: 'Requests by method, route and status.',
    labelNames: ['method', 'route', 'status'],
    registers,
  });
  const latency = new Histogram({
    name: 'scorer_http_request_seconds',
    help: 'Time to answer, by route.',
    labelNames: ['route'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 5],
    registers,
  });
  const runs = new Counter({
    name: 'scorer_runs_total',
    help: 'Runs that ended, by status.',
    labelNames: ['status', 'dry_run'],
    registers,
  });
  const duration = new Histogram({
    name: 'scorer_run_seconds',
    help: 'Duration of runs that came to a report, by status.',
    labelNames: ['status'],
    buckets: [1, 5, 15, 30, 60, 120, 300, 900, 3_600],
    registers,
  });
  const calls = new Counter({
    name: 'scorer_vendor_calls_total',
    help: 'Calls to other systems, by system and endpoint, of runs that ended.',
    labelNames: ['vendor', 'endpoint'],
    registers,
  });
  const accounts = new Gauge({
    name: 'scorer_run_accounts',
    help: 'Accounts of the newest run of all accounts that was written, by what became of them.',
    labelNames: ['result'],
    registers,
  });
  let newest: number | null = null;
  new Gauge({
    name: 'scorer_newest_run_age_seconds',
    help: 'Age of the newest run of all accounts that ended Finished or Degraded; absent while none is known.',
    registers,
    collect() {
      // A gauge starts at 0, and reset() brings it back there: that would say "just now".
      this.remove();
      if (newest !== null) this.set(Math.max(0, (now() - newest) / 1_000));
    },
  });
  new Gauge({
    name: 'process_resident_memory_bytes',
    help: 'Resident memory.',
    registers,
    collect() {
      this.set(process.memoryUsage.rss());
    },
  });

  const counted = new Set<string>();
  return {
    answered: ({ method, route, status, seconds }) => {
      requests.inc({ method: METHODS.has(method) ? method : 'other', route, status: String(status) });
      latency.observe({ route }, seconds);
    },
    runEnded: (run) => {
      if (run.status === 'Running' || counted.has(run.runId)) return false;
      if (counted.size >= REMEMBERED) counted.clear();
      counted.add(run.runId);
      runs.inc({ status: run.status, dry_run: String(run.dryRun) });
      const { report } = run;
      if (report === null) return true;
      duration.observe({ status: run.status }, report.seconds);
      for (const [vendor, endpoints] of Object.entries(report.calls)) {
        for (const [endpoint, count] of Object.entries<number>(endpoints))
          calls.inc({ vendor, endpoint }, count);
      }
      if (run.dryRun || run.scope !== 'all' || !ENDED.has(run.status)) return true;
      const ended = Date.parse(run.heartbeatAt);
      if (newest !== null && ended < newest) return true;
      newest = ended;
      const { scored, unchanged, unscored, failed } = report.counts;
      for (const [result, count] of Object.entries({ scored, unchanged, unscored, failed })) {
        accounts.set({ result }, count);
      }
      return true;
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
