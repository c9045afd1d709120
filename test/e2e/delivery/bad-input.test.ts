import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { RemoteClient } from '../../../src/delivery/remote/remote-client.js';
import { RemotePolicy } from '../../../src/delivery/remote/remote-policy.js';
import { inspectVideo } from '../../../src/pipeline/video/inspect-video.js';
import { findFfmpeg } from '../../../src/source/find-ffmpeg.js';
import { type Answer, call, jobOf, post, untilJob, upload } from './http-calls.js';
import { LiveConnection } from './live-connection.js';
import { scriptedServer, type ScriptedServer } from './scripted-server.js';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

const codeOf = ({ body }: Answer) => (body['error'] as { code: string }).code;

/** The server serves on: it takes a video and works on it. */
async function expectServing({ url, bugs }: ScriptedServer): Promise<void> {
  const sent = await upload(url, { clips: 1, seconds: 2 });
  expect(sent.status).toBe(201);
  await untilJob(url, jobOf(sent), 'done');
  expect(bugs).toEqual([]);
}

/** A server whose way out leads to a web of one server on this machine, with every connection noted. */
async function fetching(serve: RequestListener, names: Record<string, string[]> = {}) {
  const web = createServer(serve).listen(0, '127.0.0.1');
  await once(web, 'listening');
  closing.push(() => {
    web.closeAllConnections();
    web.close();
  });
  const { port } = web.address() as AddressInfo;
  const connected: string[] = [];
  const resolve = (host: string): Promise<string[]> => Promise.resolve(names[host] ?? ['93.184.215.14']);
  const remote = new RemoteClient(new RemotePolicy({ resolve }), (to) => {
    connected.push(to.host);
    return connect({ host: '127.0.0.1', port });
  });
  return { ...(await scriptedServer({ services: { remote } })), connected };
}

describe('a video at an address', () => {
  it('is fetched, looked at and captioned like an upload', async () => {
    const server = await fetching((_, response) => {
      response.setHeader('content-type', 'video/mp4');
      response.end('{"clips":1,"seconds":2}');
    });
    const sent = await post(`${server.url}/v1/videos`, { url: 'https://x@videos.example/' });
    expect([sent.status, codeOf(sent)]).toEqual([400, 'bad_url']);
    const taken = await post(`${server.url}/v1/videos`, {
      url: 'http://videos.example/a%20farm.mp4?key=secret',
      plan: { tasks: [{ task: 'captions' }] },
    });
    expect(taken).toMatchObject({
      status: 201,
      body: { name: 'a farm.mp4', origin: 'url', duration_seconds: 2 },
    });
    await untilJob(server.url, jobOf(taken), 'done');
    expect(server.connected).toEqual(['93.184.215.14']);
    const named = { url: 'http://videos.example/a.mp4', name: 'a\ud83d' };
    expect((await post(`${server.url}/v1/videos`, named)).body['name']).toBe('a\ufffd');
    const long = { url: `http://videos.example/${'x'.repeat(254)}🐄` };
    expect((await post(`${server.url}/v1/videos`, long)).body['name']).toBe(`${'x'.repeat(254)}\ufffd`);
    const connections = server.connected.length;
    const bad = await post(`${server.url}/v1/videos`, {
      url: 'http://videos.example/a',
      plan: { tasks: [] },
    });
    expect([bad.status, server.connected.length]).toEqual([400, connections]);
  });

  it.each([
    ['http://169.254.169.254/latest', 'url_refused'],
    ['http://[::ffff:127.0.0.1]/', 'url_refused'],
    ['http://2130706433/', 'url_refused'],
    ['http://localhost/', 'url_refused'],
    ['file:///etc/passwd', 'url_refused'],
    ['concat:/etc/passwd', 'url_refused'],
    ['no address', 'bad_url'],
  ])('is refused without a connection at %s', async (address, code) => {
    const server = await fetching((_, response) => response.end(), { localhost: ['127.0.0.1'] });
    const sent = await post(`${server.url}/v1/videos`, { url: address });
    expect([sent.status, codeOf(sent), server.connected]).toEqual([400, code, []]);
    await expectServing(server);
  });

  it('is refused when it leads on to a private address, is no video, too large, or not there', async () => {
    const server = await fetching((request, response) => {
      const [, what = ''] = (request.url ?? '').split('/');
      if (what === 'redirect') response.writeHead(302, { location: 'http://169.254.169.254/latest' }).end();
      else if (what === 'page') response.writeHead(200, { 'content-type': 'text/html' }).end('<p>');
      else if (what === 'list') response.writeHead(200, { 'content-type': 'application/x-mpegURL' }).end();
      else if (what === 'large') response.end('x'.repeat(200_000));
      else if (what === 'no') response.end('no video');
      else response.writeHead(404).end();
    });
    const answers: [string, number, string][] = [];
    for (const path of ['redirect', 'page', 'list', 'large', 'no', 'missing']) {
      const answer = await post(`${server.url}/v1/videos`, { url: `http://videos.example/${path}` });
      answers.push([path, answer.status, codeOf(answer)]);
    }
    expect(answers).toEqual([
      ['redirect', 400, 'url_refused'],
      ['page', 415, 'url_type'],
      ['list', 415, 'url_type'],
      ['large', 413, 'url_too_large'],
      ['no', 400, 'not_a_video'],
      ['missing', 400, 'url_answer'],
    ]);
    expect(new Set(server.connected)).toEqual(new Set(['93.184.215.14']));
    expect(readdirSync(join(server.folder, 'uploads')).filter((name) => name !== 'tus')).toEqual([]);
    await expectServing(server);
  });
});

