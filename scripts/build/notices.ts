/** Licence notices of what a bundle contains: who is bundled is read from esbuild's own account of its inputs. */
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What may be bundled and shipped. */
const PERMISSIVE =
  /^\(?(MIT|ISC|Apache-2\.0|BSD-2-Clause|BSD-3-Clause|0BSD|BlueOak-1\.0\.0|MIT-0|Unlicense|CC0-1\.0)( OR [^)]+)?\)?$/;
/** Comes under terms that allow no shipping. */
const NEVER = ['lightning-base-components', '@salesforce-ux/'];

/**
 * The folders of the packages that files belong to, sorted; only those that are here.
 *
 * @param root directory of the repository
 * @param files relative to `root`: esbuild's inputs, and the sources of its map, because a package may hold a copy of
 *   another
 * @example packagesOf('/src', ['node_modules/axios/lib/axios.js']) // => ['node_modules/axios']
 */
export function packagesOf(root: string, files: readonly string[]): string[] {
  const folders = files.flatMap((path) => {
    const found = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path);
    return found === null ? [] : [found[0]];
  });
  return [...new Set(folders)].filter((folder) => existsSync(join(root, folder, 'package.json'))).sort();
}

/**
 * The notices of packages, as one text.
 *
 * @param root directory of the repository
 * @param folders as {@link packagesOf} gives them
 * @throws Error when a package has a licence that we may not ship, or none
 * @example await noticesOf('/src', ['node_modules/axios']) // => 'This file lists the 1 packages …'
 */
export async function noticesOf(root: string, folders: readonly string[]): Promise<string> {
  const notices = await Promise.all(folders.map((folder) => noticeOf(join(root, folder))));
  const wrong = notices.filter(({ name, licence }) => !isAllowed(name, licence));
  if (wrong.length > 0) {
    const list = wrong.map(({ name, licence }) => `${name} (${licence || 'no licence'})`).join(', ');
    throw new Error(`found ${list} in a bundle, expected permissive licences only; leave them out`);
  }
  const head = `This file lists the ${notices.length} packages that are bundled here, and the licences under which they come.\n`;
  return head + notices.map(({ text }) => `\n${'='.repeat(80)}\n${text}`).join('');
}

const isAllowed = (name: string, licence: string): boolean =>
  PERMISSIVE.test(licence) && !NEVER.some((refused) => name.startsWith(refused));

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string | { readonly type?: string };
  readonly licenses?: readonly { readonly type?: string }[];
  readonly author?: string | { readonly name?: string };
}

async function noticeOf(folder: string): Promise<{ name: string; licence: string; text: string }> {
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Manifest;
  const { name, version, license, licenses, author } = manifest;
  const licence = typeof license === 'string' ? license : (license?.type ?? licenses?.[0]?.type ?? '');
  const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file)).sort();
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  const by = typeof author === 'string' ? author : (author?.name ?? 'its authors');
  const body =
    texts.length > 0 ? texts.join('\n') : `The package brings no licence text. Copyright by ${by}.\n`;
  return { name, licence, text: `${name} ${version}, ${licence}\n\n${body.trimEnd()}\n` };
}
