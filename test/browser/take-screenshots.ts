import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import type { StreamBody } from '../../src/delivery/streams/stream-shape.js';
import type { TakenVideoBody, VideoListBody } from '../../src/delivery/videos/video-shape.js';
import { openBrowser } from './open-browser.js';
import { post, servePage } from './served-page.js';

/** `npx tsx test/browser/take-screenshots.ts [FOLDER] [VIEW]`: pictures of every view, for docs/ and for a close look. */
const [folder = 'docs/screenshots', only] = process.argv.slice(2);
const WAIT_MS = 120_000;

const FORMS = [
  { name: 'light', width: 1360, height: 860, colorScheme: 'light' },
  { name: 'dark', width: 1360, height: 860, colorScheme: 'dark' },
  { name: 'phone', width: 360, height: 760, colorScheme: 'light' },
] as const;

interface View {
  readonly name: string;
  readonly path: string;
  /** What must be there before the picture is taken. */
  readonly landmark: string;
  readonly prepare?: (page: Page) => Promise<void>;
}

const server = await servePage();
const browser = await openBrowser();
try {
  mkdirSync(folder, { recursive: true });
  await take({ name: 'first-run', path: '/', landmark: '.sample' });
  for (const view of await views(server.url)) await take(view);
} finally {
  await browser.close();
  await server.close();
}

/** Fills the server with something to see. */
async function views(url: string): Promise<View[]> {
  const sample = (name: string) => post<TakenVideoBody>(`${url}/v1/samples/${name}`);
  for (const name of ['cars-on-the-street', 'ghost-in-the-room', 'rocket-at-night']) await sample(name);
  const boat = await sample('boat-comes-closer');
  const dog = await sample('dog-chases-cat');
  const captions = { task: 'captions', window_seconds: 2 };
  const outlines = { task: 'segment', things: ['boat'], every_seconds: 0.5 };
  await post(`${url}/v1/videos/${boat.id}/jobs`, { tasks: [captions, outlines] });
  await post(`${url}/v1/videos/${dog.id}/jobs`, { tasks: [captions] });
  for (const question of ['who chases the cat?', 'which way does the dog go?']) {
    await post(`${url}/v1/videos/${dog.id}/ask`, { question });
  }
  await untilDone(url);
  const cameras: StreamBody[] = [];
  for (const [name, file] of [
    ['Meadow', 'dog-chases-cat'],
    ['Street', 'cars-on-the-street'],
    ['Harbour', 'boat-comes-closer'],
    ['Launch pad', 'rocket-at-night'],
  ] as const) {
    const address = `file://${join(process.cwd(), 'samples', `${file}.mp4`)}`;
    cameras.push(await post(`${url}/v1/streams`, { name, url: address, plan: { window_seconds: 4 } }));
  }
  const camera = cameras[0]?.id ?? '';
  return [
    { name: 'videos', path: '/videos', landmark: '.video-card' },
    { name: 'video', path: `/videos/${boat.id}?at=6.2`, landmark: '.under .chip' },
    {
      name: 'ask',
      path: `/videos/${dog.id}?at=6`,
      landmark: '.says-list li',
      prepare: (page) => openTab(page, 'Ask'),
    },
    { name: 'cameras', path: '/cameras', landmark: '.tile .newest:has-text("rocket")' },
    { name: 'camera', path: `/cameras/${camera}`, landmark: '.history .moment img' },
    {
      name: 'plan',
      path: `/cameras/${camera}`,
      landmark: '.history li',
      prepare: (page) => openTab(page, 'Plan'),
    },
    { name: 'search', path: '/search?q=the', landmark: '.hit img' },
    { name: 'status', path: '/status', landmark: '.figure', prepare: (page) => page.waitForTimeout(20_000) },
    { name: 'start', path: '/start', landmark: '.sample' },
  ];
}

/** Opens a tab, and brings what is in it into sight where it stands below the picture. */
async function openTab(page: Page, name: string): Promise<void> {
  await page.getByRole('tab', { name }).click();
  await page.getByRole('tabpanel', { name }).evaluate((panel) => {
    panel.scrollIntoView({ block: 'nearest' });
  });
}

/** Waits until all videos have been worked on. */
async function untilDone(url: string): Promise<void> {
  for (let isOpen = true; isOpen;) {
    await setTimeout(1000);
    const { videos } = (await (await fetch(`${url}/v1/videos`)).json()) as VideoListBody;
    isOpen = videos.some(({ job }) => job?.state === 'queued' || job?.state === 'running');
  }
}

async function take(view: View): Promise<void> {
  if (only !== undefined && !only.split(',').includes(view.name)) return;
  for (const form of FORMS) await takeIn(browser, view, form);
}

async function takeIn(browser: Browser, view: View, form: (typeof FORMS)[number]): Promise<void> {
  const { width, height, colorScheme } = form;
  const context = await browser.newContext({ viewport: { width, height }, colorScheme });
  const page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') console.error(view.name, message.text());
  });
  await page.goto(`${server.url}${view.path}`);
  await page.locator(view.landmark).first().waitFor({ timeout: WAIT_MS });
  await view.prepare?.(page);
  await page.waitForFunction(
    () =>
      [...document.querySelectorAll('video')].every(
        (film) => film.readyState >= 2 || film.getBoundingClientRect().top > window.innerHeight,
      ),
    null,
    { timeout: WAIT_MS, polling: 500 },
  );
  // The address of a file that is played as a camera is a path of the machine that takes the pictures.
  await page.locator('.view-head p.clip').evaluateAll((lines) => {
    for (const line of lines) if (line instanceof HTMLElement) line.style.visibility = 'hidden';
  });
  await page.waitForTimeout(1500);
  const picture = await page.screenshot();
  const file = join(folder, `${view.name}-${form.name}.webp`);
  await sharp(picture).webp({ quality: 82, effort: 6 }).toFile(file);
  console.log(file);
  await context.close();
}
