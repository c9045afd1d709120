import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StreamBody } from '../../src/delivery/streams/stream-shape.js';
import type { TakenVideoBody } from '../../src/delivery/videos/video-shape.js';
import { chromiumPath, openBrowser } from './open-browser.js';
import { post, servePage, type ServedPage } from './served-page.js';
import { watchedPage } from './watched-page.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

describe.skipIf(chromiumPath === null)('every view', { timeout: 180_000 }, () => {
  let server: ServedPage;
  let browser: Browser;
  const closing: (() => Promise<void>)[] = [];
  let places: Readonly<Record<string, string>> = {};

  beforeAll(async () => {
    server = await servePage();
    closing.push(() => server.close());
    browser = await openBrowser();
    closing.push(() => browser.close());
    const video = await post<TakenVideoBody>(`${server.url}/v1/samples/dog-chases-cat`);
    const url = `file://${process.cwd()}/samples/cars-on-the-street.mp4`;
    const camera = await post<StreamBody>(`${server.url}/v1/streams`, { name: 'Street', url });
    places = { video: `/videos/${video.id}`, camera: `/cameras/${camera.id}` };
  }, 120_000);
  afterAll(async () => {
    for (const close of closing) await close();
  }, 60_000);

  it.each([
    ['videos', '.video-card', 'dark'],
    ['video', '.says-list li', 'light'],
    ['cameras', '.tile', 'light'],
    ['camera', '.history li', 'dark'],
    ['search?q=dog', '.search-form', 'light'],
    ['status', '.figure', 'dark'],
    ['start', '.sample', 'light'],
  ] as const)(
    '%s: no violation, no error, nothing wider than a small telephone',
    async (view, landmark, colorScheme) => {
      const { page, troubles } = await watchedPage(browser, server.url, {
        colorScheme,
        viewport: { width: 360, height: 740 },
      });
      await page.goto(`${server.url}${places[view] ?? `/${view}`}`);
      await page.locator(landmark).first().waitFor({ timeout: 90_000 });
      const { scroll, wide } = await page.evaluate(() => {
        return { scroll: document.documentElement.scrollWidth, wide: window.innerWidth };
      });
      expect(scroll).toBeLessThanOrEqual(wide);
      await page.setViewportSize({ width: 1360, height: 900 });
      await page.evaluate(AXE);
      const { violations } = await page.evaluate(() =>
        (window as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
      );
      const found = violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
      );
      expect(found).toEqual([]);
      expect(troubles).toEqual([]);
      await page.context().close();
    },
  );

  it('leads through a video by the keyboard alone', async () => {
    const { page } = await watchedPage(browser, server.url);
    await page.goto(`${server.url}${places['video'] ?? ''}`);
    await page.locator('.says-list li').nth(1).waitFor({ timeout: 90_000 });
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the content');
    const timeline = page.getByRole('slider', { name: /Timeline/ });
    await timeline.focus();
    const seconds = async (): Promise<number> => Number(await timeline.getAttribute('aria-valuenow'));
    await page.keyboard.press('PageUp');
    await expect.poll(seconds).toBe(5);
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await expect.poll(seconds).toBe(3);
    await page.getByRole('tab', { name: 'Captions' }).focus();
    await page.keyboard.press('ArrowRight');
    const asks = page.getByRole('tab', { name: 'Ask' });
    await expect.poll(() => asks.getAttribute('aria-selected')).toBe('true');
    await page.context().close();
  });
});
