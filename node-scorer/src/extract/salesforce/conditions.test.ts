import { describe, expect, it } from 'vitest';
import { namedValues } from './conditions.ts';

describe('the picklist values that a condition names', () => {
  it.each([
    ["Type = 'Renewal' AND IsClosed = false", [['Type', 'Renewal']]],
    [
      "Type IN ('Expansion', 'Upsell') AND IsClosed = false",
      [
        ['Type', 'Expansion'],
        ['Type', 'Upsell'],
      ],
    ],
    [
      "Roles INCLUDES ('Champion;Decision Maker')",
      [
        ['Roles', 'Champion'],
        ['Roles', 'Decision Maker'],
      ],
    ],
    [
      "IsWon = true AND (Type = 'Downgrade' OR (Type = 'Amendment' AND Amount < 0))",
      [
        ['Type', 'Downgrade'],
        ['Type', 'Amendment'],
      ],
    ],
    ["Name = 'it\\'s = \\'x\\''", [['Name', "it's = 'x'"]]],
    ["Status not in ('Draft')", [['Status', 'Draft']]],
    ['CreatedDate = LAST_MONTH', []],
    ['', []],
  ])('%s', (where, expected) => {
    expect(namedValues(where).map(({ field, value }) => [field, value])).toEqual(expected);
  });
});
