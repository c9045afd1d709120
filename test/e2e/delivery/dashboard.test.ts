import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { call } from './http-calls.js';
import { newFolder, scriptedServer } from './scripted-server.js';

/** When npm says that every file of a package was written. */
const PACKED = new Date('1985-10-26T08:15:00Z');

async function withPage(page = '<!doctype html><title>page</title>') {
  const folder = newFolder();
  const dashboardFolder = join(folder, 'dashboard');
  mkdirSync(join(dashboardFolder, 'assets'), { recursive: true });
  writeFileSync(join(dashboardFolder, 'index.html'), page);
  utimesSync(join(dashboardFolder, 'index.html'), PACKED, PACKED);
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

it('goes on with the page it began with when its files are taken away', async () => {
  const { url, folder } = await withPage();
  rmSync(join(folder, 'dashboard'), { recursive: true });
  expect(
    await call(`${url}/assets/main-1a2b.js`, { headers: { 'accept-encoding': 'identity' } }),
  ).toMatchObject({ status: 200, type: 'text/javascript', text: 'run()' });
  expect((await call(url)).text).toContain('<title>page</title>');
  expect((await call(`${url}/health/live`)).status).toBe(200);
});

it('sends a file again only when what is in it has changed', async () => {
  const { url } = await withPage();
  const etagOf = async (path: string, encoding: string): Promise<string> => {
    const { headers } = await fetch(url + path, {
      method: 'HEAD',
      headers: { 'accept-encoding': encoding },
    });
    return headers.get('etag') ?? '';
  };
  const etag = await etagOf('/assets/main-1a2b.js', 'identity');
  expect(await etagOf('/assets/main-1a2b.js', 'gzip')).not.toBe(etag);
  const known = { 'if-none-match': await etagOf('/', 'identity'), 'accept-encoding': 'identity' };
  expect(await call(url, { headers: known })).toMatchObject({ status: 304, text: '' });
  const { url: other } = await withPage('<!doctype html><title>pagE</title>');
  expect((await call(other, { headers: known })).status).toBe(200);
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
