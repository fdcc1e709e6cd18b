import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { example } from './client.ts';

const root = join(import.meta.dirname, '..');

describe('the local org for others', () => {
  it('runs the example of its README', async () => {
    expect(await example()).toEqual({
      saved: 201,
      orders: [expect.objectContaining({ Name: 'O-0001', Order_Key__c: 'A-17' })],
      refused: 'INVALID_FIELD',
    });
  });

  it('has no word of the project that it was made in', () => {
    const files = readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
      .map((entry) => join(entry.parentPath, entry.name))
      // This list would find itself.
      .filter((file) => file !== import.meta.filename);
    expect(files.length).toBeGreaterThan(100);
    const words =
      /health_|\bhealth\b|customer.health|health.?(score|card)|intercom|\bjira\b|\blooker\b|scorer|churn|champion|\bqbr\b|\bours?\b/i;
    const found = files.flatMap((file) =>
      [file.slice(root.length), ...readFileSync(file, 'utf8').split('\n')].flatMap((line, i) =>
        words.test(line) ? [`${file}:${i}: ${line.slice(0, 120)}`] : [],
      ),
    );
    expect(found).toEqual([]);
  });

  it('says in its README what each entry point is for', () => {
    const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { exports: object };
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    const entries = Object.keys(exports).map((entry) => `local-org${entry.slice(1)}`);
    expect(entries.length).toBeGreaterThan(3);
    expect(entries.filter((entry) => !readme.includes(`\`${entry}\``))).toEqual([]);
  });
});
