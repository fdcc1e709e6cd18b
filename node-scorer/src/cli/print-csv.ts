import { csvRecords } from '../load/csv.ts';
import { toOutputLine, type Model } from '../scoring/index.ts';
import type { Printer } from './printer.ts';

/**
 * A row for each account, a column for each dimension of the model.
 *
 * @example csvPrinter(model).head // => 'accountId,name,…\r\n'
 */
export function csvPrinter(model: Model): Printer {
  const ids = model.dimensions.map(({ id }) => id);
  return {
    head: csvRecords([
      [
        ...['accountId', 'name', 'segment', 'period', 'modelVersion', 'status'],
        ...['healthScore', 'tier', 'provisional', 'bandLow', 'bandHigh', 'coverage'],
        ...['quantitativeScore', 'churnRiskScore', ...ids, 'platformValueScore'],
        ...['cap', 'mainReason', 'mainReasonPoints'],
      ],
    ]),
    row: (scorecard) => {
      const line = toOutputLine(scorecard);
      const [main] = line.reasons;
      return csvRecords([
        [
          ...[line.accountId, line.name, line.segment, line.period, line.modelVersion, line.status],
          ...[line.healthScore, line.tier, line.provisional],
          ...[line.band?.low ?? null, line.band?.high ?? null, line.coverage],
          ...[line.quantitativeScore, line.churnRiskScore],
          ...ids.map((id) => line.dimensions[id]?.score ?? null),
          ...[line.platformValueScore, line.cap?.name ?? null, main?.metric ?? null, main?.points ?? null],
        ],
      ]);
    },
  };
}
