import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Where the distributions put it. */
const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The Chromium of this machine; null when there is none, and the tests that need it are skipped. */
export const chromiumPath: string | null = PLACES.find((path) => existsSync(path)) ?? null;

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--autoplay-policy=no-user-gesture-required',
];

/** Starts Chromium without a window, with a new empty profile. */
export function openBrowser(): Promise<Browser> {
  if (chromiumPath === null) throw new Error(`there is no Chromium at ${PLACES.join(', ')}: install one`);
  // Distributions wrap it in a script that needs the system's programs, which the tests themselves do without.
  const env = { ...process.env, PATH: '/usr/local/bin:/usr/bin:/bin' };
  return chromium.launch({ executablePath: chromiumPath, args: FLAGS, headless: true, env });
}
