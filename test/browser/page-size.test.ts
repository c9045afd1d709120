import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const FOLDER = 'dist/dashboard';
const KILOBYTE = 1000;

const assets = readdirSync(join(FOLDER, 'assets'));

it('sends less than 200 kB of compressed script for all views together', () => {
  const bytes = assets
    .filter((name) => name.endsWith('.js.gz'))
    .reduce((sum, name) => sum + statSync(join(FOLDER, 'assets', name)).size, 0);
  expect(bytes).toBeGreaterThan(50 * KILOBYTE);
  expect(bytes).toBeLessThan(200 * KILOBYTE);
});

it('names its files by what is in them, and no other place', () => {
  expect(assets.filter((name) => !/-[\w-]{8}\.(js|css|svg|woff2)(\.gz|\.br)?$/.test(name))).toEqual([]);
  const page = readFileSync(join(FOLDER, 'index.html'), 'utf8');
  expect(page).not.toMatch(/(src|href)="(https?:)?\/\//);
  expect(page).not.toMatch(/<script(?![^>]*\ssrc=)/);
});
