import { mkdtempSync, openAsBlob, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it, vi } from 'vitest';
import { type StartedCli, startCli } from '../cli/start-cli.js';
import { call, idOf, jobOf, post, untilJob } from './http-calls.js';
import { LiveConnection } from './live-connection.js';

const directory = mkdtempSync(join(tmpdir(), 'killed-'));
const env = { PALISTREAM_DATA_DIR: join(directory, 'data'), PALISTREAM_CACHE_DIR: join(directory, 'cache') };
const running: StartedCli[] = [];

afterEach(async () => {
  for (const cli of running.splice(0)) {
    cli.child.kill('SIGINT');
    await cli.exit;
  }
});
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

/** The real server with the bundled model. */
async function serve(): Promise<{ url: string; cli: StartedCli }> {
  const cli = startCli(['serve', '--port', '0', '--json'], { env });
  running.push(cli);
  let printed = '';
  cli.child.stdout?.on('data', (text: string) => (printed += text));
  await cli.lines(1);
  return { url: (JSON.parse(printed) as { url: string }).url, cli };
}

it(
  'goes on with a video where the killed server was, loses nothing and says nothing twice',
  { timeout: 120_000 },
  async () => {
    const first = await serve();
    const form = new FormData();
    form.set('plan', JSON.stringify({ tasks: [{ task: 'captions', window_seconds: 0.25, frames: 2 }] }));
    form.set('file', await openAsBlob('samples/dog-chases-cat.mp4'), 'dog.mp4');
    const sent = await call(`${first.url}/v1/videos`, { method: 'POST', body: form });
    expect(sent.status).toBe(201);
    const topic = `videos/${idOf(sent)}`;
    const client = await LiveConnection.open(first.url);
    client.send({ type: 'subscribe', topic, after: 0 });
    const isCaption = (event?: Record<string, unknown>): boolean => event?.['kind'] === 'caption';
    await vi.waitFor(
      () => {
        expect(client.got.filter(({ event }) => isCaption(event)).length).toBeGreaterThanOrEqual(3);
      },
      { timeout: 30_000, interval: 5 },
    );
    running.splice(0);
    first.cli.child.kill('SIGKILL');
    await first.cli.exit;
    await vi.waitFor(() => {
      expect(first.cli.left()).toEqual([]); // neither the model process nor ffmpeg outlives it
    }, 10_000);

    const { url } = await serve();
    const seen = client.numbers;
    const again = await LiveConnection.open(url);
    again.send({ type: 'subscribe', topic, after: seen.at(-1) ?? 0 });
    const job = await untilJob(url, jobOf(sent), 'done');
    expect(job['attempts']).toBe(2);
    await again.until(({ event }) => event?.['state'] === 'done');
    const numbers = [...seen, ...again.numbers];
    expect(numbers).toEqual(numbers.map((_, i) => i + 1));
    const clips = [...client.got, ...again.got].flatMap(({ event }) =>
      isCaption(event) ? [event?.['clip']] : [],
    );
    expect(clips.length).toBeGreaterThan(10);
    expect(clips).toEqual(clips.map((_, i) => i));

    const vtt = await call(`${url}/v1/${topic}/captions?format=vtt`);
    expect(vtt.text.match(/-->/g)).toHaveLength(clips.length);
    const answer = await post(`${url}/v1/${topic}/ask`, { question: 'what is chased?' });
    expect(answer).toMatchObject({ status: 200, body: { kind: 'answer', model: 'nano' } });
  },
);
