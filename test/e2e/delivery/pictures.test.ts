import { get, type IncomingMessage } from 'node:http';
import sharp from 'sharp';
import { describe, expect, it, vi } from 'vitest';
import { scriptedEngine } from '../../fixtures/delivery/scripted-engine.js';
import { call, idOf, post } from './http-calls.js';
import { LiveConnection, type Message } from './live-connection.js';
import { type ScriptedOptions, scriptedServer } from './scripted-server.js';

async function withCamera(options: ScriptedOptions = {}) {
  const engine = scriptedEngine();
  const server = await scriptedServer({ engine, ...options });
  const id = idOf(await post(`${server.url}/v1/streams`, { name: 'yard', url: 'rtsp://camera/live' }));
  const [stream] = engine.started;
  if (stream === undefined) throw new Error('no stream was started');
  return { ...server, engine, stream, id, topic: `streams/${id}`, of: `${server.url}/v1/streams/${id}` };
}

/** How gray a JPEG is. */
async function grayOf(jpeg: Uint8Array): Promise<number> {
  const { channels } = await sharp(jpeg).stats();
  return Math.round(channels[0]?.mean ?? -1);
}

/** A client of Motion JPEG, which reads what comes unless it is paused. */
async function openMotion(url: string) {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(url, resolve).on('error', reject);
  });
  const chunks: Buffer[] = [];
  response.on('data', (chunk: Buffer) => chunks.push(chunk));
  response.on('error', () => undefined);
  const closed = new Promise<void>((resolve) => response.once('close', resolve));
  const parts = () => {
    const text = Buffer.concat(chunks).toString('latin1').split('--picture\r\n').slice(1, -1);
    return text.map((part) => {
      const [head = '', body = ''] = part.split(/\r\n\r\n(.*)/s);
      return { head, jpeg: Buffer.from(body.slice(0, -2), 'latin1') };
    });
  };
  return { response, closed, parts };
}

describe('the picture of a stream', () => {
  it('is the newest there is, with its time', async () => {
    const { of, stream } = await withCamera();
    expect(await call(`${of}/picture`)).toMatchObject({
      status: 503,
      body: { error: { code: 'stream_no_picture' } },
    });
    stream.show(50);
    stream.show(200);
    const response = await fetch(`${of}/picture`);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/jpeg',
      'cache-control': 'no-store',
      'x-captured-at': '1970-01-01T00:00:01.200Z',
    });
    const jpeg = new Uint8Array(await response.arrayBuffer());
    expect(await sharp(jpeg).metadata()).toMatchObject({ format: 'jpeg', width: 64, height: 48 });
    expect(await grayOf(jpeg)).toBe(200);
  });

  it('is not there without the stream', async () => {
    const { of, url } = await withCamera();
    await post(`${of}/stop`, {});
    expect((await call(`${of}/picture`)).body).toMatchObject({ error: { code: 'stream_not_running' } });
    expect((await call(`${of}/live.mjpeg`)).body).toMatchObject({ error: { code: 'stream_not_running' } });
    expect((await call(`${url}/v1/streams/none/picture`)).status).toBe(404);
    expect((await call(`${of}/live.mjpeg?fps=100`)).status).toBe(400);
  });
});

describe('Motion JPEG', () => {
  it('shows each picture whole as soon as it comes, to all who watch, until the stream stops', async () => {
    const { of, stream } = await withCamera();
    stream.show(10);
    const clients = await Promise.all([
      openMotion(`${of}/live.mjpeg?fps=15`),
      openMotion(`${of}/live.mjpeg?fps=15`),
    ]);
    for (const [i, gray] of [10, 90, 240].entries()) {
      if (i > 0) stream.show(gray);
      for (const { parts } of clients) {
        await vi.waitFor(() => {
          expect(parts()).toHaveLength(i + 1);
        }, 20_000);
        const { head, jpeg } = parts()[i] ?? { head: '', jpeg: Buffer.alloc(0) };
        expect(head).toContain(`Content-Length: ${String(jpeg.length)}`);
        expect(head).toContain(`X-Captured-At: ${new Date(1000 + gray).toISOString()}`);
        expect(await grayOf(jpeg)).toBe(gray);
      }
    }
    expect(clients[0].response.headers).toMatchObject({
      'content-type': 'multipart/x-mixed-replace; boundary=picture',
      'cache-control': 'no-store',
    });
    await post(`${of}/stop`, {});
    await Promise.all(clients.map(({ closed }) => closed));
  });

  it('cuts off a client that reads nothing, while the others see on', async () => {
    const { of, stream } = await withCamera({ live: { heartbeatMs: 300 } });
    const slow = await openMotion(`${of}/live.mjpeg?fps=15`);
    slow.response.pause();
    const quick = await openMotion(`${of}/live.mjpeg?fps=15`);
    let shown = 0;
    const timer = setInterval(() => {
      stream.showNoise(shown++);
    }, 20);
    try {
      // More than the sockets of both sides hold; the slow one waits for its stall to be over long since.
      await vi.waitFor(() => {
        expect(quick.parts().length).toBeGreaterThan(60);
      }, 60_000);
      slow.response.resume();
      await slow.closed;
      const seen = quick.parts().length;
      await vi.waitFor(() => {
        expect(quick.parts().length).toBeGreaterThan(seen + 2);
      }, 10_000);
    } finally {
      clearInterval(timer);
      quick.response.destroy();
    }
  });

  it('answers HEAD with its head alone, and counts nobody', async () => {
    const { of, stream } = await withCamera({ live: { maxMotionClients: 1 } });
    stream.show(1);
    for (let i = 0; i < 2; i++) {
      const response = await fetch(`${of}/live.mjpeg`, { method: 'HEAD' });
      expect(response.headers.get('content-type')).toBe('multipart/x-mixed-replace; boundary=picture');
      expect([response.status, await response.text()]).toEqual([200, '']);
    }
  });

  it('is for so many at a time', async () => {
    const { of, stream } = await withCamera({ live: { maxMotionClients: 1 } });
    stream.show(1);
    const first = await openMotion(`${of}/live.mjpeg`);
    expect(await call(`${of}/live.mjpeg`)).toMatchObject({
      status: 503,
      body: { error: { code: 'too_many_watchers' } },
    });
    first.response.destroy();
    await vi.waitFor(async () => {
      const next = await openMotion(`${of}/live.mjpeg`);
      next.response.destroy();
      expect(next.response.statusCode).toBe(200);
    }, 20_000);
  });

  it('ends with the server', async () => {
    const server = await withCamera();
    const { closed } = await openMotion(`${server.of}/live.mjpeg`);
    await server.close();
    await closed;
  });
});

