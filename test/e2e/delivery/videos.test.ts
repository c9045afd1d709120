import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { EMPTY, throwError } from 'rxjs';
import { Upload } from 'tus-js-client';
import { describe, expect, it, vi } from 'vitest';
import type { VideoTask } from '../../../src/pipeline/video/video-task.js';
import { CancelledError, RetryableError } from '../../../src/shared/errors.js';
import { call, idOf, jobOf, post, untilJob, upload } from './http-calls.js';
import { newFolder, scriptedServer } from './scripted-server.js';

const CAPTIONS = { tasks: [{ task: 'captions', window_seconds: 2 }] };
const PICTURE = {
  kind: 'picture',
  durationSeconds: 0,
  widthPixels: 64,
  heightPixels: 48,
  framesPerSecond: null,
  container: 'png_pipe',
  codec: 'png',
  pixelFormat: 'rgb24',
  audioCodec: null,
} as const;
const untilCancelled = (signal?: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal?.addEventListener('abort', () => {
      reject(new CancelledError());
    });
  });
const texts = (results: unknown) => (results as { text?: string }[]).map(({ text }) => text);

describe('an uploaded video', () => {
  it('is looked at, captioned, and its captions are given in every format', async () => {
    const { url } = await scriptedServer();
    const sent = await upload(url, { clips: 3, seconds: 6 });
    expect(sent).toMatchObject({
      status: 201,
      body: { name: 'farm.mp4', origin: 'multipart', duration_seconds: 6, width: 64, codec: 'h264' },
    });
    const id = idOf(sent);
    const job = await untilJob(url, jobOf(sent), 'done');
    expect(job).toMatchObject({ video: id, attempts: 1, progress: 1, error: null });
    const captions = `${url}/v1/videos/${id}/captions`;
    expect((await call(captions)).body).toMatchObject({
      video: id,
      task_index: 1,
      captions: [
        { start_seconds: 0, end_seconds: 2, text: 'a cow 0 <runs>' },
        { start_seconds: 2, end_seconds: 4, text: 'a cow 1 <runs>' },
        { start_seconds: 4, end_seconds: 6, text: 'a cow 2 <runs>' },
      ],
    });
    const vtt = await call(`${captions}?format=vtt`);
    expect(vtt.type).toBe('text/vtt; charset=utf-8');
    expect(vtt.text).toMatch(/^WEBVTT\n\n00:00:00\.000 --> 00:00:02\.000\na cow 0 &lt;runs&gt;\n\n/);
    expect((await call(`${captions}?format=srt`)).text).toMatch(
      /\n3\n00:00:04,000 --> 00:00:06,000\na cow 2 <runs>\n/,
    );
    expect((await call(`${captions}?format=text&task=0`)).text).toBe('a cow 0 <runs>\n');
    const results = await call(`${url}/v1/videos/${id}/results?job=${jobOf(sent)}&limit=3`);
    expect(results.body['results']).toMatchObject([
      { seq: 3, kind: 'caption', task_index: 0, clip: 0, model: 'scripted' },
      { seq: 4, kind: 'caption', task_index: 1, clip: 0, start_seconds: 0 },
      { seq: 5, kind: 'caption', task_index: 1, clip: 1 },
    ]);
    const found = await call(`${url}/v1/search?q=cow%202&order=newest`);
    expect(found.body['hits']).toMatchObject([
      { topic: `videos/${id}`, kind: 'caption', start_seconds: 4, excerpt: 'a [cow] [2] <runs>' },
    ]);
  });

  it('is asked about as a whole or in part, while its captions are still written', async () => {
    const { url } = await scriptedServer();
    const sent = await upload(url, { clips: 500, seconds: 6, slow: 20 }, CAPTIONS);
    const answer = await post(`${url}/v1/videos/${idOf(sent)}/ask`, {
      question: 'is it red?',
      start_seconds: 2,
    });
    expect(answer).toMatchObject({ status: 200, body: { kind: 'answer', text: 'is it red? yes' } });
    expect((await call(`${url}/v1/jobs/${jobOf(sent)}`)).body['state']).toBe('running');
  });

  it('is asked no more when who asked has gone', async () => {
    const { url, bugs } = await scriptedServer();
    const video = `${url}/v1/videos/${idOf(await upload(url, { clips: 1, seconds: 6, slow: 3000 }, CAPTIONS))}`;
    const gone = new AbortController();
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ question: 'is it red?' });
    const asked = call(`${video}/ask`, { method: 'POST', headers, body, signal: gone.signal });
    const refused = expect(asked).rejects.toThrow('aborted');
    const job = await vi.waitFor(async () => {
      const jobs = (await call(video)).body['jobs'] as { id: string; lane: string; state: string }[];
      const found = jobs.find(({ lane }) => lane === 'ask');
      expect(found?.state).toBe('running');
      return found;
    }, 20_000);
    gone.abort();
    await refused;
    expect(await untilJob(url, job?.id ?? '', 'cancelled', 'done')).toMatchObject({ state: 'cancelled' });
    expect(bugs).toEqual([]);
  });

  it('is told what is wrong with a question, and what only failed', async () => {
    const { url } = await scriptedServer();
    const broken = await upload(url, { clips: 3, seconds: 6, fail: 'has no frames', failAt: 0 }, CAPTIONS);
    const refused = await post(`${url}/v1/videos/${idOf(broken)}/ask`, { question: 'is it red?' });
    const message = 'farm.mp4 has no frames';
    expect(refused).toMatchObject({ status: 400, body: { error: { code: 'video_unreadable', message } } });
    const mute = await upload(url, { clips: 1, seconds: 6, silent: 0 }, CAPTIONS);
    const failed = await post(`${url}/v1/videos/${idOf(mute)}/ask`, { question: 'is it red?' });
    expect(failed).toMatchObject({ status: 503, body: { error: { code: 'ask_failed' } } });
  });

  it('is given back with its jobs, listed, and deleted with all it has', async () => {
    const { url, folder, services } = await scriptedServer();
    const sent = await upload(url, { clips: 500, seconds: 6, slow: 20 }, CAPTIONS);
    const id = idOf(sent);
    await untilJob(url, jobOf(sent), 'running');
    expect((await call(`${url}/v1/videos`)).body).toMatchObject({ total: 1, videos: [{ id }] });
    expect((await call(`${url}/v1/videos/${id}`)).body).toMatchObject({
      jobs: [{ state: 'running', plan: CAPTIONS }],
    });
    expect((await call(`${url}/v1/videos/${id}`, { method: 'DELETE' })).status).toBe(204);
    expect((await call(`${url}/v1/videos/${id}`)).body).toMatchObject({ error: { code: 'video_not_found' } });
    expect((await call(`${url}/v1/jobs/${jobOf(sent)}`)).status).toBe(404);
    expect(readdirSync(join(folder, 'videos'))).toEqual([]);
    expect(await services.store.events.range(`videos/${id}`)).toEqual({ first: 1, last: 0 });
  });

  it('is listed with its first caption, also behind other results', async () => {
    const { url } = await scriptedServer();
    const question = { task: 'ask', question: 'is it red?' };
    const sent = await upload(url, { clips: 2, seconds: 4 }, { tasks: [question, ...CAPTIONS.tasks] });
    await untilJob(url, jobOf(sent), 'done');
    const { body } = await call(`${url}/v1/videos`);
    expect(body).toMatchObject({ videos: [{ caption: 'a cow 0 <runs>' }] });
  });

  it('that is a picture is looked at once, unless it is asked for otherwise', async () => {
    const plans: unknown[] = [];
    const tools = {
      inspect: () => Promise.resolve(PICTURE),
      describe: (_: string, task: VideoTask) => (plans.push(task.plan), EMPTY),
    };
    const { url } = await scriptedServer({ tools });
    const tasks = [{ task: 'summary' }, { task: 'summary', frames: 3 }];
    const sent = await upload(url, { clips: 1, seconds: 0 }, { tasks });
    await untilJob(url, jobOf(sent), 'done');
    expect(plans).toEqual([
      { kind: 'even', frames: 1 },
      { kind: 'even', frames: 3 },
    ]);
  });

  it('can be told to do no more, and keeps what it has', async () => {
    const { url } = await scriptedServer();
    const sent = await upload(url, { clips: 500, seconds: 6, slow: 5 }, CAPTIONS);
    const captions = `${url}/v1/videos/${idOf(sent)}/captions`;
    await vi.waitFor(async () => {
      expect((await call(captions)).status).toBe(200);
    }, 20_000);
    expect((await post(`${url}/v1/jobs/${jobOf(sent)}/cancel`, {})).body).toMatchObject({
      state: 'cancelled',
    });
    expect((await post(`${url}/v1/jobs/${jobOf(sent)}/cancel`, {})).body).toMatchObject({
      state: 'cancelled',
    });
    expect((await call(captions)).status).toBe(200);
    const next = await post(`${url}/v1/videos/${idOf(sent)}/jobs`, { tasks: [{ task: 'summary' }] });
    expect(next.status).toBe(202);
    await untilJob(url, idOf(next), 'done');
  });

  it('that turns out to be broken fails its job with a name its sender knows', async () => {
    const { url, folder } = await scriptedServer();
    const sent = await upload(url, { clips: 3, seconds: 6, fail: 'has no frames' }, CAPTIONS);
    const job = await untilJob(url, jobOf(sent), 'failed');
    expect(job['error']).toEqual({ code: 'video_unreadable', message: 'farm.mp4 has no frames' });
    expect(JSON.stringify(job)).not.toContain(folder);
  });
});

