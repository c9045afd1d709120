import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { RequestError } from '../../../src/shared/errors.js';
import { call, idOf, post, upload } from './http-calls.js';
import { newFolder, scriptedServer } from './scripted-server.js';

const SCRIPT = { clips: 1, seconds: 2 };
const FILE = JSON.stringify(SCRIPT);

describe('the file of a video', () => {
  it('is given whole, in parts, by its head alone, and not again to who has it', async () => {
    const { url } = await scriptedServer();
    const sent = await upload(url, SCRIPT, undefined, 'Kühe "zwei".mp4');
    expect(sent.body).toMatchObject({ media_type: 'video/mp4', playable: true });
    const media = `${url}${idOf(sent, 'media_url')}`;
    const whole = await fetch(media);
    expect(whole.status).toBe(200);
    expect(await whole.text()).toBe(FILE);
    expect(Object.fromEntries(whole.headers)).toMatchObject({
      'accept-ranges': 'bytes',
      'cache-control': 'private, no-cache',
      'content-disposition': `inline; filename="K?he \\"zwei\\".mp4"; filename*=UTF-8''K%C3%BChe%20%22zwei%22.mp4`,
      'content-length': String(FILE.length),
      'content-security-policy': expect.stringContaining('sandbox') as string,
      'content-type': 'video/mp4',
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    });
    const part = await fetch(media, { headers: { range: 'bytes=2-5' } });
    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([
      206,
      `bytes 2-5/${String(FILE.length)}`,
      FILE.slice(2, 6),
    ]);
    const end = await fetch(media, { headers: { range: 'bytes=-3' } });
    expect(await end.text()).toBe(FILE.slice(-3));
    const head = await fetch(media, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([
      200,
      String(FILE.length),
      '',
    ]);
    const etag = whole.headers.get('etag') ?? '';
    expect(
      (await fetch(media, { headers: { 'if-none-match': etag, 'cache-control': 'max-age=0' } })).status,
    ).toBe(304);
  });

  it('is given whatever it is called, also where half a character was cut off', async () => {
    const { url, services } = await scriptedServer();
    const metadata = `filename ${Buffer.from(`${'x'.repeat(254)}🐄`).toString('base64')}`;
    const size = String(FILE.length);
    const headers = { 'tus-resumable': '1.0.0', 'upload-length': size, 'upload-metadata': metadata };
    const whole = { ...headers, 'content-type': 'application/offset+octet-stream' };
    const { body } = await call(`${url}/v1/uploads`, { method: 'POST', headers: whole, body: FILE });
    expect(body['name']).toBe(`${'x'.repeat(254)}\ufffd`);
    const media = `${url}${String(body['media_url'])}`;
    expect((await fetch(media)).status).toBe(200);
    const video = await services.videos.get(String(body['id']));
    await services.store.videos.put({ ...video, name: 'a\ud83d' }); // kept by an earlier version
    expect((await fetch(media)).headers.get('content-disposition')).toContain("UTF-8''a%EF%BF%BD");
  });

  it('has no part beyond its end, and none when it is gone', async () => {
    const { url, folder, bugs } = await scriptedServer();
    const id = idOf(await upload(url, SCRIPT));
    const media = `${url}/v1/videos/${id}/media`;
    const beyond = await fetch(media, { headers: { range: 'bytes=1000-' } });
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([
      416,
      `bytes */${String(FILE.length)}`,
    ]);
    expect(await beyond.json()).toMatchObject({ error: { code: 'bad_range' } });
    rmSync(join(folder, 'videos', id));
    expect(await call(media)).toMatchObject({ status: 404, body: { error: { code: 'media_gone' } } });
    expect((await call(`${url}/v1/videos/none/media`)).body).toMatchObject({
      error: { code: 'video_not_found' },
    });
    expect((await call(`${url}/v1/videos/..%2Fpalistream.db/media`)).status).toBe(404);
    expect(bugs).toEqual([]);
  });
});

describe('the proxy of a video', () => {
  it('is made once, when it is asked for, and goes with the video', async () => {
    const { url, folder } = await scriptedServer();
    const of = `${url}/v1/videos/${idOf(await upload(url, SCRIPT))}`;
    expect((await call(of)).body).toMatchObject({ proxy: { state: 'none' } });
    expect((await call(`${of}/proxy`)).body).toMatchObject({ error: { code: 'proxy_not_made' } });
    expect((await post(`${of}/proxy`, {})).status).toBe(202);
    await vi.waitFor(async () => {
      expect((await call(of)).body).toMatchObject({ proxy: { state: 'ready' } });
    }, 20_000);
    const part = await fetch(`${of}/proxy`, { headers: { range: 'bytes=0-7' } });
    expect([part.status, part.headers.get('content-type'), await part.text()]).toEqual([
      206,
      'video/mp4',
      'proxy of',
    ]);
    expect((await post(`${of}/proxy`, {})).body).toMatchObject({ proxy: { state: 'ready' } });
    await call(of, { method: 'DELETE' });
    expect(readdirSync(join(folder, 'proxies'))).toEqual([]);
  });

  it('is one of a row, tells how far it is, and is given up with its video', async () => {
    const begun: string[] = [];
    const writeProxy = async (_: string, output: string, { signal, onProgress }: Writing): Promise<void> => {
      begun.push(output);
      writeFileSync(output, 'half');
      onProgress(0.5);
      while (!signal.aborted) await setTimeout(5);
      throw new Error('told to end');
    };
    const { url, folder } = await scriptedServer({ tools: { writeProxy } });
    const first = `${url}/v1/videos/${idOf(await upload(url, SCRIPT))}`;
    const second = `${url}/v1/videos/${idOf(await upload(url, SCRIPT))}`;
    await post(`${first}/proxy`, {});
    expect((await post(`${second}/proxy`, {})).body).toMatchObject({ proxy: { state: 'waiting' } });
    expect((await post(`${first}/proxy`, {})).body).toMatchObject({
      proxy: { state: 'making', progress: 0.5 },
    });
    expect(begun).toHaveLength(1);
    expect((await call(first, { method: 'DELETE' })).status).toBe(204);
    await vi.waitFor(() => {
      expect(begun).toHaveLength(2);
    }, 20_000);
    expect(readdirSync(join(folder, 'proxies'))).toHaveLength(1);
  });

  it('that still waits goes at once with its video, and gives its bytes back', async () => {
    const begun: string[] = [];
    const writeProxy = async (_: string, output: string, { signal }: Writing): Promise<void> => {
      begun.push(output);
      while (!signal.aborted) await setTimeout(5);
      throw new Error('told to end');
    };
    const { url, services } = await scriptedServer({ tools: { writeProxy } });
    const videos = await Promise.all([upload(url, SCRIPT), upload(url, SCRIPT), upload(url, SCRIPT)]);
    const [first = '', second = '', third = ''] = videos.map((sent) => `${url}/v1/videos/${idOf(sent)}`);
    await post(`${first}/proxy`, {});
    const { bytes } = services.videos;
    await post(`${second}/proxy`, {});
    await post(`${third}/proxy`, {});
    const deleted = await call(second, { method: 'DELETE', signal: AbortSignal.timeout(5000) });
    expect([deleted.status, begun.length]).toEqual([204, 1]);
    expect(services.videos.bytes).toBe(bytes - FILE.length + 5000); // the third waits still
    await call(first, { method: 'DELETE' });
    await vi.waitFor(async () => {
      expect((await call(third)).body).toMatchObject({ proxy: { state: 'making' } });
    }, 20_000);
    expect(services.videos.bytes).toBe(FILE.length + 5000);
    expect(begun).toHaveLength(2);
  });

  it('that fails says why by the name its sender gave, and is tried again', async () => {
    const writeProxy = vi
      .fn()
      .mockImplementationOnce((path: string) =>
        Promise.reject(new RequestError('video_unreadable', `${path} is odd`)),
      )
      .mockImplementation((_, output: string) => {
        writeFileSync(output, 'made');
        return Promise.resolve();
      });
    const { url } = await scriptedServer({ tools: { writeProxy } });
    const of = `${url}/v1/videos/${idOf(await upload(url, SCRIPT))}`;
    await post(`${of}/proxy`, {});
    await vi.waitFor(async () => {
      expect((await call(of)).body['proxy']).toEqual({
        ...{ state: 'failed', code: 'video_unreadable', message: 'farm.mp4 is odd' },
      });
    }, 20_000);
    await post(`${of}/proxy`, {});
    await vi.waitFor(async () => {
      expect((await call(of)).body).toMatchObject({ proxy: { state: 'ready' } });
    }, 20_000);
  });

  it('takes its bytes from those the videos may have, and only what it needs of them', async () => {
    const tools = { proxyBytes: () => 500 };
    const { url } = await scriptedServer({ tools, limits: { maxTotalBytes: 2 * FILE.length + 500 } });
    const of = `${url}/v1/videos/${idOf(await upload(url, SCRIPT))}`;
    const other = `${url}/v1/videos/${idOf(await upload(url, SCRIPT))}`;
    await post(`${of}/proxy`, {});
    await vi.waitFor(async () => {
      expect((await call(of)).body).toMatchObject({ proxy: { state: 'ready' } });
    }, 20_000);
    expect(await post(`${other}/proxy`, {})).toMatchObject({
      status: 507,
      body: { error: { code: 'videos_full' } },
    });
    expect((await upload(url, SCRIPT)).status).toBe(201);
  });

  it('outlives the server, but not half made, nor without its video', async () => {
    const folder = newFolder();
    const first = await scriptedServer({ folder });
    const id = idOf(await upload(first.url, SCRIPT));
    await post(`${first.url}/v1/videos/${id}/proxy`, {});
    const proxies = join(folder, 'proxies');
    await vi.waitFor(() => {
      expect(readFileSync(join(proxies, `${id}.mp4`), 'utf8')).toBe(`proxy of ${FILE}`);
    }, 20_000);
    await first.close();
    writeFileSync(join(proxies, `${id}.part`), 'half');
    writeFileSync(join(proxies, 'gone.mp4'), 'of nobody');
    const { url } = await scriptedServer({ folder });
    expect(readdirSync(proxies)).toEqual([`${id}.mp4`]);
    expect((await call(`${url}/v1/videos/${id}/proxy`)).text).toBe(`proxy of ${FILE}`);
  });
});

interface Writing {
  readonly signal: AbortSignal;
  readonly onProgress: (share: number) => void;
}
