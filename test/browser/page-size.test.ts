import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const FOLDER = 'dist/dashboard';
const KILOBYTE = 1000;

const assets = readdirSync(join(FOLDER, 'assets'));

const page = readFileSync(join(FOLDER, 'index.html'), 'utf8');
const bytesOf = (names: readonly string[]): number =>
  names.reduce((sum, name) => sum + statSync(join(FOLDER, 'assets', name)).size, 0);

it('loads less than 200 kB of compressed script at first', () => {
  const first = [...page.matchAll(/assets\/([\w-]+\.js)"/g)].map(([, name]) => `${name ?? ''}.gz`);
  expect(bytesOf(first)).toBeGreaterThan(50 * KILOBYTE);
  expect(bytesOf(first)).toBeLessThan(200 * KILOBYTE);
});

it('has less than 200 kB of script for all views together, as browsers take it', () => {
  expect(bytesOf(assets.filter((name) => name.endsWith('.js.br')))).toBeLessThan(200 * KILOBYTE);
});

it('names its files by what is in them, and no other place', () => {
  expect(assets.filter((name) => !/-[\w-]{8}\.(js|css|svg|woff2)(\.gz|\.br)?$/.test(name))).toEqual([]);
  expect(page).not.toMatch(/(src|href)="(https?:)?\/\//);
  expect(page).not.toMatch(/<script(?![^>]*\ssrc=)/);
});