describe('watching over the WebSocket', () => {
  const pictures = ({ got }: LiveConnection): Message[] => got.filter(({ type }) => type === 'picture');

  it('shows what the stream shows now and later, over a stop too, until it is left', async () => {
    const { url, topic, of, engine, stream } = await withCamera();
    stream.show(20);
    const client = await LiveConnection.open(url);
    client.send({ type: 'watch', topic, fps: 15 });
    const first = await client.until(({ type }) => type === 'picture');
    expect(first).toMatchObject({
      topic,
      at: '1970-01-01T00:00:01.020Z',
      width: 64,
      height: 48,
      passed_over: 0,
    });
    expect(await grayOf(Buffer.from(String(first['jpeg']), 'base64'))).toBe(20);
    await post(`${of}/stop`, {});
    await post(`${of}/resume`, {});
    engine.started[1]?.show(70);
    await client.until(({ at }) => at === '1970-01-01T00:00:01.070Z');
    client.send({ type: 'unwatch', topic });
    client.send({ type: 'ping' });
    await client.until(({ type }) => type === 'pong');
    engine.started[1]?.show(90);
    client.send({ type: 'ping' });
    await vi.waitFor(() => {
      expect(client.got.filter(({ type }) => type === 'pong')).toHaveLength(2);
    }, 20_000);
    expect(pictures(client)).toHaveLength(2);
  });

  it('keeps to the pace that is asked for', async () => {
    const { url, topic, stream } = await withCamera();
    const client = await LiveConnection.open(url);
    client.send({ type: 'watch', topic, fps: 2 });
    const shownMs: number[] = [];
    const timer = setInterval(() => {
      stream.show(shownMs.length);
      shownMs.push(performance.now());
    }, 20);
    try {
      await vi.waitFor(() => {
        expect(pictures(client).length).toBeGreaterThanOrEqual(3);
      }, 20_000);
    } finally {
      clearInterval(timer);
    }
    // Of each picture its own time, which no slow first encoding moves.
    const times = pictures(client).map(({ at }) => shownMs[Date.parse(String(at)) - 1000] ?? NaN);
    expect((times[2] ?? NaN) - (times[0] ?? NaN)).toBeGreaterThan(700);
  });

  it('keeps to so many streams', async () => {
    const { url, topic, stream } = await withCamera({ live: { maxWatches: 0 } });
    const refused = await LiveConnection.open(url);
    refused.send({ type: 'watch', topic });
    expect(await refused.until(({ type }) => type === 'error')).toMatchObject({
      code: 'too_many_watches',
      topic,
    });
    refused.send({ type: 'watch', topic: 'videos/a' });
    await refused.until(({ code }) => code === 'bad_request');
    stream.show(1);
  });

  it('passes pictures over for a client that does not read, which hears of them when it reads again', async () => {
    const { url, topic, stream } = await withCamera();
    const slow = await LiveConnection.open(url);
    slow.send({ type: 'watch', topic, fps: 15 });
    slow.send({ type: 'ping' });
    await slow.until(({ type }) => type === 'pong');
    const quick = await LiveConnection.open(url);
    quick.send({ type: 'watch', topic, fps: 15 });
    slow.socket.pause();
    let shown = 0;
    const timer = setInterval(() => {
      stream.showNoise(shown++);
    }, 20);
    try {
      await vi.waitFor(() => {
        expect(pictures(quick).length).toBeGreaterThan(60);
      }, 60_000);
      slow.socket.resume();
      await slow.until(({ passed_over: passed }) => Number(passed) > 10);
      expect(slow.socket.readyState).toBe(1);
    } finally {
      clearInterval(timer);
    }
  });
});
