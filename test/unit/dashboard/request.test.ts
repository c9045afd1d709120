import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { request } from '../../../dashboard/api/request.js';
import { saveFile } from '../../../dashboard/parts/save-file.js';

let answer: () => Promise<Response>;

beforeEach(() => {
  vi.stubGlobal('sessionStorage', { getItem: () => null });
  vi.stubGlobal('fetch', () => answer());
});
afterEach(() => {
  vi.unstubAllGlobals();
});

const page = (status: number) => () => Promise.resolve(new Response('<html>Bad gateway</html>', { status }));
const cutOff = (status: number) => () => {
  const body = new ReadableStream({
    pull: (controller) => {
      controller.error(new TypeError('terminated'));
    },
  });
  return Promise.resolve(new Response(body, { status }));
};
const refused = () => {
  const error = { code: 'video_not_found', message: 'there is no video "a"' };
  return Promise.resolve(Response.json({ error }, { status: 404 }));
};

it('gives what the server answers, and nothing where that is empty', async () => {
  answer = () => Promise.resolve(Response.json({ total: 1 }));
  expect(await request('/v1/videos')).toEqual({ total: 1 });
  answer = () => Promise.resolve(new Response(null, { status: 204 }));
  expect(await request('/v1/videos/a', { method: 'DELETE' })).toBeNull();
});

it.each([
  ['asked', () => request('/v1/videos/a')],
  ['asked for a file', () => saveFile('/v1/videos/a/captions', 'a.vtt')],
])('tells what came in place of an answer when the server is %s', async (_, ask) => {
  answer = refused;
  await expect(ask()).rejects.toMatchObject({ name: 'ApiError', status: 404, code: 'video_not_found' });
  answer = page(502);
  await expect(ask()).rejects.toMatchObject({
    name: 'ApiError',
    status: 502,
    code: 'http_502',
    message: 'The server answered 502.',
  });
  answer = cutOff(200);
  await expect(ask()).rejects.toMatchObject({ name: 'ApiError', status: 0, code: 'unreachable' });
  answer = () => Promise.reject(new TypeError('Failed to fetch'));
  await expect(ask()).rejects.toMatchObject({ name: 'ApiError', status: 0, code: 'unreachable' });
});

it('takes a page in place of the answer for no answer', async () => {
  answer = page(200);
  await expect(request('/v1/videos')).rejects.toMatchObject({ name: 'ApiError', code: 'unreachable' });
});

it('throws what it was ended with, also while the answer comes', async () => {
  const controller = new AbortController();
  const gone = new Error('nobody looks any more');
  answer = () => {
    controller.abort(gone);
    const body = new ReadableStream({
      pull: (told) => {
        told.error(gone);
      },
    });
    return Promise.resolve(new Response(body));
  };
  await expect(request('/v1/videos', { signal: controller.signal })).rejects.toBe(gone);
});
