// Source: https://help.salesforce.com/HTViewHelpDoc?id=customize_functions.htm&language=en_US

import type { Expression } from '../metadata/formula.ts';
import { FUNCTIONS } from './functions.ts';
import { isDate, isDateTime, textOfValue } from './value.ts';
import type { Value } from './value.ts';

/** What a reference stands for; a picklist may only be read through TEXT or ISPICKVAL, as in Salesforce. */
export interface Meant {
  readonly value: Value;
  readonly picklist?: boolean;
}
export interface FormulaWorld {
  readonly meaning: (path: string) => Meant;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The running user's day, YYYY-MM-DD. */
  readonly today: string;
}

const DAY = 86_400_000;
const dayNumber = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY;
const dayOf = (day: number): string => new Date(Math.round(day) * DAY).toISOString().slice(0, 10);

/** Functions that leave arguments unread; the others get all of theirs evaluated. */
const LAZY = new Set(['AND', 'OR', 'IF', 'TEXT', 'ISPICKVAL', 'ISBLANK']);

/** Whether formulas of flows may call a function here. @example isKnownFunction('SQRT') // => false */
export const isKnownFunction = (name: string): boolean => name in FUNCTIONS || LAZY.has(name);

/**
 * Evaluates a formula of a flow: parsed, never run as code.
 *
 * Arithmetic with a blank is refused rather than guessed: whether a flow counts it as 0 depends on settings.
 *
 * @throws Error for functions, types and mixtures that are not modelled
 * @example evaluate(parseFlowFormula('RIGHT("0" & TEXT(7), 2)'), world) // => '07'
 */
export function evaluate(tree: Expression, world: FormulaWorld): Value {
  switch (tree.kind) {
    case 'literal':
      return tree.value;
    case 'field': {
      const { value, picklist } = world.meaning(tree.path.join('.'));
      if (picklist)
        throw new Error(`formula: picklist ${tree.path.join('.')} needs TEXT or ISPICKVAL around it`);
      return value;
    }
    case 'unary': {
      const of = evaluate(tree.of, world);
      return tree.op === '-' ? -numberOf(of, '-') : !truthOf(of, '!');
    }
    case 'binary':
      return binary(tree.op, tree.left, tree.right, world);
    case 'call':
      return call(tree.name, tree.args, world);
    default:
      return tree satisfies never;
  }
}

export function numberOf(value: Value, where: string): number {
  if (typeof value === 'number') return value;
  throw new Error(`formula: found ${described(value)} in ${where}, expected a number`);
}
export function truthOf(value: Value, where: string): boolean {
  if (typeof value === 'boolean') return value;
  throw new Error(`formula: found ${described(value)} in ${where}, expected true or false`);
}

function described(value: Value): string {
  if (value === null || value === '') return 'a blank';
  if (typeof value === 'object') return isDate(value) ? 'a date' : isDateTime(value) ? 'a time' : 'a record';
  return `a ${typeof value}`;
}

function binary(op: string, leftTree: Expression, rightTree: Expression, world: FormulaWorld): Value {
  if (op === '&&') return both(leftTree, rightTree, world);
  if (op === '||') return truthOf(evaluate(leftTree, world), op) || truthOf(evaluate(rightTree, world), op);
  const left = evaluate(leftTree, world);
  const right = evaluate(rightTree, world);
  switch (op) {
    case '&':
      return `${textOfValue(left)}${textOfValue(right)}`;
    case '+':
    case '-':
      return sum(op, left, right);
    case '*':
      return exact(numberOf(left, op) * numberOf(right, op));
    case '/':
      if (right === 0) throw new Error('formula: division by zero');
      return exact(numberOf(left, op) / numberOf(right, op));
    case '=':
      return same(left, right);
    case '<>':
      return !same(left, right);
    case '<':
    case '<=':
    case '>':
    case '>=':
      return inOrder(op, comparable(left, op), comparable(right, op));
    default:
      throw new Error(`formula: operator ${op} is not modelled in flows`);
  }
}

const both = (left: Expression, right: Expression, world: FormulaWorld): boolean =>
  truthOf(evaluate(left, world), 'AND') && truthOf(evaluate(right, world), 'AND');

/** Numbers of the platform are decimal: what binary fractions add at the far end is taken off again. */
const exact = (value: number): number => Number(value.toFixed(9));

function sum(op: '+' | '-', left: Value, right: Value): Value {
  const sign = op === '+' ? 1 : -1;
  if (op === '+' && (typeof left === 'string' || typeof right === 'string'))
    return `${textOfValue(left)}${textOfValue(right)}`;
  if (isDateTime(left) && isDateTime(right) && op === '-') return (left.at - right.at) / DAY;
  if (isDateTime(left) && typeof right === 'number') return { at: Math.round(left.at + sign * right * DAY) };
  if (isDate(left) && isDate(right) && op === '-') return dayNumber(left.date) - dayNumber(right.date);
  if (isDate(left) && typeof right === 'number')
    return { date: dayOf(dayNumber(left.date) + sign * Math.trunc(right)) };
  return exact(numberOf(left, op) + sign * numberOf(right, op));
}

/** Equal values; blank text and no value are the same, and text is compared with its case. */
export function same(left: Value, right: Value): boolean {
  const [a, b] = [left === '' ? null : left, right === '' ? null : right];
  if (a === null || b === null) return a === b;
  if (isDate(a) && isDate(b)) return a.date === b.date;
  if (isDateTime(a) && isDateTime(b)) return a.at === b.at;
  if (typeof a === 'object' || typeof b === 'object' || typeof a !== typeof b)
    throw new Error(`formula: ${described(a)} = ${described(b)} is not modelled`);
  return a === b;
}

export function comparable(value: Value, where: string): number {
  if (isDate(value)) return dayNumber(value.date) * DAY;
  if (isDateTime(value)) return value.at;
  return numberOf(value, where);
}

/** @example inOrder('<=', 1, 2) // => true */
export function inOrder(op: '<' | '<=' | '>' | '>=', left: number, right: number): boolean {
  if (op === '<') return left < right;
  if (op === '<=') return left <= right;
  return op === '>' ? left > right : left >= right;
}

function call(name: string, args: readonly Expression[], world: FormulaWorld): Value {
  const [first] = args;
  switch (name) {
    case 'AND':
      return args.every((arg) => truthOf(evaluate(arg, world), name));
    case 'OR':
      return args.some((arg) => truthOf(evaluate(arg, world), name));
    case 'IF': {
      const [test, yes, no] = args;
      if (!test || !yes || !no) throw new Error('formula: IF needs three arguments');
      return evaluate(truthOf(evaluate(test, world), name) ? yes : no, world);
    }
    case 'TEXT':
    case 'ISBLANK':
    case 'ISPICKVAL': {
      // These three, and no other function, take a picklist as it stands.
      if (!first) throw new Error(`formula: ${name} needs an argument`);
      const value =
        first.kind === 'field' ? world.meaning(first.path.join('.')).value : evaluate(first, world);
      if (name === 'ISBLANK') return value === null || value === '';
      if (name === 'TEXT') return textOfValue(value);
      const [, wanted] = args;
      return same(value, wanted ? evaluate(wanted, world) : null);
    }
    default: {
      const make = FUNCTIONS[name];
      if (!make) throw new Error(`formula: function ${name} is not modelled in flows`);
      return make(
        args.map((arg) => evaluate(arg, world)),
        world,
      );
    }
  }
}
