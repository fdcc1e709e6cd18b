import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, Page, ViewportSize } from 'playwright-core';

/** Where Debian puts Chromium; another place is told by CHROMIUM_PATH. */
const CHROMIUM = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';

/** @throws Error that says what to do when there is no Chromium. */
export async function openBrowser(): Promise<Browser> {
  if (!existsSync(CHROMIUM))
    throw new Error(
      `Chromium: found nothing at ${CHROMIUM}; install it (Debian: apt-get install chromium) or set CHROMIUM_PATH`,
    );
  // The sandbox of Chromium needs a user namespace that containers often refuse; these pages are our own.
  return chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--force-color-profile=srgb'] });
}

export interface Look {
  readonly person?: string;
  readonly appearance?: 'light' | 'dark';
  readonly language?: 'en_US' | 'de';
  readonly viewport?: ViewportSize;
  /** What becomes of requests for data, when they are not answered. */
  readonly answers?: 'fail' | 'hang';
}

export interface Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What went wrong on the page: console errors, exceptions, failed requests. */
  readonly trouble: string[];
  /** Paths of GraphQL requests, in order. */
  readonly asked: string[];
}

/** What Salesforce answers in an outage of its own. */
const UNAVAILABLE = {
  status: 503,
  contentType: 'application/json',
  body: JSON.stringify([{ errorCode: 'SERVER_UNAVAILABLE', message: 'The server is not available' }]),
};

/** A fresh browser profile that looks at the page as one person. */
export async function visit(browser: Browser, url: string, look: Look = {}): Promise<Visit> {
  const {
    person = 'manager',
    appearance = 'light',
    language = 'en_US',
    viewport = { width: 1280, height: 1000 },
  } = look;
  const context = await browser.newContext({ viewport, reducedMotion: 'reduce', locale: 'en-US' });
  context.setDefaultTimeout(60_000);
  await context.addCookies([
    { name: 'sandbox_person', value: person, url },
    { name: 'sandbox_appearance', value: appearance, url },
    { name: 'sandbox_language', value: language, url },
  ]);
  const page = await context.newPage();
  if (look.answers !== undefined)
    await page.route('**/graphql', (route) =>
      // A request that hangs is never answered.
      look.answers === 'fail' ? route.fulfill(UNAVAILABLE) : undefined,
    );
  const trouble: string[] = [];
  const asked: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') trouble.push(message.text());
  });
  page.on('pageerror', (error) => trouble.push(error.message));
  page.on('request', (request) => {
    if (request.url().endsWith('/graphql')) asked.push(request.postData() ?? '');
  });
  return { page, context, trouble, asked };
}
