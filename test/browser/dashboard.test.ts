import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { SearchBody } from '../../src/delivery/search-shape.js';
import type { TakenVideoBody } from '../../src/delivery/videos/video-shape.js';
import type { StreamBody } from '../../src/delivery/streams/stream-shape.js';
import { chromiumPath, openBrowser } from './open-browser.js';
import { overlayColours } from './overlay-colours.js';
import { post, servePage, type ServedPage } from './served-page.js';
import { slowSocket } from './slow-socket.js';
import { watchedPage } from './watched-page.js';

if (chromiumPath === null) console.warn('*** there is no Chromium: the tests of the dashboard are skipped');

const SLOW_MS = 90_000;

describe.skipIf(chromiumPath === null)('the dashboard', { timeout: 240_000 }, () => {
  let server: ServedPage;
  let browser: Browser;
  const closing: (() => Promise<void>)[] = [];
  const open: Page[] = [];

  beforeAll(async () => {
    server = await servePage();
    closing.push(() => server.close());
    browser = await openBrowser();
    closing.push(() => browser.close());
  }, 120_000);
  afterEach(async () => {
    for (const page of open.splice(0)) await page.context().close();
  });
  afterAll(async () => {
    for (const close of closing) await close();
  }, 60_000);

  async function visit(path: string, options = {}) {
    const watched = await watchedPage(browser, server.url, options);
    watched.page.setDefaultTimeout(SLOW_MS);
    open.push(watched.page);
    await watched.page.goto(`${server.url}${path}`);
    return watched;
  }
  const takeSample = (name: string) => post<TakenVideoBody>(`${server.url}/v1/samples/${name}`);

  it('takes a dropped video in and says what it shows', async () => {
    const { page, troubles } = await visit('/');
    await page.setInputFiles('input[type=file]', 'samples/cow-and-balloon.mp4');
    await page.waitForURL(/\/videos\/[\w-]{36}$/);
    const summary = page.locator('.summary p:not(.writing)');
    await summary.waitFor();
    expect(await summary.textContent()).toBe('a blue balloon moves up and a cow stands still on the grass');
    const lines = page.locator('.says-list li');
    await lines.nth(1).waitFor();
    expect(await lines.first().textContent()).toMatch(/^0:00.*balloon/);
    expect(await page.locator('.timeline .piece').count()).toBe(2);
    await lines.nth(1).click();
    await page.waitForFunction(() => document.querySelector('video')?.currentTime === 5);
    const cues = (): Promise<string[]> =>
      page.evaluate(() => {
        const [track] = document.querySelector('video')?.textTracks ?? [];
        return [...(track?.activeCues ?? [])].map((cue) => (cue as VTTCue).text);
      });
    await expect.poll(cues).toEqual([expect.stringContaining('balloon')]);
    expect(troubles).toEqual([]);
  });

  it('writes an answer word by word', async () => {
    const { id } = await takeSample('frog-jumps-over-cake');
    const { page, troubles } = await visit('/');
    await slowSocket(page, 100);
    await page.goto(`${server.url}/videos/${id}`);
    await page.getByRole('tab', { name: 'Ask' }).click();
    await page.evaluate(() => {
      const seen: string[] = [];
      (window as unknown as { seen: string[] }).seen = seen;
      const list = document.querySelector('.talk');
      if (list === null) return;
      new MutationObserver(() => {
        const text = list.querySelector('.answered')?.textContent ?? '';
        if (text !== seen.at(-1)) seen.push(text);
      }).observe(list, { subtree: true, childList: true, characterData: true });
    });
    await page.getByLabel('Your question').fill('who jumps over the cake?');
    await page.getByRole('button', { name: 'Ask', exact: true }).click();
    const answer = page.locator('.talk .answered:not(.writing)');
    await answer.waitFor();
    expect(await answer.textContent()).toBe('a frog');
    const seen = await page.evaluate(() => (window as unknown as { seen: string[] }).seen);
    expect(seen.filter((text) => text !== '' && text !== 'a frog')).not.toEqual([]);
    for (const text of seen) expect('a frog').toContain(text.trim());
    expect(troubles).toEqual([]);
  });

  it('draws a box over the thing that was looked for, and hides it', async () => {
    const { id } = await takeSample('boat-comes-closer');
    const plan = { tasks: [{ task: 'detect', things: ['boat'], every_seconds: 2 }] };
    await post(`${server.url}/v1/videos/${id}/jobs`, plan);
    const { page, troubles } = await visit(`/videos/${id}?at=6`);
    const chip = page.locator('.under .chip', { hasText: 'boat' });
    await chip.waitFor();
    await page.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) >= 2);
    const isDrawn = async (): Promise<boolean> => (await overlayColours(page)).drawn > 0;
    await expect.poll(isDrawn, { timeout: SLOW_MS }).toBe(true);
    const { box, warmInside } = await overlayColours(page);
    // The sails are orange, the sea and the sky are blue: a box about the boat has most of what is warm.
    expect(box.width * box.height).toBeLessThan(0.25);
    expect(warmInside).toBeGreaterThan(0.6);
    await chip.click();
    await expect.poll(() => chip.getAttribute('aria-pressed')).toBe('false');
    await expect.poll(isDrawn).toBe(false);
    expect(troubles).toEqual([]);
  });

  it('goes on after the server was killed, with nothing missing and nothing twice', async () => {
    const { id } = await takeSample('dog-chases-cat');
    const plan = { tasks: [{ task: 'captions', window_seconds: 0.25, frames: 2 }] };
    const { page } = await visit(`/videos/${id}`);
    await page.locator('.says-list li').first().waitFor();
    await post(`${server.url}/v1/videos/${id}/jobs`, plan);
    const lines = page.locator('.says-list li button:not(:has(.writing)) .at');
    await expect.poll(() => lines.count(), { timeout: SLOW_MS }).toBeGreaterThan(4);
    await server.kill();
    await page.getByText('The connection to the server is lost').waitFor();
    const before = await lines.allTextContents();
    expect(before.length).toBeLessThan(40);
    await server.again();
    await page.getByText('The connection to the server is lost').waitFor({ state: 'hidden' });
    await expect.poll(() => lines.count(), { timeout: SLOW_MS }).toBe(40);
    const times = await lines.allTextContents();
    expect(new Set(times).size).toBe(40);
    expect(times.slice(0, before.length)).toEqual(before);
    await page.locator('.under .badge').waitFor({ state: 'hidden' });
    const vtt = await (await fetch(`${server.url}/v1/videos/${id}/captions?format=vtt`)).text();
    expect(vtt.match(/-->/g)).toHaveLength(40);
  });

  it('finds the moment at which something was said', async () => {
    await takeSample('cow-and-balloon');
    const hits = async (): Promise<number> => {
      const response = await fetch(`${server.url}/v1/search?q=balloon`);
      return ((await response.json()) as SearchBody).hits.length;
    };
    await expect.poll(hits, { timeout: SLOW_MS }).toBeGreaterThan(0);
    const { page, troubles } = await visit('/search?q=balloon');
    await page.locator('.hit mark').first().waitFor();
    await page.locator('.hit').first().click();
    await page.waitForURL(/\/videos\/[\w-]{36}\?at=/);
    await page.locator('.says-list li').first().waitFor();
    expect(troubles).toEqual([]);
  });

  it('takes in a film that is dragged over it, and says what is wrong with a file that is none', async () => {
    const { page } = await visit('/videos');
    const drop = async (name: string, text: string): Promise<void> => {
      const held = await page.evaluateHandle(
        ([called, inside]) => {
          const files = new DataTransfer();
          files.items.add(
            new File([Uint8Array.from(atob(inside), (letter) => letter.charCodeAt(0))], called),
          );
          return files;
        },
        [name, text] as const,
      );
      await page.dispatchEvent('.drop', 'dragover', { dataTransfer: held });
      await page.locator('.drop.over').waitFor();
      await page.dispatchEvent('.drop', 'drop', { dataTransfer: held });
    };
    await drop('letter.mp4', Buffer.from('this is no film').toString('base64'));
    await page.locator('.upload .notice.bad').waitFor();
    expect(await page.locator('.upload .notice.bad').textContent()).toContain(
      'is not a video that can be read',
    );
    await drop('boat.mp4', readFileSync('samples/boat-comes-closer.mp4').toString('base64'));
    await page.waitForURL(/\/videos\/[\w-]{36}$/);
    await page.locator('.summary p:not(.writing)', { hasText: 'boat' }).waitFor();
  });

  it('asks about the stretch under the playhead, and hands the captions out as files', async () => {
    const { id } = await takeSample('boat-comes-closer');
    const { page, troubles } = await visit(`/videos/${id}?at=6`);
    await page.locator('.says-list li').nth(1).waitFor();
    await page.getByRole('tab', { name: 'Ask' }).click();
    await page.getByLabel('About which part').selectOption('2');
    await page.getByText('0:05 to 0:07').waitFor();
    await page.getByLabel('Your question').fill('what comes closer?');
    await page.getByLabel('Your question').press('Enter');
    await page.locator('.talk .link-button', { hasText: '0:05 to 0:07' }).waitFor();
    for (const [format, start] of [
      ['WebVTT subtitles', 'WEBVTT'],
      ['SubRip subtitles', '1\n00:00:00,000'],
      ['JSON', '{'],
    ] as const) {
      await page.getByRole('button', { name: 'Download' }).click();
      const saved = page.waitForEvent('download');
      await page.getByRole('menuitem', { name: format }).click();
      const file = await (await saved).path();
      expect(readFileSync(file, 'utf8').replaceAll('\r', '').startsWith(start)).toBe(true);
    }
    expect(troubles).toEqual([]);
  });

  it('goes on with a server of this machine when the network is gone', async () => {
    const { page, troubles } = await visit('/videos');
    await page.getByRole('heading').first().waitFor();
    await page.evaluate(() => window.dispatchEvent(new Event('offline')));
    await page.getByRole('link', { name: 'Cameras' }).click();
    await page.getByRole('heading', { name: 'Cameras' }).waitFor();
    await page.locator('.view .wall').or(page.getByText('No camera yet')).waitFor();
    expect(troubles).toEqual([]);
  });

  it('stays usable when the script of a view does not arrive', async () => {
    const { page } = await visit('/videos');
    await page.route(/start-view/, (route) => route.abort());
    await page.getByRole('link', { name: 'Start' }).click();
    await page.getByRole('button', { name: 'Load the page again' }).waitFor();
    await page.getByRole('link', { name: 'Cameras' }).click();
    await page.getByRole('heading', { name: 'Cameras' }).waitFor();
  });

  it('shows a camera live: its picture moves, what is said is new', async () => {
    const url = `file://${process.cwd()}/samples/dog-chases-cat.mp4`;
    const camera = await post<StreamBody>(`${server.url}/v1/streams`, {
      name: 'Meadow',
      url,
      plan: { window_seconds: 2 },
    });
    const { page, troubles } = await visit('/cameras');
    const tile = page.locator('.tile', { hasText: 'Meadow' });
    await tile.locator('.newest:not(.writing)', { hasText: 'dog' }).waitFor();
    await tile.getByText('Live').waitFor();
    const picture = (): Promise<string> =>
      tile
        .locator('canvas')
        .first()
        .evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL('image/jpeg', 0.3));
    const first = await picture();
    await expect.poll(picture, { timeout: 20_000 }).not.toBe(first);
    await tile.click();
    const history = page.locator('.history li', { hasText: 'dog' });
    const count = await history.count();
    await expect.poll(() => history.count(), { timeout: SLOW_MS }).toBeGreaterThan(count);

    await page.getByRole('tab', { name: 'Plan' }).click();
    await page.getByLabel('Task 1', { exact: true }).selectOption('ask');
    await page.getByLabel('Words of task 1').fill('who chases the cat?');
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByText('Applied').waitFor();
    await page.locator('.camera-said', { hasText: 'who chases the cat? a dog' }).waitFor();

    await page.getByRole('tab', { name: 'Ask' }).click();
    await page.getByLabel('Your question').fill('is there a cat?');
    await page.getByLabel('Your question').press('Enter');
    await page.locator('.talk .answered:not(.writing)', { hasText: 'yes' }).waitFor();
    await fetch(`${server.url}/v1/streams/${camera.id}`, { method: 'DELETE' });
    expect(troubles).toEqual([]);
  });
});
