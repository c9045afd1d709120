import sharp from 'sharp';
import { describe, expect, it, vi } from 'vitest';
import { videoFrameId } from '../../../src/delivery/frames/video-frame-id.js';
import { RequestError } from '../../../src/shared/errors.js';
import type { LivePicture } from '../../../src/source/live/live-picture.js';
import { scriptedEngine, streamText } from '../../fixtures/delivery/scripted-engine.js';
import { call, idOf, jobOf, post, untilJob, upload } from './http-calls.js';
import { LiveConnection } from './live-connection.js';
import { newFolder, type ScriptedOptions, scriptedServer } from './scripted-server.js';

const SCRIPT = { clips: 3, seconds: 6 };
const CAPTIONS = { tasks: [{ task: 'captions', window_seconds: 2 }] };

function picture(gray: number, width = 640, height = 360): LivePicture {
  const data = new Uint8Array(width * height * 3).fill(gray);
  return { data, widthPixels: width, heightPixels: height, sourceSeconds: 0, capturedAtMs: 0 };
}

async function withStream(options: ScriptedOptions = {}) {
  const engine = scriptedEngine();
  const server = await scriptedServer({ engine, ...options });
  const id = idOf(await post(`${server.url}/v1/streams`, { name: 'yard', url: 'rtsp://camera/live' }));
  const say = (text: string, shown: LivePicture | null): void => {
    engine.started[0]?.tell({ kind: 'caption', ...streamText(text), shown: { picture: shown } });
  };
  const { services } = server;
  const frameUrls = async (): Promise<unknown[]> => {
    await services.hub.settled();
    const events = await services.store.events.after(`streams/${id}`, 0, 100);
    return events.filter(({ event }) => event.kind === 'caption').map(({ event }) => event['frame_url']);
  };
  return { ...server, engine, id, topic: `streams/${id}`, say, frameUrls };
}

async function jpegOf(url: string): Promise<{ gray: number; width: number; height: number }> {
  const response = await fetch(url);
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
  const jpeg = new Uint8Array(await response.arrayBuffer());
  const { channels } = await sharp(jpeg).stats();
  const { width, height } = await sharp(jpeg).metadata();
  return { gray: Math.round(channels[0]?.mean ?? -1), width, height };
}

describe('the frame of a result of a stream', () => {
  it('is what was to be seen, small, and one for all that was said of it', async () => {
    const { url, say, frameUrls, topic, engine } = await withStream();
    const client = await LiveConnection.open(url);
    await client.subscribe(topic);
    const shown = picture(90);
    say('a cow', shown);
    const event = await client.until(({ seq }) => seq === 1);
    const frame = String(event.event?.['frame_url']);
    const jpeg = await jpegOf(url + frame);
    expect(jpeg).toMatchObject({ width: 480, height: 270 });
    expect(Math.abs(jpeg.gray - 90)).toBeLessThan(3);
    say('it stands', shown);
    say('it runs', picture(200));
    say('it is gone', null);
    const urls = await frameUrls();
    expect(urls).toEqual([frame, frame, expect.any(String), undefined]);
    expect(urls[2]).not.toBe(frame);
    expect((await jpegOf(url + String(urls[2]))).gray).toBeGreaterThan(190);
    expect(engine.started).toHaveLength(1);
    const { body } = await call(`${url}/v1/search?q=cow`);
    expect(body['hits']).toMatchObject([
      { text: 'a cow', frame_url: frame, moment: `${topic}?at=1970-01-01T00:00:00.000Z` },
    ]);
  });

  it('goes with the stream, and another stream of the camera keeps its own', async () => {
    const { url, id, engine, services, frameUrls } = await withStream();
    const other = idOf(await post(`${url}/v1/streams`, { name: 'door', url: 'rtsp://camera/live' }));
    const shown = picture(10);
    for (const stream of engine.started) {
      stream.tell({ kind: 'caption', ...streamText('a cow'), shown: { picture: shown } });
    }
    const [mine] = await frameUrls();
    const [theirs] = (await services.store.events.after(`streams/${other}`, 0, 10)).map(
      ({ event }) => event['frame_url'],
    );
    expect(theirs).not.toBe(mine);
    expect((await call(`${url}/v1/streams/${id}`, { method: 'DELETE' })).status).toBe(204);
    expect(await call(url + String(mine))).toMatchObject({
      status: 404,
      body: { error: { code: 'frame_not_found' } },
    });
    await jpegOf(url + String(theirs));
  });

  it('makes room for newer ones, and outlives the server', async () => {
    const folder = newFolder();
    const framesBytes = 1000; // two or three of them
    const first = await withStream({ folder, framesBytes });
    for (const gray of [10, 20, 30, 240]) {
      first.say('a cow', picture(gray, 64, 48));
      await first.services.frames.settled();
    }
    const urls = await first.frameUrls();
    const bytes = await first.services.store.frames.bytes();
    expect(bytes).toBeGreaterThan(0);
    expect(bytes).toBeLessThanOrEqual(framesBytes);
    expect((await call(first.url + String(urls[0]))).status).toBe(404);
    await first.close();
    const second = await scriptedServer({ folder, framesBytes });
    expect((await jpegOf(second.url + String(urls[3]))).gray).toBeGreaterThan(230);
  });
});

