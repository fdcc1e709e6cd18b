/**
 * `node scripts/screenshots.ts [--only NAME …]`: pictures of the health card in every state, from the local page in a
 * real browser, into docs/images. All companies in them are fictional.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { STATES, openState } from '../test/page/states.ts';
import type { State } from '../test/page/states.ts';
import { openPageWorld } from '../test/page/world.ts';
import type { PageWorld } from '../test/page/world.ts';

const IMAGES = join(import.meta.dirname, '../docs/images');
/** States whose colours are worth a look of their own. */
const ALSO_DARK = new Set(['at-risk', 'capped', 'provisional']);
/** States shown with the record page around the card. */
const WHOLE_PAGE = new Set(['score-record', 'phone', 'opportunity']);

async function picture(at: PageWorld, state: State, appearance: 'light' | 'dark'): Promise<void> {
  const { page, card, context, trouble } = await openState(at, state, { appearance });
  if (trouble.length > 0 && state.answers === undefined)
    throw new Error(`${state.name}: found trouble on the page, expected none: ${trouble.join('; ')}`);
  const path = join(IMAGES, `card-${state.name}${appearance === 'dark' ? '-dark' : ''}.png`);
  await page.mouse.move(0, 0);
  if (WHOLE_PAGE.has(state.name)) await page.screenshot({ path, fullPage: true });
  else await card.screenshot({ path });
  process.stdout.write(`${path}\n`);
  await context.close();
}

const { values } = parseArgs({ options: { only: { type: 'string', multiple: true, default: [] } } });
const unknown = values.only.filter((name) => !STATES.some((state) => state.name === name));
if (unknown.length > 0)
  throw new Error(
    `--only: found ${unknown.join(', ')}, expected names of ${STATES.map(({ name }) => name).join(', ')}`,
  );
mkdirSync(IMAGES, { recursive: true });
const at = await openPageWorld({ months: 13 });
try {
  for (const state of STATES) {
    await state.prepare?.(at);
    if (values.only.length > 0 && !values.only.includes(state.name)) continue;
    await picture(at, state, 'light');
    if (ALSO_DARK.has(state.name)) await picture(at, state, 'dark');
  }
} finally {
  await at.close();
}