describe('a job', () => {
  it('that is in work when the server ends is gone on with, and gives each result once', async () => {
    const folder = newFolder();
    const first = await scriptedServer({ folder });
    const sent = await upload(
      first.url,
      { clips: 40, seconds: 80, slow: 10 },
      { tasks: [{ task: 'summary' }, ...CAPTIONS.tasks] },
    );
    const topic = `videos/${idOf(sent)}`;
    await vi.waitFor(async () => {
      expect((await first.services.store.events.range(topic)).last).toBeGreaterThan(8);
    }, 20_000);
    await first.close();
    const { url, services } = await scriptedServer({ folder });
    const job = await untilJob(url, jobOf(sent), 'done');
    expect(job['attempts']).toBe(1); // a shutdown is not the job's fault
    const events = await services.store.events.after(topic, 0, 1000);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1));
    const results = events.filter(({ event }) => event.kind === 'caption').map(({ event }) => event);
    expect(texts(results)).toEqual([
      'a cow 0 <runs>',
      ...Array.from({ length: 40 }, (_, i) => `a cow ${String(i)} <runs>`),
    ]);
    const states = events.filter(({ event }) => event.kind === 'state').map(({ event }) => event['state']);
    expect(states).toEqual(['queued', 'running', 'running', 'done']);
  });

  const died = new RetryableError('model_process_died', 'the model process died');
  const without = { describe: () => throwError(() => died) };

  it('that waits for the model is in the queue meanwhile, and an end of the server counts for nothing', async () => {
    const folder = newFolder();
    const first = await scriptedServer({ folder, tools: without });
    const job = jobOf(await upload(first.url, { clips: 1, seconds: 2 }, CAPTIONS));
    await vi.waitFor(() => {
      expect(first.bugs).toEqual([died]);
    }, 20_000);
    expect(await untilJob(first.url, job, 'queued')).toMatchObject({ attempts: 0 });
    await first.close();
    const { url } = await scriptedServer({ folder });
    expect(await untilJob(url, job, 'done')).toMatchObject({ attempts: 1 });
  });

  it('that could not be put back into the queue at once is put back at the end', async () => {
    const folder = newFolder();
    const first = await scriptedServer({ folder, tools: without });
    const failed = new RetryableError('store_failed', 'the store can be neither read nor written');
    const release = vi.spyOn(first.services.store.jobs, 'release').mockRejectedValueOnce(failed);
    const job = jobOf(await upload(first.url, { clips: 1, seconds: 2 }, CAPTIONS));
    await vi.waitFor(() => {
      expect(release).toHaveBeenCalled();
    }, 20_000);
    await first.close();
    const { url } = await scriptedServer({ folder });
    expect(await untilJob(url, job, 'done')).toMatchObject({ attempts: 1 });
  });
});

