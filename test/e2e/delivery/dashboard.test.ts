import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { call } from './http-calls.js';
import { newFolder, scriptedServer } from './scripted-server.js';

async function withPage() {
  const folder = newFolder();
  const dashboardFolder = join(folder, 'dashboard');
  mkdirSync(join(dashboardFolder, 'assets'), { recursive: true });
  writeFileSync(join(dashboardFolder, 'index.html'), '<!doctype html><title>page</title>');
  writeFileSync(join(dashboardFolder, 'assets', 'main-1a2b.js'), 'run()');
  writeFileSync(join(dashboardFolder, 'assets', 'main-1a2b.js.gz'), 'packed');
  return scriptedServer({ folder, services: { dashboardFolder } });
}

it.each(['/', '/videos', '/videos/0a-b', '/cameras/x', '/search?q=cow', '/status', '/start'])(
  'serves the page at %s',
  async (path) => {
    const { url } = await withPage();
    const answer = await call(url + path);
    expect(answer).toMatchObject({ status: 200, type: 'text/html;charset=utf-8' });
    expect(answer.text).toContain('<title>page</title>');
  },
);

it('lets the page run its own files alone, in no frame, and be looked up anew', async () => {
  const { url } = await withPage();
  const { headers } = await fetch(url);
  const policy = headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
  expect(headers.get('cache-control')).toBe('no-cache');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
});

it('serves files of the page for ever, compressed where that is understood', async () => {
  const { url } = await withPage();
  const plain = await fetch(`${url}/assets/main-1a2b.js`, { headers: { 'accept-encoding': 'identity' } });
  expect(await plain.text()).toBe('run()');
  expect(plain.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  const packed = await fetch(`${url}/assets/main-1a2b.js`, {
    method: 'HEAD',
    headers: { 'accept-encoding': 'gzip' },
  });
  expect(packed.headers.get('content-encoding')).toBe('gzip');
});

it.each(['/nothing', '/videos/a/b', '/assets/none.js', '/assets/..%2f..%2fpalistream.db', '/index.html.gz'])(
  'has no page at %s',
  async (path) => {
    const { url } = await withPage();
    expect(await call(url + path)).toMatchObject({ status: 404, body: { error: { code: 'no_such_route' } } });
  },
);

it('says how the page is built when it has not been', async () => {
  const { url } = await scriptedServer();
  const answer = await call(url);
  expect(answer.status).toBe(404);
  expect(answer.text).toContain('npm run build');
});
