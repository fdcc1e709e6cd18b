// Source: https://help.salesforce.com/HTViewHelpDoc?id=customize_functions.htm&language=en_US

import { isBlank } from './value.ts';
import type { Value } from './value.ts';

interface Moment {
  readonly now: number;
  readonly today: string;
}
type Make = (args: readonly Value[], moment: Moment) => Value;

function numbers(args: readonly Value[], name: string, count?: number): number[] {
  if (count !== undefined && args.length !== count)
    throw new Error(`formula: ${name} takes ${count} arguments, found ${args.length}`);
  return args.map((arg) => {
    if (typeof arg === 'number') return arg;
    throw new Error(`formula: found ${arg === null ? 'a blank' : typeof arg} in ${name}, expected a number`);
  });
}
function textIn(value: Value | undefined, name: string): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  throw new Error(`formula: found ${typeof value} in ${name}, expected text`);
}
const count = (value: Value | undefined, name: string): number =>
  Math.max(0, Math.trunc(numbers([value ?? null], name)[0] ?? 0));

/** Functions whose arguments are all read. Names and meaning: Salesforce Help, "Formula Operators and Functions". */
export const FUNCTIONS: Readonly<Record<string, Make>> = {
  NOT: ([value]) => {
    if (typeof value !== 'boolean') throw new Error('formula: NOT needs true or false');
    return !value;
  },
  BLANKVALUE: ([value, instead]) => (isBlank(value ?? null) ? (instead ?? null) : (value ?? null)),
  CONTAINS: ([text, part]) => textIn(text, 'CONTAINS').includes(textIn(part, 'CONTAINS')),
  LEFT: ([text, length]) => textIn(text, 'LEFT').slice(0, count(length, 'LEFT')),
  RIGHT: ([text, length]) => {
    const whole = textIn(text, 'RIGHT');
    return whole.slice(Math.max(0, whole.length - count(length, 'RIGHT')));
  },
  /** The first character is number 1. */
  MID: ([text, start, length]) => {
    const from = count(start, 'MID') - 1;
    return textIn(text, 'MID').slice(from, from + count(length, 'MID'));
  },
  SUBSTITUTE: ([text, old, instead]) =>
    textIn(text, 'SUBSTITUTE').replaceAll(textIn(old, 'SUBSTITUTE'), textIn(instead, 'SUBSTITUTE')),
  VALUE: ([text]) => {
    const own = textIn(text, 'VALUE').trim();
    if (!/^[-+]?\d+(\.\d+)?$/.test(own))
      throw new Error(`formula: VALUE of ${JSON.stringify(own)} is no number`);
    return Number(own);
  },
  MIN: (args) => Math.min(...numbers(args, 'MIN')),
  MAX: (args) => Math.max(...numbers(args, 'MAX')),
  FLOOR: (args) => {
    const [value = 0] = numbers(args, 'FLOOR', 1);
    return Math.floor(value);
  },
  /** The remainder takes the sign of the divisor. */
  MOD: (args) => {
    const [value = 0, by = 1] = numbers(args, 'MOD', 2);
    if (by === 0) throw new Error('formula: MOD by zero');
    return value - by * Math.floor(value / by);
  },
  TODAY: (_, { today }) => ({ date: today }),
  NOW: (_, { now }) => ({ at: now }),
};