it('fails a job of which a clip failed, also when the server ended after that', async () => {
  const folder = newFolder();
  const first = await scriptedServer({ folder });
  const sent = await upload(first.url, { clips: 12, seconds: 24, slow: 30, silent: 2 }, CAPTIONS);
  await vi.waitFor(async () => {
    const { last } = await first.services.store.events.range(`videos/${idOf(sent)}`);
    expect(last).toBeGreaterThan(6); // queued, running, and more than three clips
  }, 20_000);
  await first.close();
  const { url } = await scriptedServer({ folder });
  const job = await untilJob(url, jobOf(sent), 'failed');
  expect(job['error']).toEqual({ code: 'clips_incomplete', message: '1 clips got no text: try again' });
  const { body } = await call(`${url}/v1/videos/${idOf(sent)}/captions`);
  expect(body['captions']).toHaveLength(11);
});

describe('what is refused', () => {
  it.each([
    ['no video', 'hello', undefined, 400, 'not_a_video'],
    ['a video that is too long', { clips: 1, seconds: 101 }, undefined, 413, 'video_duration'],
    ['a file that is too large', 'x'.repeat(100_001), undefined, 413, 'upload_too_large'],
    ['a plan that is no JSON', { clips: 1, seconds: 1 }, '{', 400, 'bad_request'],
    ['a plan without a task', { clips: 1, seconds: 1 }, { tasks: [] }, 400, 'bad_request'],
    ['a task nobody knows', { clips: 1, seconds: 1 }, { tasks: [{ task: 'dance' }] }, 400, 'bad_request'],
    [
      'a thing with a ;',
      { clips: 1, seconds: 1 },
      { tasks: [{ task: 'detect', things: ['a;b'] }] },
      400,
      'bad_task',
    ],
  ])('%s, and nothing is kept of it', async (_, script, plan, status, code) => {
    const { url, folder, bugs } = await scriptedServer();
    const answer = await upload(url, script, plan);
    expect(answer).toMatchObject({ status, body: { error: { code } } });
    expect(answer.text).not.toContain(folder);
    const left = () => [...readdirSync(join(folder, 'videos')), ...readdirSync(join(folder, 'uploads'))];
    await vi.waitFor(() => {
      expect(left()).toEqual(['tus']);
    }, 20_000);
    expect(bugs).toEqual([]);
  });

  it('more than the videos may take together', async () => {
    const { url } = await scriptedServer({ limits: { maxTotalBytes: 50 } });
    const sent = await upload(url, { clips: 1, seconds: 1 });
    expect(sent.status).toBe(201);
    const larger = await upload(url, { clips: 1, seconds: 1, padding: 'x'.repeat(50) });
    expect(larger).toMatchObject({ status: 507, body: { error: { code: 'videos_full' } } });
    await untilJob(url, jobOf(sent), 'done');
    await call(`${url}/v1/videos/${idOf(sent)}`, { method: 'DELETE' });
    expect((await upload(url, { clips: 1, seconds: 1 })).status).toBe(201);
  });

  it('more jobs than may wait', async () => {
    const { url } = await scriptedServer({ limits: { maxWaitingJobs: 1 } });
    const sent = await upload(url, { clips: 500, seconds: 6, slow: 20 }, CAPTIONS);
    await untilJob(url, jobOf(sent), 'running');
    const more = () => post(`${url}/v1/videos/${idOf(sent)}/jobs`, CAPTIONS);
    expect((await more()).status).toBe(202);
    expect(await more()).toMatchObject({ status: 503, body: { error: { code: 'queue_full' } } });
  });

  it('an upload that is cut in the middle, and leaves nothing', async () => {
    const { url, folder, bugs } = await scriptedServer();
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    socket.write(
      `POST /v1/videos HTTP/1.1\r\nHost: ${hostname}:${port}\r\nContent-Type: multipart/form-data; boundary=b\r\n` +
        'Content-Length: 5000\r\n\r\n--b\r\nContent-Disposition: form-data; name="file"; filename="a.mp4"\r\n\r\nhalf of it',
    );
    const files = () => readdirSync(join(folder, 'uploads')).filter((name) => name !== 'tus');
    await vi.waitFor(() => {
      expect(files()).toHaveLength(1);
    }, 20_000);
    socket.destroy();
    await vi.waitFor(() => {
      expect(files()).toEqual([]);
    }, 20_000);
    expect(bugs).toEqual([]);
    expect((await call(`${url}/health/live`)).status).toBe(200);
  });

  it.each([
    ['POST', '/v1/videos/x/jobs', '{"tasks":', 400, 'bad_request'],
    ['POST', '/v1/videos/x/jobs', '{"tasks":[{"task":"summary"}]}', 404, 'video_not_found'],
    ['POST', '/v1/videos/x/ask', '{"question":"a?"}', 404, 'video_not_found'],
    ['POST', '/v1/videos/x/ask', '{"question":1}', 400, 'bad_request'],
    ['GET', '/v1/videos/x/captions?format=pdf', null, 400, 'bad_request'],
    ['GET', '/v1/videos?limit=1000', null, 400, 'bad_request'],
    ['GET', '/v1/search?order=odd', null, 400, 'bad_request'],
    ['DELETE', '/v1/videos/x', null, 404, 'video_not_found'],
    ['POST', '/v1/jobs/x/cancel', null, 404, 'job_not_found'],
    ['GET', '/v1/nothing', null, 404, 'no_such_route'],
    ['POST', '/v1/videos', '{}', 400, 'upload_missing'],
  ])('%s %s with %j: %i', async (method, path, body, status, code) => {
    const { url } = await scriptedServer();
    const answer = await call(url + path, { method, body, headers: { 'content-type': 'application/json' } });
    expect(answer).toMatchObject({ status, body: { error: { code } } });
  });
});

