import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callsToJson, listed, shortened, TEXT_LENGTHS } from './field-texts.ts';

const FIELDS = 'force-app/main/default/objects/Health_Score_Run__c/fields/';
const lengthOf = (field: string): number =>
  Number(/<length>(\d+)</.exec(readFileSync(`${FIELDS}${field}.field-meta.xml`, 'utf8'))?.[1]);

const names = fc.array(fc.string({ minLength: 1, maxLength: 400 }), { maxLength: 60 });

describe("texts of a run's record", () => {
  it('fit their fields, whatever the sources are called and however many there are', () => {
    const length = lengthOf('Degraded_Sources__c');
    fc.assert(
      fc.property(names, (sources) => {
        expect((listed(sources, TEXT_LENGTHS.Degraded_Sources__c) ?? '').length).toBeLessThanOrEqual(length);
      }),
    );
  });

  it.each([
    [[], null],
    [['jira', 'looker (3 accounts)'], 'jira, looker (3 accounts)'],
    [['a'.repeat(200), 'b'.repeat(200), 'c'], `${'a'.repeat(200)}, … and 2 more`],
    [['a'.repeat(300)], `${'a'.repeat(254)}…`],
    [['a'.repeat(300), 'b'], `${'a'.repeat(240)}…, … and 1 more`],
  ])('count the sources that they leave out: %#', (sources, text) => {
    expect(listed(sources, 255)).toBe(text);
  });

  it('fit their fields, whatever an error says', () => {
    const lines = fc.array(fc.string({ maxLength: 6_000 }), { maxLength: 12 });
    for (const field of ['Error__c', 'Errors__c'] as const)
      fc.assert(
        fc.property(lines, (error) => {
          expect((shortened(error, TEXT_LENGTHS[field]) ?? '').length).toBeLessThanOrEqual(lengthOf(field));
        }),
        { numRuns: 50 },
      );
  });

  it('cut an error of 10,000 characters with a mark, and count the lines behind it', () => {
    const text = shortened(['x'.repeat(10_000), 'second', 'third'], TEXT_LENGTHS.Error__c) ?? '';
    expect(text.length).toBeLessThanOrEqual(lengthOf('Error__c'));
    expect(text.endsWith('x…\n… and 2 more')).toBe(true);
  });

  it('tell calls by vendor alone where all their endpoints would not fit', () => {
    const many = Object.fromEntries(Array.from({ length: 400 }, (_, i) => [`endpoint number ${i}`, 2]));
    const text = callsToJson({ jira: many, looker: { query: 3 } }, { jira: 800 }, TEXT_LENGTHS.Calls__c);
    expect(text.length).toBeLessThanOrEqual(lengthOf('Calls__c'));
    expect(JSON.parse(text)).toEqual({
      total: 803,
      least: { jira: 800 },
      endpoints: 'left out: too many to list',
      jira: { all: 800 },
      looker: { all: 3 },
    });
    expect(callsToJson({ jira: { search: 2 } }, { jira: 1 }, TEXT_LENGTHS.Calls__c)).toBe(
      '{"total":2,"least":{"jira":1},"jira":{"search":2}}',
    );
  });
});
