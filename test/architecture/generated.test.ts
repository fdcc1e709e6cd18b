import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { driftOf, mend, OUTPUTS, type Output } from '../../scripts/generate/outputs.ts';

let copy: string;
beforeEach(() => {
  copy = mkdtempSync(join(tmpdir(), 'generated-'));
});
afterEach(() => {
  rmSync(copy, { recursive: true });
});

describe('what is generated', () => {
  it.each(OUTPUTS.map((output) => [output.from, output] as const))(
    'from %s is as it should be, and told when it is not',
    async (_from, output) => {
      expect(await driftOf(process.cwd(), [output])).toEqual([]);
      const made = await output.make(process.cwd());
      const here: Output[] = [{ ...output, make: () => made }];
      const found = async (): Promise<string[][]> =>
        (await driftOf(copy, here)).map((drift) => [drift.path, drift.found]);
      expect(await found()).toEqual([...made.keys()].map((path) => [path, 'no file']));

      for (const drift of await driftOf(copy, here)) mend(copy, drift);
      expect(await found()).toEqual([]);

      const [path = ''] = made.keys();
      appendFileSync(join(copy, path), ' ');
      expect(await found()).toEqual([[path, 'another text']]);
      for (const drift of await driftOf(copy, here)) mend(copy, drift);

      if (output.folder === undefined) return;
      writeFileSync(join(copy, output.folder, 'left.over'), '');
      expect(await found()).toEqual([[`${output.folder}/left.over`, 'a file that nothing makes']]);
      for (const drift of await driftOf(copy, here)) mend(copy, drift);
      expect(await found()).toEqual([]);
    },
  );

  it('is never nothing: a list that makes no file is broken, not clean', async () => {
    const nothing: Output = { from: 'nowhere', make: () => new Map<string, string>() };
    await expect(driftOf(copy, [nothing])).rejects.toThrow('nowhere: found nothing to generate');
  });
});
