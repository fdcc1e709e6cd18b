// Gets a fresh machine ready and then runs a command with the project's own Node. Needs nothing but Node >= 20
// and npm, so it imports no package and uses nothing newer than Node 20.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const modules = join(root, 'node_modules');

/** What each command runs, and whether the tools of development and a browser are needed for it. */
const COMMANDS = {
  demo: { script: 'scripts/demo.ts', whole: false },
  sandbox: { script: 'scripts/sandbox.ts', whole: false },
  test: { script: 'scripts/test.ts', whole: true, browser: true },
  prove: { script: 'scripts/prove.ts', whole: true, browser: true },
};

const OLDEST = [22, 19];

/** @param {string} message */
function stop(message) {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}

/** @param {string} version such as v24.21.0 */
function isNewEnough(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}

/**
 * What npm has put here, from the list that it keeps beside the packages; null before the first install.
 *
 * @returns {Record<string, { version?: string, dev?: boolean }> | null}
 */
function installedPackages() {
  const file = join(modules, '.package-lock.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : null;
}

/**
 * Is every package of the lock file here, at its version? Not a stamp of our own: who ran `npm ci` by hand has
 * installed too, and must not lose the tools of development to the demo.
 *
 * @param {boolean} whole also the tools of development
 */
function isInstalled(whole) {
  const found = installedPackages();
  if (found === null) return false;
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  return Object.entries(packages).every(([path, { version, link, dev, optional, devOptional }]) => {
    const isWanted = path.startsWith('node_modules/') && !optional && !devOptional && (whole || !dev);
    return !isWanted || link || found[path]?.version === version;
  });
}

/** Are tools of development here? Then an install keeps them. */
function hasDevelopmentTools() {
  return Object.values(installedPackages() ?? {}).some(({ dev }) => dev === true);
}

/** @param {boolean} whole */
function install(whole) {
  const what = whole ? 'all packages, about 1 GB: 2 to 3 minutes' : 'what the demo runs on, about a minute';
  process.stderr.write(`Installing ${what} …\n`);
  // Not `npm install`: the lock file is the truth. Install scripts are not needed by anything here.
  const scope = whole ? [] : ['-w', 'node-scorer', '-w', 'sandbox', '-w', 'local-org', '--omit=dev'];
  const args = ['ci', ...scope, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const { status, error } = spawnSync(npm, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (error || status !== 0) {
    stop(
      `Installing failed (npm ${args.join(' ')}). Check that npm reaches its registry and the disk has room, then run the command again.`,
    );
  }
}

/** Chromium for the tests of pages: found, or installed from Debian's packages where that is allowed. */
function provideBrowser() {
  const path = process.env.CHROMIUM_PATH || '/usr/bin/chromium';
  if (existsSync(path)) return;
  const isRoot = process.getuid?.() === 0;
  const run = (/** @type {string[]} */ ...args) =>
    spawnSync(isRoot ? 'apt-get' : 'sudo', isRoot ? args : ['-n', 'apt-get', ...args], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status === 0;
  const install = () => run('install', '-y', '--no-install-recommends', 'chromium');
  process.stderr.write('Installing Chromium for the tests of pages …\n');
  // The list of packages is fetched only when the machine has none yet.
  if (install() || (run('update') && install())) return;
  stop(
    `Found no Chromium at ${path} and could not install it: install Debian's package chromium, or name a Chromium in CHROMIUM_PATH, and run the command again.`,
  );
}

/** The Node that came with the packages, else the one that runs this, if it is new enough. */
function projectNode() {
  const own = join(modules, '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
  if (existsSync(own)) return own;
  if (isNewEnough(process.version)) return process.execPath;
  return stop(
    `Found Node ${process.version}, expected ${OLDEST.join('.')} or newer: no Node comes packaged for ${process.platform}-${process.arch}; install Node 24 from nodejs.org and run the command again.`,
  );
}

const [name, ...args] = process.argv.slice(2);
const command = COMMANDS[/** @type {keyof typeof COMMANDS} */ (name)];
if (command === undefined) {
  stop(`Found ${JSON.stringify(name)}, expected one of ${Object.keys(COMMANDS).join(', ')}.`);
}
if (!isInstalled(command.whole)) install(command.whole || hasDevelopmentTools());
if (command.browser) provideBrowser();
const separator = process.platform === 'win32' ? ';' : ':';
const result = spawnSync(projectNode(), [join(root, command.script), ...args], {
  cwd: root,
  stdio: 'inherit',
  shell: process.platform === 'win32',
  // What a script starts must find the same Node.
  env: { ...process.env, PATH: join(modules, '.bin') + separator + (process.env.PATH ?? '') },
});
process.exit(result.status ?? 1);
