// Source: https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_visual_workflow.htm

import type { Condition } from './definition.ts';
import { comparable, inOrder, same } from './formula.ts';
import type { References } from './references.ts';
import { isList } from './value.ts';

const ORDER = {
  GreaterThan: '>',
  GreaterThanOrEqualTo: '>=',
  LessThan: '<',
  LessThanOrEqualTo: '<=',
} as const;

/** Whether a condition of a decision holds. @throws Error for operators that are not modelled */
export function conditionHolds({ left, operator, right }: Condition, references: References): boolean {
  const value = references.read(left);
  const other = references.valueOf(right);
  switch (operator) {
    case 'IsNull':
      return (value === null) === other;
    case 'IsEmpty':
      return (value === null || (isList(value) && value.length === 0)) === other;
    case 'EqualTo':
      return same(value, other);
    case 'NotEqualTo':
      return !same(value, other);
    case 'GreaterThan':
    case 'GreaterThanOrEqualTo':
    case 'LessThan':
    case 'LessThanOrEqualTo':
      return inOrder(ORDER[operator], comparable(value, operator), comparable(other, operator));
    default:
      throw new Error(`condition operator ${operator} is not modelled in flows`);
  }
}
