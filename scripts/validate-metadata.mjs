/**
 * `npm run validate:metadata [-- --dir DIR]`: what can be known of the metadata before an org sees it. Without --dir it
 * looks at force-app and force-app-defaults, and converts them with the Salesforce CLI as a smoke test.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { lookAtComponents } from './metadata/lightning/side-by-side.ts';
import { readProject } from './metadata/project.ts';
import { validate } from './metadata/validate.ts';
import { sfEnv } from './sf-env.ts';

const root = join(import.meta.dirname, '..');
const run = promisify(execFile);

/** The real CLI turns the source into what a deploy would send. */
async function convert(directories) {
  const out = mkdtempSync(join(tmpdir(), 'convert-'));
  try {
    const roots = directories.flatMap((directory) => ['--root-dir', directory]);
    await run(
      join(root, 'node_modules/.bin/sf'),
      ['project', 'convert', 'source', ...roots, '--output-dir', join(out, 'deploy'), '--json'],
      {
        cwd: root,
        env: sfEnv(root, { ...process.env, HOME: out }),
      },
    );
    return [];
  } catch (error) {
    return [
      {
        file: directories.join(', '),
        rule: 'convert',
        message: String(error.stdout || error.message).trim(),
      },
    ];
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

const { values } = parseArgs({
  options: { dir: { type: 'string', multiple: true }, 'no-convert': { type: 'boolean' } },
});
const began = performance.now();
process.chdir(values.dir ? process.cwd() : root);
const directories = values.dir ?? ['force-app', 'force-app-defaults'];
try {
  const project = readProject(directories);
  const converting =
    values.dir || values['no-convert'] ? [] : directories.map((directory) => convert([directory]));
  const looking = lookAtComponents(project, directories);
  const findings = validate(project);
  const { findings: ofComponents, remarks } = await looking;
  findings.push(...ofComponents, ...(await Promise.all(converting)).flat());
  for (const { file, rule, message } of findings) process.stdout.write(`${file}: ${rule}: ${message}\n`);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  process.stdout.write(
    `${project.parts.length} metadata files; components: ${remarks.join(', ') || 'none'}; ${findings.length} findings, ${seconds} s\n`,
  );
  process.exitCode = findings.length > 0 ? 1 : 0;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