describe('the frame of a result of a video', () => {
  it('is made when it is asked for, once, and goes with the video', async () => {
    const moment = vi.fn((_: string, seconds: number) =>
      Promise.resolve(Buffer.from(`at ${String(seconds)}`)),
    );
    const { url, services } = await scriptedServer({ tools: { moment } });
    const sent = await upload(url, SCRIPT, CAPTIONS);
    await untilJob(url, jobOf(sent), 'done');
    const { body } = await call(`${url}/v1/search?q=cow&order=newest`);
    const hits = body['hits'] as { frame_url: string; moment: string }[];
    expect(hits.map((hit) => hit.moment)).toEqual(
      [4, 2, 0].map((at) => `videos/${idOf(sent)}?at=${String(at)}`),
    );
    expect(moment).not.toHaveBeenCalled();
    const frame = url + (hits[0]?.frame_url ?? '');
    const [one, two] = await Promise.all([call(frame), call(frame)]);
    expect([one.status, one.type, one.text, two.text]).toEqual([200, 'image/jpeg', 'at 0', 'at 0']);
    await call(frame);
    expect(moment).toHaveBeenCalledTimes(1);
    await call(`${url}/v1/videos/${idOf(sent)}`, { method: 'DELETE' });
    expect((await call(frame)).status).toBe(404);
    expect(await services.store.frames.bytes()).toBe(0);
  });

  it('is not there beyond the end, nor of a video that is none, and says what is wrong with the file', async () => {
    const moment = (path: string): Promise<Buffer> =>
      Promise.reject(new RequestError('video_unreadable', `${path} cannot be decoded`));
    const { url, folder } = await scriptedServer({ tools: { moment } });
    const video = idOf(await upload(url, SCRIPT));
    const of = (seconds: number, id = video) => `${url}/v1/frames/${videoFrameId({ video: id, seconds })}`;
    expect((await call(of(8))).body).toMatchObject({ error: { code: 'frame_not_found' } });
    expect((await call(of(1, 'none'))).status).toBe(404);
    expect((await call(`${url}/v1/frames/..%2F..%2Fpalistream.db`)).status).toBe(404);
    const broken = await call(of(1));
    expect(broken.body).toMatchObject({
      error: { code: 'video_unreadable', message: 'farm.mp4 cannot be decoded' },
    });
    expect(broken.text).not.toContain(folder);
  });
});

it('finds all results without words, the newest first, by kind and topic', async () => {
  const { url, topic, say, services } = await withStream();
  const sent = await upload(url, SCRIPT, CAPTIONS);
  await untilJob(url, jobOf(sent), 'done');
  say('a goat on the hill', null);
  await services.hub.settled();
  const texts = async (query: string): Promise<unknown[]> => {
    const { body } = await call(`${url}/v1/search${query}`);
    return (body['hits'] as { text: string; excerpt: string }[]).map(({ text, excerpt }) => {
      expect(excerpt).toBe(text);
      return text;
    });
  };
  expect(await texts('?limit=2')).toEqual(['a goat on the hill', 'a cow 2 <runs>']);
  expect(await texts(`?topic=${encodeURIComponent(topic)}`)).toEqual(['a goat on the hill']);
  expect(await texts('?kinds=answer')).toEqual([]);
});
