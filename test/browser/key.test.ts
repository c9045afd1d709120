import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../e2e/cli/start-cli.js';
import { chromiumPath, openBrowser } from './open-browser.js';
import { servePage, type ServedPage } from './served-page.js';
import { watchedPage } from './watched-page.js';

const SLOW_MS = 90_000;

describe.skipIf(chromiumPath === null)('a server that asks for keys', { timeout: 240_000 }, () => {
  let server: ServedPage;
  let browser: Browser;
  let key = '';
  const closing: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    const made = await runCli(['keys', 'create', 'dashboard', '--scope', 'read,ask,manage', '--print-entry']);
    const [secret = '', entry = ''] = made.stdout.split('\n');
    key = secret;
    server = await servePage({ PALISTREAM_KEYS: entry });
    closing.push(() => server.close());
    browser = await openBrowser();
    closing.push(() => browser.close());
  }, 120_000);
  afterAll(async () => {
    for (const close of closing) await close();
  }, 60_000);

  it('is asked for a key once, says that a wrong one is wrong, and shows films with the right one', async () => {
    const { page, troubles } = await watchedPage(browser, server.url);
    page.setDefaultTimeout(SLOW_MS);
    await page.goto(server.url);
    const field = page.getByLabel('API key');
    await field.fill('pali_wrong');
    await field.press('Enter');
    await page.getByText('unknown, revoked or expired').waitFor();
    troubles.splice(0); // the refusals that asked for the key
    await field.fill(key);
    await field.press('Enter');
    await page.getByRole('button', { name: 'A dog chases a cat' }).click();
    await page.locator('.says-list li').nth(1).waitFor();
    await page.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) >= 2);
    await page.reload();
    await page.locator('.says-list li').nth(1).waitFor();
    expect(troubles).toEqual([]);
    await page.context().close();
  });
});
