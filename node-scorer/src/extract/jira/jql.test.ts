import fc from 'fast-check';
import { OCTOBER } from '../../facts/october-in-test.ts';
import { describe, expect, it } from 'vitest';
import { bugsJql, quote } from './jql.ts';

describe('a name in JQL', () => {
  it.each([
    ['Bug', '"Bug"'],
    ['Customer "Gold"', '"Customer \\"Gold\\""'],
    ['back\\slash', '"back\\\\slash"'],
    ['x") OR project in ("SECRET', '"x\\") OR project in (\\"SECRET"'],
    ['ends with \\', '"ends with \\\\"'],
    ['Ümläut', '"Ümläut"'],
  ])('%s is quoted as %s', (name, quoted) => {
    expect(quote(name)).toBe(quoted);
  });

  it.each(['line\nbreak', 'nul\0', 'tab\t'])('with a control character is refused: %j', (name) => {
    expect(() => quote(name)).toThrow(/control character/);
  });

  it('never ends its quotes early, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), (name) => {
        const inner = quote(name).slice(1, -1);
        // Read it as JQL does: a backslash takes the next character with it.
        expect(inner.replaceAll(/\\[\\"]/g, '')).not.toMatch(/["\\]/);
        expect(inner.replaceAll(/\\([\\"])/g, '$1')).toBe(name);
      }),
      { numRuns: 500 },
    );
  });
});

describe('the question for bugs', () => {
  it('is bounded by projects, one for all of them, a day wider on both sides', () => {
    expect(bugsJql(['ABC', 'DEF'], ['Bug', 'Fault'], { open_by: 'status_category' }, OCTOBER)).toBe(
      'project in ("ABC", "DEF") AND issuetype in ("Bug", "Fault") AND created < "2026-11-02 00:00" AND (statusCategory != 3 OR updated >= "2026-09-30 00:00") ORDER BY id ASC',
    );
  });

  it('goes by the resolution where the settings say so', () => {
    expect(bugsJql(['ABC'], ['Bug'], { open_by: 'resolution' }, OCTOBER)).toContain(
      '(resolution is EMPTY OR updated >= ',
    );
  });
});
