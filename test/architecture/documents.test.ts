import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, posix } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Files that git knows or would know: what is built or installed is none of them. */
const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'])
  .toString()
  .split('\0')
  .filter((file) => file !== '');
const documents = files.filter((file) =>
  /^(README|CONTRIBUTING|CHANGELOG|docs\/.+)\.md$|^README\.md$/.test(file),
);

/** Every file and folder, and every end of its path: documents name a file from its room on. */
const known = new Set(files);
const ends = new Set<string>();
for (const file of files) {
  for (let folder = dirname(file); folder !== '.'; folder = dirname(folder)) known.add(folder);
  const parts = file.split('/');
  parts.forEach((_, index) => ends.add(parts.slice(index).join('/')));
}

/** What `npm run build` makes, which no checkout has. */
const BUILT = new Set(['cli/scorer.mjs', 'service/service.mjs', 'lambda/lambda.mjs']);
const FILE = /^[\w@.][\w@./-]*\.(?:ts|js|mjs|cjs|md|yaml|json|csv|xml)$/;

/** What a document names and nobody has: relative links, and files in backticks outside blocks of code. */
function lost(document: string, text: string): string[] {
  const prose = text.replaceAll(/^```[\s\S]*?^```/gm, '');
  const links = [...prose.matchAll(/\]\(([^)\s#]+)(?:#[^)\s]*)?\)|<img src="([^"]+)"/g)]
    .map(([, link, image]) => link ?? image ?? '')
    .filter((link) => !/^[a-z]+:/.test(link))
    .filter((link) => !known.has(posix.join(dirname(document), link).replace(/\/$/, '')));
  const named = [...prose.matchAll(/`([^`\s]+)`/g)]
    .map(([, name = '']) => name)
    .filter((name) => FILE.test(name) && !ends.has(name) && !BUILT.has(name));
  return [...links, ...named];
}

describe('a document', () => {
  it.each(documents)('names only what there is: %s', (document) => {
    expect(lost(document, readFileSync(document, 'utf8'))).toEqual([]);
  });

  it('is told of a link, a picture or a file that is gone, and of nothing else', () => {
    const text = [
      'See [a](architecture.md#what-is-stored-and-why), [b](decisions), [c](https://example.com/x.md), [d](gone.md).',
      'In `run/refresh.ts`, `run/gone.ts`, `npm test`, `lambda/lambda.mjs`. <img src="images/gone.png" />',
      '```sh\ncat `nowhere.ts`\n```',
    ].join('\n');
    expect(lost('docs/handbook.md', text)).toEqual(['gone.md', 'images/gone.png', 'run/gone.ts']);
  });

  it('is found wherever documents stand', () => {
    expect(documents).toEqual(
      expect.arrayContaining(['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'docs/handbook.md']),
    );
    expect(documents.some((document) => document.startsWith('docs/decisions/'))).toBe(true);
  });
});
