import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { StreamBody } from '../../src/delivery/streams/stream-shape.js';
import { openBrowser } from './open-browser.js';
import { post, servePage } from './served-page.js';

/**
 * `npx tsx test/browser/measure-page.ts [SECONDS]`: how soon the page can be used, and how it holds with eight cameras on the
 * wall: frames a second, and memory from the first minute to the last.
 */
const seconds = Number(process.argv[2] ?? 300);
const TILES = ['dog-chases-cat', 'cars-on-the-street', 'rocket-at-night', 'boat-comes-closer'];
const CAMERAS = 8;
const SAMPLE_MS = 10_000;
const VISITS = 7;

const server = await servePage();
const browser = await openBrowser();
try {
  console.log(JSON.stringify(await firstUse(browser, server.url)));
  for (let camera = 0; camera < CAMERAS; camera++) {
    const file = join(process.cwd(), 'samples', `${TILES[camera % TILES.length] ?? ''}.mp4`);
    const url = `file://${file}`;
    await post<StreamBody>(`${server.url}/v1/streams`, {
      name: `Camera ${camera + 1}`,
      url,
      plan: { window_seconds: 4 },
    });
  }
  await watchWall(browser, server.url);
} finally {
  await browser.close();
  await server.close();
}

/**
 * How soon the page can be used, in a browser that runs already but has nothing of the page: milliseconds from the request until
 * the button is there and the page answers, the median and the slowest of some visits; and how much of that the page's own
 * thread worked, which tells more where the machine has other work.
 */
async function firstUse(browser: Browser, url: string): Promise<object> {
  await (await browser.newPage()).close(); // the browser's own start is not the page's
  const visits: { passedMs: number; workedMs: number }[] = [];
  for (let visit = 0; visit < VISITS; visit++) {
    const context = await browser.newContext();
    visits.push(await firstVisit(await context.newPage(), url));
    await context.close();
  }
  const passed = visits.map(({ passedMs }) => passedMs).sort((a, b) => a - b);
  const worked = visits.map(({ workedMs }) => workedMs).sort((a, b) => a - b);
  const middle = Math.floor(VISITS / 2);
  return { interactive_ms: passed[middle], slowest_ms: passed.at(-1), thread_ms: worked[middle] };
}

async function firstVisit(page: Page, url: string): Promise<{ passedMs: number; workedMs: number }> {
  await page.addInitScript(() => {
    const there = new MutationObserver(() => {
      const buttons = [...document.querySelectorAll('button')];
      if (!buttons.some(({ textContent }) => textContent === 'Choose a file')) return;
      there.disconnect();
      setTimeout(() => performance.mark('answers'));
    });
    there.observe(document, { childList: true, subtree: true });
  });
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  await page.goto(url, { waitUntil: 'commit' });
  const passed = await page.waitForFunction(() => performance.getEntriesByName('answers')[0]?.startTime);
  const { metrics } = await session.send('Performance.getMetrics');
  const worked = metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
  return { passedMs: Math.round((await passed.jsonValue()) ?? 0), workedMs: Math.round(worked * 1000) };
}

async function watchWall(browser: Browser, url: string): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1360, height: 900 } });
  const page = await context.newPage();
  await page.goto(`${url}/cameras`);
  await page
    .locator('.tile')
    .nth(CAMERAS - 1)
    .waitFor();
  const session = await context.newCDPSession(page);
  await session.send('Performance.enable');
  for (let passed = 0; passed < seconds; passed += SAMPLE_MS / 1000) {
    const { frames, pictures } = await countFrames(page, SAMPLE_MS);
    await session.send('HeapProfiler.collectGarbage');
    const { metrics } = await session.send('Performance.getMetrics');
    const heap = metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0;
    console.log(
      JSON.stringify({
        seconds: passed,
        frames_per_second: frames,
        pictures_per_second: pictures,
        heap_bytes: heap,
      }),
    );
  }
}

/** Frames that the page could draw a second, and pictures of cameras that it drew. */
function countFrames(page: Page, durationMs: number): Promise<{ frames: number; pictures: number }> {
  return page.evaluate(async (limit) => {
    const { prototype } = CanvasRenderingContext2D;
    // eslint-disable-next-line @typescript-eslint/unbound-method -- it is called on a canvas again
    const draw = prototype.drawImage;
    let pictures = 0;
    prototype.drawImage = function (this: CanvasRenderingContext2D, ...given: unknown[]) {
      pictures++;
      Reflect.apply(draw, this, given);
    };
    let frames = 0;
    const start = performance.now();
    while (performance.now() - start < limit) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      frames++;
    }
    prototype.drawImage = draw;
    const passed = (performance.now() - start) / 1000;
    return {
      frames: Math.round((frames / passed) * 10) / 10,
      pictures: Math.round((pictures / passed) * 10) / 10,
    };
  }, durationMs);
}
