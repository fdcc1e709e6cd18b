import { describe, expect, it } from 'vitest';
import { acceptancePage, marksOf, standInMarks } from '../../scripts/generate/org-assumptions.ts';

const marks = standInMarks(process.cwd());
const all = [...marks.values()];

describe('the local org', () => {
  it('says in every file which page it follows, what is unproven, or that nothing in it is an org’s', () => {
    expect(marks.size).toBeGreaterThan(100);
    const silent = [...marks].filter(
      ([, { sources, assumptions, local }]) => sources.length + assumptions.length === 0 && !local,
    );
    expect(
      silent.map(([file]) => file),
      'write "// Source: https://…", "// Unproven: … See: … If not: …" or "// Local: …" at the top',
    ).toEqual([]);
  });

  it('calls nothing its own that flows, the card or the scorer depend on', () => {
    // Entry points only hand on what other files have.
    const local = [...marks]
      .filter(([file, one]) => one.local && !/(index|inside)\.ts$/.test(file))
      .map(([file]) => file);
    expect(local.length).toBeLessThan(20);
    // Protocols are an org's, but for the two below /__sandbox/ and the type of a call.
    expect(local.filter((file) => file.includes('/protocol/')).sort()).toEqual([
      'local-org/protocol/clock.ts',
      'local-org/protocol/context.ts',
      'local-org/protocol/flow-interviews.ts',
    ]);
  });

  it('names whole addresses, of public pages', () => {
    const sources = all.flatMap((one) => one.sources);
    expect(sources.length).toBeGreaterThan(80);
    expect(sources.filter((address) => !URL.canParse(address) || new URL(address).pathname === '/')).toEqual(
      [],
    );
  });

  it('lists every assumption in the page for the first walk through an org', async () => {
    const page = await acceptancePage(process.cwd());
    const assumptions = all.flatMap((one) => one.assumptions);
    expect(assumptions.length).toBeGreaterThan(12);
    const plain = page.replaceAll(/[\\_*]/g, '');
    expect(assumptions.filter(({ assumed }) => !plain.includes(assumed.replaceAll(/[\\_*]/g, '')))).toEqual(
      [],
    );
  });
});

describe('a mark', () => {
  it('may stand in any comment and go on over lines', () => {
    const text = [
      '/**',
      ' * Source: https://help.salesforce.com/a?id=b.htm',
      ' *',
      ' * Unproven: it is',
      ' *   so.',
      ' *   See: look there. If not: do that.',
      ' */',
      'const x = 1;',
    ].join('\n');
    expect(marksOf('a.ts', text)).toEqual({
      sources: ['https://help.salesforce.com/a?id=b.htm'],
      assumptions: [{ file: 'a.ts', assumed: 'it is so', see: 'look there', otherwise: 'do that' }],
      local: false,
    });
  });

  it.each(['// Unproven: it is so.', '// Unproven: it is so. See: look there.'])(
    'is refused when it is not whole: %s',
    (text) => {
      expect(() => marksOf('a.ts', text)).toThrow('a.ts: found "Unproven: it is so');
    },
  );

  it('without an address is no source', () => {
    expect(marksOf('a.ts', '// Source: Salesforce Help, somewhere').sources).toEqual([]);
  });
});