describe('an upload that is no honest video', () => {
  const looking = async (): Promise<ScriptedServer> => {
    const tools = await findFfmpeg({});
    const inspect = (path: string) => inspectVideo(path, tools);
    return scriptedServer({ tools: { inspect }, limits: { codecs: ['h264', 'vp9'] } });
  };

  it.each([
    ['a.m3u8', '#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n'],
    ['a.mp4', '#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n'],
    ['a.mp4', "ffconcat version 1.0\nfile '/etc/passwd'\n"],
    ['a.sdp', 'v=0\nc=IN IP4 127.0.0.1\nm=video 9 RTP/AVP 96\n'],
    ['a.svg', '<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>'],
    ['a.mpd', '<?xml version="1.0"?><MPD><Period><BaseURL>file:///etc/passwd</BaseURL></Period></MPD>'],
  ])('is refused as %s', async (name, text) => {
    const { url, bugs } = await looking();
    const sent = await upload(url, text, undefined, name);
    expect([sent.status, codeOf(sent)]).toEqual([400, 'not_a_video']);
    expect(sent.text).not.toMatch(/root:|passwd|\/tmp/);
    expect(bugs).toEqual([]);
  });

  it('is told of by the name it came with, and not by its path, whatever the name is made of', async () => {
    const { url, folder } = await scriptedServer();
    const sent = await upload(url, 'no video', undefined, "$& $` $'.mp4");
    expect([sent.status, codeOf(sent)]).toEqual([400, 'not_a_video']);
    expect((sent.body['error'] as { message: string }).message).toMatch(/^"\$& \$` \$'\.mp4" is no video/);
    expect(sent.text).not.toContain(folder);
  });

  it.each([
    [16383, 16383, 400, 'not_a_video'], // ffmpeg itself refuses it
    [12000, 12000, 413, 'video_too_large'],
    [8000, 8000, 413, 'video_resolution'],
    [64, 48, 415, 'video_codec'],
  ])('is refused with a few bytes that say %i x %i', async (width, height, status, code) => {
    const { url } = await looking();
    const form = new FormData();
    form.set('file', new Blob([hugeFrame(width, height)]), 'a.ivf');
    const sent = await call(`${url}/v1/videos`, { method: 'POST', body: form });
    expect([sent.status, codeOf(sent)]).toEqual([status, code]);
  });
});

