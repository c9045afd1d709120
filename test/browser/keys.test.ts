import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { environmentEntry } from '../../src/delivery/access/environment-keys.js';
import { hashOfKey, newKeyText } from '../../src/delivery/access/key-text.js';
import { chromiumPath, openBrowser } from './open-browser.js';
import { servePage, type ServedPage } from './served-page.js';
import { watchedPage } from './watched-page.js';

const SLOW_MS = 90_000;
const { id, text: KEY } = newKeyText();
const ENTRY = environmentEntry({
  id,
  name: 'browser',
  scopes: ['read', 'ask', 'manage'],
  topics: ['*'],
  hash: hashOfKey(KEY),
  createdMs: 0,
  expiresMs: null,
});

describe.skipIf(chromiumPath === null)('a server with API keys, in a browser', { timeout: 240_000 }, () => {
  let server: ServedPage;
  let browser: Browser;
  const closing: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    server = await servePage({ PALISTREAM_KEYS: ENTRY });
    closing.push(() => server.close());
    browser = await openBrowser();
    closing.push(() => browser.close());
  }, 120_000);
  afterAll(async () => {
    for (const close of closing.reverse()) await close();
  }, 60_000);

  it('shows the dashboard to whoever has one: what is uploaded, seen, played, asked and found', async () => {
    const { page, troubles } = await watchedPage(browser, server.url);
    page.setDefaultTimeout(SLOW_MS);
    await page.goto(server.url);
    await page.getByText('This server asks for a key').waitFor();
    await page.getByLabel('API key').fill('psk_unknown');
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByText('is unknown, revoked or expired').waitFor();
    await page.getByLabel('API key').fill(KEY);
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.locator('input[type=file]').waitFor({ state: 'attached' });
    troubles.length = 0; // until here the server refused what it should

    await page.setInputFiles('input[type=file]', 'samples/dog-chases-cat.mp4');
    await page.waitForURL(/\/videos\/[\w-]{36}$/);
    await page.locator('.summary p:not(.writing)', { hasText: 'dog' }).waitFor();
    await page.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) >= 2);
    await page.getByRole('tab', { name: 'Ask' }).click();
    await page.getByLabel('Your question').fill('who chases the cat?');
    await page.getByLabel('Your question').press('Enter');
    await page.locator('.talk .answered:not(.writing)', { hasText: 'a dog' }).waitFor();

    const areShown = (): Promise<boolean> =>
      page.evaluate(() => {
        const pictures = [...document.querySelectorAll('img')];
        return pictures.length > 0 && pictures.every(({ naturalWidth }) => naturalWidth > 0);
      });
    await page.goto(`${server.url}/search?q=dog`);
    await page.locator('.hit mark').first().waitFor();
    await expect.poll(areShown, { timeout: SLOW_MS }).toBe(true);
    await page.goto(`${server.url}/videos`);
    await expect.poll(areShown, { timeout: SLOW_MS }).toBe(true);

    await page.reload(); // the key is kept for the tab
    await expect.poll(areShown, { timeout: SLOW_MS }).toBe(true);

    const response = await page.request.post(`${server.url}/v1/streams`, {
      headers: { authorization: `Bearer ${KEY}` },
      data: { name: 'Meadow', url: `file://${process.cwd()}/samples/dog-chases-cat.mp4` },
    });
    expect(response.status()).toBe(201);
    await page.goto(`${server.url}/cameras`);
    // Named wherever in the film a window begins.
    await page.locator('.tile .newest:not(.writing)', { hasText: 'cat' }).waitFor();
    await page.locator('.tile').getByText('Live').waitFor();
    await page.goto(`${server.url}/status`);
    await page.getByRole('heading').first().waitFor();
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  it('asks again for a key that can be none, which was given or is kept', async () => {
    const { page, troubles } = await watchedPage(browser, server.url);
    page.setDefaultTimeout(SLOW_MS);
    await page.goto(server.url);
    for (const wrong of [`${KEY} x`, `"${KEY}"`, `key:${KEY}`]) {
      await page.getByLabel('API key').fill(wrong);
      await page.getByRole('button', { name: 'Go on' }).click();
      await page.getByText('This is no API key').waitFor();
    }
    troubles.length = 0; // until here the server refused what it should
    await page.evaluate((kept) => {
      sessionStorage.setItem('palistream.key', kept);
    }, `${KEY}, x`);
    await page.reload();
    await page.getByText('is unknown, revoked or expired').waitFor();
    expect(troubles.filter((trouble) => trouble.startsWith('thrown'))).toEqual([]);
    await page.getByLabel('API key').fill(`Bearer ${KEY} `);
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.locator('input[type=file]').waitFor({ state: 'attached' });
    await page.context().close();
  });

  it('shows the sample of a subscriber what comes, without the key in the page', async () => {
    const program = ['--import', 'tsx', 'samples/subscribers/browser-server.ts', '--port', '0'];
    const child: ChildProcess = spawn(process.execPath, program, {
      env: { ...process.env, PALISTREAM_URL: server.url, PALISTREAM_API_KEY: KEY },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const gone = once(child, 'exit');
    try {
      const [line] = (await once(child.stdout ?? child, 'data')) as [Buffer];
      const url = /http:\S+/.exec(line.toString())?.[0] ?? '';
      const { page, troubles } = await watchedPage(browser, url);
      page.setDefaultTimeout(SLOW_MS);
      await page.goto(url);
      await page.locator('#events li', { hasText: 'dog' }).first().waitFor();
      expect(await page.content()).not.toContain(KEY);
      expect(troubles).toEqual([]);
      await page.context().close();
    } finally {
      child.kill();
      await gone;
    }
  });
});
