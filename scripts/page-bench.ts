/**
 * `node scripts/page-bench.ts [--readers N] [--seconds S]`: how fast the health card is in a real browser over the local
 * org. Browser, page server, org and readers share the machine. Prints figures; proves nothing by time.
 */
import { parseArgs } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPage, projectSources } from '../sandbox/page/build/build.ts';
import { componentSize } from '../sandbox/page/build/size.ts';
import { accountPage, openPageWorld } from '../test/page/world.ts';
import type { PageWorld } from '../test/page/world.ts';

/** Generated modules that the card shares with the scorer and other components. */
const SHARED = ['c/scoringCore', 'c/healthAdvice', 'c/metricCatalogue', 'c/healthPhrases', 'c/healthLabels'];
const FRESH = 9;
const { values } = parseArgs({
  options: { readers: { type: 'string', default: '50' }, seconds: { type: 'string', default: '10' } },
});
const [readers, seconds] = [Number(values.readers), Number(values.seconds)];
const say = (line: string) => process.stdout.write(`${line}\n`);
const sorted = (times: readonly number[]): number[] => times.toSorted((a, b) => a - b);
const at = (times: readonly number[], share: number): number =>
  sorted(times)[Math.min(times.length - 1, Math.ceil(times.length * share) - 1)] ?? Number.NaN;
const ms = (time: number): string => `${time.toFixed(0)} ms`;

async function builds(): Promise<void> {
  const cacheDir = mkdtempSync(join(tmpdir(), 'page-bench-'));
  try {
    const cold = await buildPage({ ...projectSources(), cacheDir });
    rmSync(join(cacheDir, `bundle-${cold.key}.json`));
    const warm = await buildPage({ ...projectSources(), cacheDir });
    const kept = await buildPage({ ...projectSources(), cacheDir });
    say(
      `build: nothing known ${ms(cold.took)}, files compiled before ${ms(warm.took)}, same content ${ms(kept.took)}`,
    );
    const sources = { ...projectSources(), cacheDir };
    const whole = await componentSize('healthCard', sources);
    const own = await componentSize('healthCard', { ...sources, without: SHARED });
    say(`size: the card ${own.bytes} bytes minified, by file:`);
    say(`  ${own.files.map(([name, bytes]) => `${name} ${bytes}`).join(', ')}`);
    say(`  with ${SHARED.join(' and ')} ${whole.bytes}, gzip ${whole.compressed}`);
  } finally {
    rmSync(cacheDir, { recursive: true });
  }
}

/** From navigation until the score, its parts and the proof stand on the page, each time in a fresh profile. */
async function ready(world: PageWorld, path: string): Promise<string> {
  const times: number[] = [];
  let asked: string[] = [];
  for (let n = 0; n < FRESH; n += 1) {
    const visit = await world.open(path);
    await visit.card.locator('[data-notice="proof"]').waitFor();
    times.push(await visit.page.evaluate(() => performance.now()));
    asked = visit.asked;
    await visit.context.close();
  }
  say(
    `card ready after navigation, ${FRESH} fresh profiles: median ${ms(at(times, 0.5))} (${ms(Math.min(...times))} to ${ms(Math.max(...times))}), GraphQL requests ${asked.length}`,
  );
  return asked[0] ?? '';
}

async function unfold(world: PageWorld, path: string): Promise<void> {
  const { card, context } = await world.open(path);
  const toggles = card.locator('c-health-parts button.toggle');
  await toggles.first().waitFor();
  const times: number[] = [];
  for (const toggle of await toggles.all())
    times.push(
      await toggle.evaluate(async (button) => {
        const started = performance.now();
        (button as HTMLElement).click();
        // The engine renders in a microtask; the layout is forced here, painting is not part of it.
        await new Promise((done) => setTimeout(done));
        document.body.getBoundingClientRect();
        if (button.getAttribute('aria-expanded') !== 'true') throw new Error('the part did not unfold');
        return performance.now() - started;
      }),
    );
  say(
    `unfolding a part, ${times.length} parts: median ${ms(at(times, 0.5))}, longest ${ms(Math.max(...times))}`,
  );
  await context.close();
}

/** Everybody opens another card each second, at his own moment of it. */
async function read(world: PageWorld, asked: string): Promise<void> {
  const accounts = world.world.scores().map((row) => String(row['Account__c']));
  const { query, variables } = JSON.parse(asked) as { query: string; variables: Record<string, unknown> };
  const times: number[] = [];
  const reader = async (n: number): Promise<void> => {
    await sleep((n / readers) * 1_000);
    for (let turn = 0; turn < seconds; turn += 1) {
      const accountId = accounts[(n + turn) % accounts.length];
      const started = performance.now();
      const response = await fetch(`${world.local.url}/services/data/v66.0/graphql`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ query, variables: { ...variables, accountId, scope: accountId } }),
      });
      const { errors } = (await response.json()) as { errors: unknown[] };
      const took = performance.now() - started;
      if (errors.length > 0) throw new Error(`a reader got errors: ${JSON.stringify(errors)}`);
      times.push(took);
      await sleep(Math.max(0, 1_000 - took));
    }
  };
  await Promise.all(Array.from({ length: readers }, (_, n) => reader(n)));
  say(
    `${readers} readers, ${seconds} s, a card each per second: ${times.length} requests, median ${ms(at(times, 0.5))}, p99 ${ms(at(times, 0.99))}, longest ${ms(Math.max(...times))}`,
  );
}

await builds();
const world = await openPageWorld({ accounts: 60, months: 13 });
try {
  const path = accountPage(world.world.scores()[1]?.['Account__c']);
  const asked = await ready(world, path);
  await unfold(world, path);
  await read(world, asked);
} finally {
  await world.close();
}
