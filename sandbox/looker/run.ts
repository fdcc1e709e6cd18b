import type { Base, MonthOfUsage } from '../data/customer.ts';
import { dateRanges, idTest, type Range } from './filter.ts';
import type { Field, Measure } from './model.ts';
import type { Checked } from './query.ts';

export type Cell = string | number | null;
export type Row = Readonly<Record<string, Cell>>;

/** A customer's use of the product, by month. */
interface Usage {
  readonly id: string;
  readonly months: readonly MonthOfUsage[];
}

/** What the model stands on. */
export interface Warehouse {
  readonly usage: readonly Usage[];
  /** Ids are numbers in the warehouse when every one of them is made of digits. */
  readonly numericIds: boolean;
}

interface Part {
  readonly month: MonthOfUsage;
  /** Days of the month inside the ranges asked for. */
  readonly days: number;
}

const DAY = 86_400_000;

/** @example makeWarehouse(base).numericIds // => true */
export function makeWarehouse({ customers }: Base): Warehouse {
  const usage = customers.flatMap(({ lookerCustomerId: id, usage: months }) =>
    id === null ? [] : [{ id, months: months.toSorted((a, b) => (a.month < b.month ? -1 : 1)) }],
  );
  return { usage, numericIds: usage.every(({ id }) => /^\d{1,15}$/.test(id)) };
}

/**
 * Runs a query over all months that begin up to `newest`. With the month among the fields there is a row for each month that
 * the filter touches; without it the months are brought together, each measure in its own way. A customer who did
 * not use the product has no row at all.
 *
 * @returns every row, sorted; the caller cuts them to the limit
 * @throws Refusal 422 for a filter that cannot be read
 */
export function runQuery(
  { query, explore, fields, sorts }: Checked,
  { usage, numericIds }: Warehouse,
  { now, newest }: { readonly now: number; readonly newest: number },
): Row[] {
  const dateFilter = query.filters[explore.month.name] ?? '';
  const idFilter = query.filters[explore.id.name] ?? '';
  const ranges = dateRanges(dateFilter, explore.month.name, now);
  const isWanted = idTest(idFilter, explore.id.name, numericIds);

  const byId = fields.includes(explore.id);
  const byMonth = fields.includes(explore.month);
  const known = new Map<string, number>();
  const daysOf = (month: string): number => {
    const days = known.get(month) ?? daysInside(month, ranges);
    known.set(month, days);
    return days;
  };
  const groups = new Map<string, { id: string; month: string; customers: Part[][] }>();
  for (const { id, months } of usage) {
    if (!isWanted(id)) continue;
    const parts = months
      .filter(({ month }) => Date.parse(`${month}-01T00:00:00Z`) <= newest)
      .map((month) => ({ month, days: daysOf(month.month) }))
      .filter(({ days }) => days > 0);
    for (const some of byMonth ? parts.map((part) => [part]) : [parts]) {
      const month = byMonth ? (some[0]?.month.month ?? '') : '';
      if (some.length === 0) continue;
      const key = `${byId ? id : ''}\n${month}`;
      const group = groups.get(key) ?? { id, month, customers: [] };
      group.customers.push(some);
      groups.set(key, group);
    }
  }

  const cell = (field: Field, id: string, month: string, customers: readonly Part[][]): Cell => {
    if (field.kind === 'measure') return together(field, customers);
    return field.is === 'month' ? month : numericIds ? Number(id) : id;
  };
  const rows = [...groups.values()].map(({ id, month, customers }) =>
    Object.fromEntries(fields.map((field) => [field.name, cell(field, id, month, customers)])),
  );
  return rows.toSorted(orderOf(sorts.length > 0 ? sorts : usualSorts(fields)));
}

function daysInside(month: string, ranges: readonly Range[]): number {
  const start = Date.parse(`${month}-01T00:00:00Z`);
  const first = new Date(start);
  const end = Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1);
  // Ranges of one filter may overlap; a day counts once.
  let days = 0;
  for (let day = start; day < end; day += DAY) {
    if (ranges.some((range) => day >= range.start && day < range.end)) days++;
  }
  return days;
}

function together(measure: Measure, customers: readonly Part[][]): number | null {
  const values = customers.map((parts) => overMonths(measure, parts)).filter((value) => value !== null);
  if (values.length === 0) return null;
  const sum = values.reduce((a, b) => a + b, 0);
  return measure.overCustomers === 'sum' ? sum : sum / values.length;
}

function overMonths({ of, overMonths: way }: Measure, parts: readonly Part[]): number | null {
  // The last month as it is, empty or not.
  if (way === 'latest') return parts.length === 0 ? null : of((parts.at(-1) as Part).month);
  const known = parts.flatMap(({ month, days }) => {
    const value = of(month);
    return value === null ? [] : [{ value, weight: way === 'days' ? days : 1 }];
  });
  if (known.length === 0) return null;
  if (way === 'max') return Math.max(...known.map(({ value }) => value));
  const weight = known.reduce((sum, each) => sum + each.weight, 0);
  return known.reduce((sum, each) => sum + each.value * each.weight, 0) / weight;
}

type Sort = Checked['sorts'][number];

/** Without a wish: newest first, or the biggest first measure, or the first dimension. */
function usualSorts(fields: readonly Field[]): Sort[] {
  const month = fields.find((field) => field.kind === 'dimension' && field.is === 'month');
  const measure = fields.find(({ kind }) => kind === 'measure');
  const [first] = fields;
  if (month !== undefined) return [{ field: month, descending: true }];
  if (measure !== undefined) return [{ field: measure, descending: true }];
  return first === undefined ? [] : [{ field: first, descending: false }];
}

const orderOf =
  (sorts: readonly Sort[]) =>
  (a: Row, b: Row): number => {
    for (const { field, descending } of sorts) {
      const [left = null, right = null] = [a[field.name], b[field.name]];
      if (left === right) continue;
      // Empty ones last, either way round.
      if (left === null || right === null) return left === null ? 1 : -1;
      return (left < right ? -1 : 1) * (descending ? -1 : 1);
    }
    return 0;
  };