describe('a resumable upload', () => {
  const send = (url: string, bytes: Buffer, over: object = {}) =>
    new Promise<Upload>((resolve, reject) => {
      const sending: Upload = new Upload(bytes, {
        endpoint: `${url}/v1/uploads`,
        metadata: { filename: 'farm.mp4', plan: JSON.stringify(CAPTIONS) },
        chunkSize: 20,
        retryDelays: null,
        onSuccess: () => {
          resolve(sending);
        },
        onError: reject,
        ...over,
      });
      sending.start();
    });

  it('goes on where it was cut off, and becomes a video with the plan it came with', async () => {
    const { url, services } = await scriptedServer();
    const bytes = Buffer.from(JSON.stringify({ clips: 2, seconds: 4, padding: 'x'.repeat(60) }));
    const half: Upload = await new Promise((resolve, reject) => {
      const sending: Upload = new Upload(bytes, {
        endpoint: `${url}/v1/uploads`,
        metadata: { filename: 'farm.mp4', plan: JSON.stringify(CAPTIONS) },
        chunkSize: 20,
        onChunkComplete: (_size, accepted) => {
          if (accepted < 40) return;
          void sending.abort().then(() => {
            resolve(sending);
          });
        },
        onError: reject,
      });
      sending.start();
    });
    expect(await services.store.videos.count()).toBe(0);
    await send(url, bytes, { uploadUrl: half.url });
    const [video] = await services.store.videos.list(1, 0);
    expect(video).toMatchObject({ name: 'farm.mp4', origin: 'tus', bytes: bytes.length, durationSeconds: 4 });
    const [job] = await services.store.jobs.ofVideo(video?.id ?? '');
    expect(job?.plan).toMatchObject(CAPTIONS);
  });

  it('is refused before its bytes come when its plan or its size cannot be', async () => {
    const { url } = await scriptedServer();
    const metadata = { filename: 'a', plan: '{"tasks":[]}' };
    await expect(send(url, Buffer.from('{}'), { metadata })).rejects.toThrow(/bad_request/);
    await expect(send(url, Buffer.alloc(100_001))).rejects.toThrow(/413/);
  });

  describe('whose last answer is lost', () => {
    const tus = { 'tus-resumable': '1.0.0' };
    const bytes = Buffer.from(JSON.stringify({ clips: 1, seconds: 2 }));
    const part = { 'content-type': 'application/offset+octet-stream' };
    /** Begins an upload; gives its address. */
    const begin = async (url: string): Promise<string> => {
      const headers = { ...tus, 'upload-length': String(bytes.length) };
      const { headers: begun } = await fetch(`${url}/v1/uploads`, { method: 'POST', headers });
      return new URL(begun.get('location') ?? '', url).href;
    };
    const patch = (address: string, body: Uint8Array<ArrayBuffer> | null, offset: number) =>
      call(address, {
        method: 'PATCH',
        headers: { ...tus, ...part, 'upload-offset': String(offset) },
        body,
      });
    const offsetOf = async (address: string): Promise<string | null> =>
      (await fetch(address, { method: 'HEAD', headers: tus })).headers.get('upload-offset');

    it('becomes one video, which is told to whoever asks again', async () => {
      let look: () => void = () => undefined;
      const looking = new Promise<void>((resolve) => (look = resolve));
      const inspect = vi.fn(async () => {
        await looking;
        return PICTURE;
      });
      const { url, services } = await scriptedServer({ tools: { inspect } });
      const address = await begin(url);
      const first = patch(address, bytes, 0);
      await vi.waitFor(() => {
        expect(inspect).toHaveBeenCalled();
      });
      expect(await offsetOf(address)).toBe(String(bytes.length));
      const second = patch(address, null, bytes.length);
      look();
      const { status, body } = await first;
      expect(status).toBe(200);
      expect(await second).toMatchObject({ status: 200, body: { id: body['id'] } });
      expect(await offsetOf(address)).toBe(String(bytes.length));
      expect((await patch(address, null, bytes.length)).body['id']).toBe(body['id']);
      expect(inspect).toHaveBeenCalledTimes(1);
      expect(await services.store.videos.count()).toBe(1);
    });

    it('is gone when it was refused', async () => {
      const { url } = await scriptedServer({ limits: { maxVideoSeconds: 1 } });
      const address = await begin(url);
      expect((await patch(address, bytes, 0)).status).toBe(413);
      expect((await fetch(address, { method: 'HEAD', headers: tus })).status).toBe(404);
    });

    it('stays when it cannot be taken in for now, and becomes a video when its end is sent again', async () => {
      const folder = newFolder();
      const full = await scriptedServer({ folder, limits: { maxWaitingJobs: 0 } });
      const address = await begin(full.url);
      for (const [body, offset] of [[bytes, 0] as const, [null, bytes.length] as const]) {
        const answer = await patch(address, body, offset);
        expect([answer.status, answer.text]).toEqual([503, expect.stringContaining('"queue_full"')]);
        expect(await offsetOf(address)).toBe(String(bytes.length));
        expect([full.services.videos.bytes, await full.services.store.videos.count()]).toEqual([0, 0]);
      }
      await full.close();
      const odd = new TypeError('odd');
      const inspect = vi.fn().mockRejectedValueOnce(odd).mockResolvedValue(PICTURE);
      const { url, bugs, services } = await scriptedServer({ folder, tools: { inspect } });
      await vi.waitFor(() => {
        expect(bugs).toEqual([odd]);
      });
      const again = await patch(`${url}${new URL(address).pathname}`, null, bytes.length);
      expect(again).toMatchObject({ status: 200, body: { bytes: bytes.length } });
      expect(await services.store.videos.count()).toBe(1);
      expect(readdirSync(join(folder, 'uploads', 'tus'))).toEqual([]);
      expect(readdirSync(join(folder, 'videos'))).toEqual([again.body['id']]);
    });

    it('is taken in by the next server when this one ends while it is looked at', async () => {
      const folder = newFolder();
      const inspect = vi.fn((_: string, signal?: AbortSignal) => untilCancelled(signal));
      const first = await scriptedServer({ folder, tools: { inspect } });
      const sent = patch(await begin(first.url), bytes, 0).catch(() => 'cut off');
      await vi.waitFor(() => {
        expect(inspect).toHaveBeenCalled();
      });
      await first.close();
      expect(await sent).toBe('cut off');
      expect(first.bugs).toEqual([]);
      const { services } = await scriptedServer({ folder });
      await vi.waitFor(async () => {
        expect(await services.store.videos.list(9, 0)).toMatchObject([{ name: 'upload', origin: 'tus' }]);
      });
    });

    it('is taken in by the next server when this one died over it', async () => {
      const folder = newFolder();
      const told = { id: 'a1', size: bytes.length, offset: 0, metadata: { filename: 'farm.mp4' } };
      mkdirSync(join(folder, 'uploads', 'tus'), { recursive: true });
      writeFileSync(join(folder, 'uploads', 'tus', 'a1'), bytes);
      writeFileSync(join(folder, 'uploads', 'tus', 'a1.json'), JSON.stringify(told));
      writeFileSync(join(folder, 'uploads', 'tus', 'b2'), bytes.subarray(1));
      writeFileSync(join(folder, 'uploads', 'tus', 'b2.json'), JSON.stringify({ ...told, id: 'b2' }));
      writeFileSync(join(folder, 'uploads', 'tus', 'c3.json'), '{');
      writeFileSync(join(folder, 'uploads', 'tus', 'd4'), 'x'.repeat(bytes.length));
      writeFileSync(join(folder, 'uploads', 'tus', 'd4.json'), JSON.stringify({ ...told, id: 'd4' }));
      const { services, url, lines } = await scriptedServer({ folder });
      await vi.waitFor(async () => {
        expect(await services.store.videos.list(9, 0)).toMatchObject([{ name: 'farm.mp4', origin: 'tus' }]);
      });
      expect(await offsetOf(`${url}/v1/uploads/b2`)).toBe(String(bytes.length - 1));
      await vi.waitFor(() => {
        const error = expect.objectContaining({ code: 'not_a_video' }) as object;
        expect(lines).toContainEqual({ level: 'info', msg: 'upload not taken in', upload: 'd4', error });
      });
      expect((await call(`${url}/health/live`)).status).toBe(200);
    });
  });

  it('that is no video is told so, and removed', async () => {
    const { url, folder } = await scriptedServer();
    await expect(send(url, Buffer.from('hello'))).rejects.toThrow(/not_a_video/);
    expect(readdirSync(join(folder, 'uploads', 'tus'))).toEqual([]);
  });
});