describe('a server that is sent what it should not be', () => {
  it('answers JSON that is none, and paths and bodies that are too long', async () => {
    const server = await scriptedServer();
    const { url } = server;
    const broken = await post(`${url}/v1/streams`, '{"name":');
    expect([broken.status, codeOf(broken)]).toEqual([400, 'bad_request']);
    const long = await post(`${url}/v1/streams`, JSON.stringify({ name: 'x'.repeat(2_000_000) }));
    expect(long.status).toBe(413);
    const live = await LiveConnection.open(url);
    live.send('{"type":');
    expect(await live.until(({ type }) => type === 'error')).toMatchObject({ code: 'bad_request' });
    live.socket.close();
    await expectServing(server);
  });

  it('closes with 1009 at the head of a message of 100 MB, before its bytes have come', async () => {
    const server = await scriptedServer();
    const { hostname, port } = new URL(server.url);
    const socket = connect({ host: hostname, port: Number(port) });
    closing.push(() => socket.destroy());
    let heard = Buffer.alloc(0);
    socket.on('data', (data: Buffer) => (heard = Buffer.concat([heard, data])));
    socket.write('GET /v1/live HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n');
    socket.write('Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n');
    await vi.waitFor(() => {
      expect(heard.toString('latin1')).toMatch(/^HTTP\/1.1 101 /);
    }, 5000);
    const head = Buffer.alloc(14); // a whole text, its length in 64 bits, a mask of zeros
    head.set([0x81, 0xff]);
    head.writeBigUInt64BE(100_000_000n, 2);
    socket.write(head);
    const closed = Buffer.from([0x88, 2, 1009 >> 8, 1009 & 0xff]);
    await vi.waitFor(() => {
      expect(heard.includes(closed)).toBe(true);
    }, 5000);
    await expectServing(server);
  });

  it('forgets an upload that is cut in the middle', async () => {
    const server = await scriptedServer();
    const { hostname, port } = new URL(server.url);
    const socket = connect({ host: hostname, port: Number(port) });
    const head = 'POST /v1/videos HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 50000\r\n';
    socket.write(`${head}Content-Type: multipart/form-data; boundary=b\r\n\r\n--b\r\n`);
    socket.write('Content-Disposition: form-data; name="file"; filename="a.mp4"\r\n\r\nhalf of it');
    const files = () => readdirSync(join(server.folder, 'uploads')).filter((name) => name !== 'tus');
    await vi.waitFor(() => {
      expect(files()).toHaveLength(1);
    }, 5000);
    socket.destroy();
    await vi.waitFor(() => {
      expect(files()).toEqual([]);
    }, 5000);
    await expectServing(server);
  });

  it('bears 2,000 connections with a limit of 100: it tells those beyond it that there are too many', async () => {
    const server = await scriptedServer({ services: { maxConnections: 100 } });
    const { hostname, port } = new URL(server.url);
    const held: Socket[] = [];
    let told = 0;
    let cut = 0;
    const open = async (): Promise<void> => {
      const socket = connect({ host: hostname, port: Number(port) });
      let text = '';
      socket.on('data', (data: Buffer) => (text += data.toString()));
      socket.on('error', () => undefined);
      await once(socket, 'connect').catch(() => undefined);
      if (held.length < 100) {
        held.push(socket);
        return;
      }
      if (!socket.destroyed) await once(socket, 'close');
      if (text.startsWith('HTTP/1.1 503')) told++;
      else cut++;
    };
    for (let i = 0; i < 100; i++) await open();
    for (let batch = 0; batch < 19; batch++) await Promise.all(Array.from({ length: 100 }, open));
    expect(told + cut).toBe(1900);
    expect(told).toBeGreaterThan(1800);
    for (const socket of held) socket.destroy();
    await vi.waitFor(() => expectServing(server), 10_000);
  });
});

/** An IVF file: its head says how large the frames are. */
function hugeFrame(width: number, height: number): Uint8Array<ArrayBuffer> {
  const bytes = Buffer.alloc(32 + 12 + 10);
  bytes.write('DKIF', 0, 'latin1');
  bytes.writeUInt16LE(32, 6);
  bytes.write('VP80', 8, 'latin1');
  bytes.writeUInt16LE(width, 12);
  bytes.writeUInt16LE(height, 14);
  bytes.writeUInt32LE(25, 16);
  bytes.writeUInt32LE(1, 20);
  bytes.writeUInt32LE(1, 24);
  bytes.writeUInt32LE(10, 32);
  bytes.set([0x10, 0x00, 0x00, 0x9d, 0x01, 0x2a], 44); // a key frame
  bytes.writeUInt16LE(width, 50);
  bytes.writeUInt16LE(height, 52);
  return new Uint8Array(bytes);
}
