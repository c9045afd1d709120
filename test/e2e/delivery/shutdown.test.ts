import { mkdtempSync, openAsBlob, rmSync } from 'node:fs';
import { type ClientRequest, request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { type StartedCli, startCli } from '../cli/start-cli.js';
import { call, idOf, jobOf, post } from './http-calls.js';
import { LiveConnection } from './live-connection.js';
import { scriptedServer } from './scripted-server.js';

const directory = mkdtempSync(join(tmpdir(), 'shutdown-'));
const samples = join(process.cwd(), 'samples');
const env = {
  PALISTREAM_DATA_DIR: join(directory, 'data'),
  PALISTREAM_CACHE_DIR: join(directory, 'cache'),
  PALISTREAM_STREAM_ALLOW: `file://${samples}`,
  PALISTREAM_SHUTDOWN_SECONDS: '20',
};
const running: StartedCli[] = [];

afterEach(async () => {
  for (const cli of running.splice(0)) {
    cli.child.kill('SIGKILL');
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

/** An upload that the server has begun to take, and that never ends. */
async function slowUpload(url: string): Promise<ClientRequest> {
  const headers = { 'content-type': 'multipart/form-data; boundary=x', expect: '100-continue' };
  const slow = request(`${url}/v1/videos`, { method: 'POST', headers });
  slow.on('error', () => undefined);
  slow.flushHeaders();
  await new Promise((resolve) => slow.once('continue', resolve));
  slow.write('--x\r\nContent-Disposition: form-data; name="file"; filename="a.mp4"\r\n\r\n');
  return slow;
}

async function ready(url: string): Promise<void> {
  await vi.waitFor(
    async () => {
      expect((await call(`${url}/health/ready`)).status).toBe(200);
    },
    { timeout: 60_000, interval: 100 },
  );
}

describe.skipIf(process.platform === 'win32')('palistream serve that is told to end', () => {
  it(
    'answers what is being asked, gives jobs back to the queue, says goodbye, and leaves no process',
    { timeout: 300_000 },
    async () => {
      const { url, cli } = await serve();
      await ready(url);
      const loop = { url: `file://${samples}/dog-chases-cat.mp4`, loop: true };
      const stream = await post(`${url}/v1/streams`, { name: 'loop', ...loop });
      expect(stream.status).toBe(201);
      const topic = `streams/${idOf(stream)}`;
      const client = await LiveConnection.open(url);
      await client.subscribe(topic, { after: 0 });
      await vi.waitFor(
        () => {
          expect(client.got.some(({ event }) => event?.['kind'] === 'caption')).toBe(true);
        },
        { timeout: 60_000, interval: 20 },
      );
      const events = await fetch(`${url}/v1/${topic}/events`);
      expect(cli.left().length).toBeGreaterThanOrEqual(3); // the server, the model, an ffmpeg

      // Not before: a fast machine would be done with the job when it is told to end.
      const form = new FormData();
      form.set('plan', JSON.stringify({ tasks: [{ task: 'captions', window_seconds: 0.25, frames: 2 }] }));
      form.set('file', await openAsBlob(join(samples, 'dog-chases-cat.mp4')), 'dog.mp4');
      const sent = await call(`${url}/v1/videos`, { method: 'POST', body: form });
      expect(sent.status).toBe(201);
      client.send({ type: 'ask', topic, id: 'last', question: 'what is chased?' });
      await vi.waitFor(
        () => {
          expect(client.got.some(({ type }) => type === 'answer')).toBe(true); // it has begun
        },
        { timeout: 30_000, interval: 5 },
      );
      expect(['queued', 'running']).toContain((await call(`${url}/v1/jobs/${jobOf(sent)}`)).body['state']);
      cli.child.kill('SIGTERM');
      expect(await client.closed).toBe(1001);
      const answers = client.got.flatMap(({ type, event }) => (type === 'answer' ? [event?.['kind']] : []));
      expect(answers.at(-1)).toBe('answer');
      await events.text(); // it ends
      const { code, stderr } = await cli.exit;
      expect(code).toBe(143);
      expect(cli.left()).toEqual([]);
      expect(stderr).toContain('"msg":"server ended"');

      const again = await serve();
      const job = await vi.waitFor(
        async () => {
          const { body } = await call(`${again.url}/v1/jobs/${jobOf(sent)}`);
          expect(body['state']).toBe('done');
          return body;
        },
        { timeout: 120_000, interval: 100 },
      );
      expect([job['error'], job['attempts']]).toEqual([null, 1]); // an end in order is no try that failed
      expect(again.cli.left().length).toBeGreaterThan(0);
      again.cli.child.kill('SIGINT');
      expect((await again.cli.exit).code).toBe(130);
      expect(again.cli.left()).toEqual([]);
    },
  );

  it.each([
    ['SIGHUP', 129],
    ['SIGTERM', 143],
  ] as const)(
    'answers what is being asked when %s comes to its whole group',
    { timeout: 120_000 },
    async (signal, code) => {
      const { url, cli } = await serve();
      await ready(url);
      const clip = { url: `file://${samples}/dog-chases-cat.mp4`, loop: true };
      const stream = await post(`${url}/v1/streams`, { name: signal, ...clip });
      const topic = `streams/${idOf(stream)}`;
      const client = await LiveConnection.open(url);
      await client.subscribe(topic, { after: 0 });
      const has = (wanted: string) =>
        client.got.some(({ type, event }) => wanted === (event?.['kind'] ?? type));
      await vi.waitFor(
        () => {
          expect(has('caption')).toBe(true);
        },
        { timeout: 60_000, interval: 20 },
      );
      client.send({ type: 'ask', topic, id: 'last', question: 'what is chased?' });
      await vi.waitFor(
        () => {
          expect(has('answer.partial')).toBe(true);
        },
        { timeout: 30_000, interval: 1 },
      );
      process.kill(-(cli.child.pid ?? 0), signal);
      expect(await client.closed).toBe(1001);
      expect(has('answer')).toBe(true);
      const exit = await cli.exit;
      expect(exit.code).toBe(code);
      expect(exit.stderr).not.toContain('model process died');
      expect(exit.stderr).toContain('"msg":"server ended"');
      expect(cli.left()).toEqual([]);
    },
  );

  it('ends at once at the second signal, whatever is being done', { timeout: 120_000 }, async () => {
    const { url, cli } = await serve();
    await ready(url);
    const slow = await slowUpload(url);
    cli.child.kill('SIGTERM');
    const begun = performance.now();
    const isOver = await Promise.race([
      cli.exit.then(() => true),
      new Promise<boolean>((resolve) => setTimeout(resolve, 1500, false)),
    ]);
    expect(isOver).toBe(false); // it waits for the upload
    cli.child.kill('SIGTERM');
    expect((await cli.exit).code).toBe(143);
    expect(performance.now() - begun).toBeLessThan(15_000);
    slow.destroy();
    await vi.waitFor(() => {
      expect(cli.left()).toEqual([]);
    }, 10_000);
  });
});

describe('a server that ends', () => {
  it('is not ready any more, cuts off what takes too long, and says so to its clients', async () => {
    const server = await scriptedServer({ services: { shutdownSeconds: 1 } });
    const client = await LiveConnection.open(server.url);
    const slow = await slowUpload(server.url);
    const cut = new Promise((resolve) => slow.on('close', resolve));
    const begun = performance.now();
    const closing = server.close();
    expect(await client.closed).toBe(1001);
    await cut;
    await closing;
    expect(performance.now() - begun).toBeGreaterThan(900);
    expect((await server.services.watch.readiness())[0]).toMatchObject({ name: 'server', status: 'ending' });
  });

  it('is not held up by a refused upgrade whose client keeps its half of the connection open', async () => {
    const server = await scriptedServer({ services: { shutdownSeconds: 1 } });
    const socket = connect({
      port: Number(new URL(server.url).port),
      host: '127.0.0.1',
      allowHalfOpen: true,
    });
    let received = '';
    socket.on('data', (piece: Buffer) => (received += piece.toString()));
    const ended = new Promise((resolve) => socket.once('end', resolve));
    socket.write(
      'GET /v1/none HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
    );
    await ended;
    expect(received).toMatch(/^HTTP\/1.1 404 /);
    await server.close();
    socket.destroy();
  });
});