describe('other sites', () => {
  it.each([
    [{ host: 'evil.example' }, 421, 'host_refused'],
    [{ origin: 'http://evil.example' }, 403, 'origin_refused'],
    [{ origin: 'null' }, 403, 'origin_refused'],
  ])('are refused: %j', async (headers, status, code) => {
    const { url } = await scriptedServer();
    const { port } = new URL(url);
    const answer = await new Promise<string>((resolve) => {
      const lines = Object.entries({ host: `127.0.0.1:${port}`, ...headers }).map(
        ([name, value]) => `${name}: ${value}`,
      );
      const socket = connect(Number(port), '127.0.0.1');
      let text = '';
      socket.on('data', (bytes) => (text += bytes.toString()));
      socket.on('close', () => {
        resolve(text);
      });
      socket.write(`GET /v1/videos HTTP/1.1\r\nConnection: close\r\n${lines.join('\r\n')}\r\n\r\n`);
    });
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${String(status)} [^]*"${code}"`));
    expect(answer).not.toMatch(/access-control/i);
  });
});

it('removes files that no video has, left by a server that died', async () => {
  const folder = newFolder();
  mkdirSync(join(folder, 'videos'));
  writeFileSync(join(folder, 'videos', 'orphan'), 'x');
  await scriptedServer({ folder });
  expect(readdirSync(join(folder, 'videos'))).toEqual([]);
});

it('describes every route at /openapi.json', async () => {
  const { url } = await scriptedServer();
  const { body, status } = await call(`${url}/openapi.json`);
  expect(status).toBe(200);
  const paths = body['paths'] as Record<string, Record<string, { summary?: string }>>;
  expect(Object.keys(paths)).toEqual(
    expect.arrayContaining(['/v1/videos', '/v1/videos/{id}/ask', '/v1/search', '/health/ready']),
  );
  expect(JSON.stringify(paths['/v1/videos/{id}/jobs'])).toContain('window_seconds');
});
