import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { UploadOptions } from 'tus-js-client';

const ANSWER = JSON.stringify({ id: 'v1' });

/** Stands for an upload of tus-js-client; the test tells it what happens. */
class FakeUpload {
  static readonly all: FakeUpload[] = [];
  readonly url = 'http://server/v1/uploads/a1';
  readonly did: string[] = [];
  constructor(
    _file: unknown,
    readonly options: UploadOptions,
  ) {
    FakeUpload.all.push(this);
  }
  findPreviousUploads = () => Promise.resolve([]);
  start = () => void this.did.push('start');
  abort = () => Promise.resolve(void this.did.push('abort'));
  succeed(body: string): void {
    this.options.onProgress?.(3, 3);
    this.options.onSuccess?.({ lastResponse: { getBody: () => body } } as never);
  }
}

const asked: RequestInit[] = [];
let answers: (() => Promise<Response>)[] = [];

beforeEach(() => {
  vi.resetModules();
  vi.doMock('tus-js-client', () => ({ Upload: FakeUpload }));
  vi.stubGlobal('sessionStorage', { getItem: () => null });
  vi.stubGlobal('fetch', (_: string, init: RequestInit) => {
    asked.push(init);
    return answers.shift()?.();
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.doUnmock('tus-js-client');
  FakeUpload.all.length = 0;
  asked.length = 0;
  answers = [];
});

async function begin() {
  const { uploads } = await import('../../../dashboard/videos/uploads.js');
  const taken: string[] = [];
  await uploads.start(new File(['cow'], 'cow.mp4'), null, (id) => taken.push(id));
  const view = () => uploads.view()[0];
  const until = (state: string) =>
    vi.waitFor(() => {
      expect(view()?.state).toBe(state);
    });
  return { uploads, taken, view, until, id: view()?.id ?? '', upload: FakeUpload.all[0] };
}

it('gives the video that the answer to the last part says', async () => {
  const { taken, view, until, upload } = await begin();
  upload?.succeed(ANSWER);
  await until('done');
  expect(view()?.video).toBe('v1');
  expect(taken).toEqual(['v1']);
  expect(asked).toEqual([]);
});

it('asks for an answer that was lost, by an empty part at the end', async () => {
  const { taken, view, until, upload } = await begin();
  answers = [() => Promise.resolve(new Response(ANSWER))];
  upload?.succeed('');
  expect(view()?.state).toBe('looking');
  await until('done');
  expect(asked).toMatchObject([{ method: 'PATCH', headers: { 'upload-offset': '3' } }]);
  expect(taken).toEqual(['v1']);
});

it('says that there is none, and asks again when it is resumed', async () => {
  const { uploads, taken, view, until, upload, id } = await begin();
  const refused = { error: { code: 'not_a_video', message: 'it is no video' } };
  answers = [
    () => Promise.reject(new TypeError('there is no connection')),
    () => Promise.resolve(new Response(JSON.stringify(refused), { status: 400 })),
    () => Promise.resolve(new Response('<html>')),
  ];
  upload?.succeed('');
  await until('failed');
  expect(view()?.failure).toContain('resume it');
  uploads.resume(id);
  expect(upload?.did).toEqual(['start', 'start']);
  upload?.succeed('');
  await until('failed');
  expect(view()?.failure).toBe('it is no video');
  uploads.resume(id);
  upload?.succeed('');
  await until('failed');
  expect(view()?.failure).toContain('resume it');
  expect(taken).toEqual([]);
});

it('leads nowhere when it was taken out of the list meanwhile', async () => {
  const { uploads, taken, upload, id } = await begin();
  answers = [() => Promise.resolve(new Response(ANSWER))];
  upload?.succeed('');
  uploads.remove(id);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(uploads.view()).toEqual([]);
  expect(taken).toEqual([]);
});

it('begins when it is resumed, if the client had not arrived', async () => {
  vi.doMock('tus-js-client', () => {
    throw new TypeError('it did not arrive');
  });
  const { uploads, view, until, id } = await begin();
  expect(view()?.state).toBe('failed');
  vi.doMock('tus-js-client', () => ({ Upload: FakeUpload }));
  uploads.resume(id);
  await vi.waitFor(() => {
    expect(FakeUpload.all[0]?.did).toEqual(['start']);
  });
  FakeUpload.all[0]?.succeed(ANSWER);
  await until('done');
});

it('stays paused, and begins once, when it is paused before the client has arrived', async () => {
  const { uploads } = await import('../../../dashboard/videos/uploads.js');
  const started = uploads.start(new File(['cow'], 'cow.mp4'), null, () => undefined);
  const id = uploads.view()[0]?.id ?? '';
  uploads.pause(id);
  await started;
  expect(FakeUpload.all[0]?.did).toEqual([]);
  expect(uploads.view()[0]?.state).toBe('paused');
  uploads.resume(id);
  expect(FakeUpload.all.map(({ did }) => did)).toEqual([['start']]);
});

it.each([
  [0, true],
  [503, true],
  [423, true],
  [409, true],
  [400, false],
  [401, false],
])('after status %i it tries again by itself, also without a network: %s', async (status, isTried) => {
  vi.stubGlobal('navigator', { onLine: false });
  const { upload } = await begin();
  const error = { originalResponse: status === 0 ? null : { getStatus: () => status } };
  expect(upload?.options.onShouldRetry?.(error as never, 0, {})).toBe(isTried);
});
