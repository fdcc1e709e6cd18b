import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { noticesOf, packagesOf } from '../../scripts/build/notices.ts';
import { ROOT } from '../e2e/harness.ts';

describe('licence notices of what is bundled', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'customer-health-notices-'));
  afterAll(() => rmSync(scratch, { recursive: true }));
  const planted = (name: string, manifest: object, files: Record<string, string> = {}): string => {
    const folder = join('node_modules', name);
    mkdirSync(join(scratch, folder), { recursive: true });
    writeFileSync(
      join(scratch, folder, 'package.json'),
      JSON.stringify({ name, version: '1.0.0', ...manifest }),
    );
    for (const [file, text] of Object.entries(files)) writeFileSync(join(scratch, folder, file), text);
    return folder;
  };

  it('finds the packages behind files, also those inside others, and scoped ones', () => {
    const files = [
      'node_modules/axios/index.js',
      'node_modules/axios/lib/core/Axios.js',
      'node-scorer/node_modules/pino/pino.js',
      'node_modules/@looker/sdk/lib/index.js',
      'node_modules/not-here/index.js',
      'node-scorer/src/errors.ts',
    ];
    expect(packagesOf(ROOT, files)).toEqual([
      'node-scorer/node_modules/pino',
      'node_modules/@looker/sdk',
      'node_modules/axios',
    ]);
  });

  it('holds name, version, licence and its text', async () => {
    const folder = planted('kind', { license: 'MIT' }, { LICENSE: 'Do as you like.', NOTICE: 'By us.' });
    const text = await noticesOf(scratch, [folder]);
    expect(text).toContain('kind 1.0.0, MIT\n\nDo as you like.\nBy us.\n');
  });

  it.each([
    ['one that obliges us', { license: 'GPL-3.0-only' }, 'taken (GPL-3.0-only)'],
    ['both, of which one obliges us', { license: 'MIT AND GPL-2.0' }, 'taken (MIT AND GPL-2.0)'],
    ['terms of use', { license: 'SEE LICENSE IN LICENSE.txt' }, 'taken (SEE LICENSE IN LICENSE.txt)'],
    ['none', {}, 'taken (no licence)'],
  ])('stops the build for a licence that we may not ship: %s', async (_, manifest, named) => {
    await expect(noticesOf(scratch, [planted('taken', manifest)])).rejects.toThrow(named);
  });

  it.each(['lightning-base-components', '@salesforce-ux/design-system'])(
    'stops the build for %s, whatever its licence says',
    async (name) => {
      await expect(noticesOf(scratch, [planted(name, { license: 'MIT' })])).rejects.toThrow(name);
    },
  );
});
