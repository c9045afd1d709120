import { join } from 'node:path';
import { mkdirSync } from 'node:fs';
import { Upload } from 'tus-js-client';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { scriptedEngine, streamText } from '../../fixtures/delivery/scripted-engine.js';
import { call, idOf, jobOf, post, untilJob, upload } from './http-calls.js';
import { LiveConnection } from './live-connection.js';
import { scriptedServer } from './scripted-server.js';
import { smallDisk } from './small-disk.js';

const disk = smallDisk(4);
afterAll(() => disk?.remove());
if (disk === null) {
  console.warn('\n*** NO SMALL DISK CAN BE MOUNTED HERE: the tests with a full disk are SKIPPED ***\n');
}

const ready = (url: string) => call(`${url}/health/ready`);
const model = { name: 'n', family: 'f', precision: 'f32', parameters: 1, imageSize: 2, tokensPerFrame: 1 };

describe.skipIf(disk === null)('a server whose disk is full', () => {
  it('says so, tells live results without numbers, and goes on when there is room, with its jobs too', async () => {
    if (disk === null) return;
    const folder = join(disk.folder, 'data');
    mkdirSync(folder);
    const engine = scriptedEngine();
    const { url, bugs } = await scriptedServer({
      folder,
      engine,
      services: { modelState: () => ({ state: 'ready', model }) },
    });
    const topic = `streams/${idOf(await post(`${url}/v1/streams`, { name: 'yard', url: 'rtsp://camera/x' }))}`;
    const sent = await upload(url, { clips: 40, seconds: 80, slow: 20 });
    const video = `videos/${idOf(sent)}`;
    const client = await LiveConnection.open(url);
    await client.subscribe(topic);
    await client.subscribe(video);
    expect((await ready(url)).status).toBe(200);

    disk.fill();
    let told = 0;
    const tell = (): void => {
      engine.started[0]?.tell({
        kind: 'caption',
        ...streamText(`cow ${String(++told)} ${'x'.repeat(5000)}`),
      });
    };
    const ofTopic = (kind: string) =>
      client.got.filter((message) => message['topic'] === topic && message.event?.['kind'] === kind);
    await vi.waitFor(
      () => {
        tell();
        expect(ofTopic('error')).toHaveLength(1);
      },
      { timeout: 10_000, interval: 5 },
    );
    const failing = await ready(url);
    expect(failing).toMatchObject({ status: 503, body: { status: 'store_trouble', code: 'store_full' } });
    expect(String(failing.body['message'])).toContain('make room');
    for (let i = 0; i < 3; i++) tell();
    await client.until(({ event }) => String(event?.['text']).startsWith(`cow ${String(told)} `));
    const unkept = ofTopic('caption').filter((message) => !('seq' in message)).length;
    expect(unkept).toBeGreaterThanOrEqual(4);
    expect(await upload(url, 'x'.repeat(90_000))).toMatchObject({
      status: 507,
      body: { error: { code: 'disk_full' } },
    });
    const tus = await new Promise<Error>((resolve, reject) => {
      const options = { endpoint: `${url}/v1/uploads`, metadata: { filename: 'a' }, retryDelays: [] };
      const onSuccess = (): void => {
        reject(new Error('it was taken'));
      };
      new Upload(Buffer.alloc(90_000), { ...options, onError: resolve, onSuccess }).start();
    });
    expect(tus.message).toContain('507');
    expect(tus.message).toContain('disk_full');
    await vi.waitFor(() => {
      const ofVideo = client.got.filter((message) => message['topic'] === video);
      expect(ofVideo.some(({ event }) => event?.['code'] === 'store_full')).toBe(true);
    }, 10_000);
    expect((await call(`${url}/health/live`)).status).toBe(200);

    disk.clear();
    await vi.waitFor(async () => {
      expect((await ready(url)).status).toBe(200);
    }, 20_000);
    tell();
    const [dropped] = await vi.waitFor(() => {
      const found = ofTopic('dropped');
      expect(found).toHaveLength(1);
      return found;
    }, 20_000);
    expect(dropped?.event).toEqual({ kind: 'dropped', reason: 'not_kept', events: unkept });
    const job = await untilJob(url, jobOf(sent), 'done', 'failed');
    expect(job).toMatchObject({ state: 'done', attempts: 1 });
    await client.until(({ event }) => event?.['state'] === 'done');
    for (const name of [topic, video]) {
      const numbers = client.got.flatMap((message) =>
        message['topic'] === name && 'seq' in message ? [Number(message['seq'])] : [],
      );
      expect(numbers).toEqual(numbers.map((_, i) => (numbers[0] ?? 0) + i));
    }
    const again = await LiveConnection.open(url);
    again.send({ type: 'subscribe', topic: video, after: 0 });
    await again.until(({ event }) => event?.['state'] === 'done');
    const clips = again.got.flatMap(({ event }) =>
      event?.['kind'] === 'caption' && event['task_index'] === 1 ? [event['clip']] : [],
    );
    expect(clips).toEqual(clips.map((_, i) => i));
    expect(clips).toHaveLength(40);
    expect(bugs.length).toBeLessThan(6);
  });

  it('does not start with a disk that is full, and says why', async () => {
    if (disk === null) return;
    const folder = join(disk.folder, 'late');
    mkdirSync(folder);
    disk.fill();
    await expect(scriptedServer({ folder })).rejects.toMatchObject({
      code: 'store_unusable',
      message: expect.stringContaining('disk is full') as string,
    });
    disk.clear();
  });
});
