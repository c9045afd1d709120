import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { basename, join } from 'node:path';
import sharp from 'sharp';
import { tools } from '../lavfi.js';

/** Something that sends pictures on 127.0.0.1. */
export interface Publisher {
  readonly url: string;
  stop(): Promise<void>;
}

const PICTURES = ['-re', '-f', 'lavfi', '-i', 'testsrc=s=160x120:r=10'];
const H264 = [
  '-c:v',
  'libx264',
  '-preset',
  'ultrafast',
  '-tune',
  'zerolatency',
  '-g',
  '5',
  '-pix_fmt',
  'yuv420p',
];

/** A port that nobody had a moment ago. */
export async function freePort(): Promise<number> {
  const server = createTcpServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** An ffmpeg that publishes until it is stopped. */
function publish(...output: readonly string[]): { child: ChildProcess; stop: () => Promise<void> } {
  const args = ['-v', 'error', '-nostdin', ...PICTURES, ...H264, ...output];
  const child = spawn(tools.ffmpeg.path, args, { stdio: 'ignore' });
  const gone = once(child, 'exit');
  const stop = async (): Promise<void> => {
    child.kill('SIGKILL');
    await gone;
  };
  return { child, stop };
}

/** GStreamer's RTSP server; null where it is not installed. */
export async function rtspServer(port = 0): Promise<(Publisher & { readonly port: number }) | null> {
  const script = 'test/fixtures/source/rtsp-server.py';
  const child = spawn('/usr/bin/python3', [script, String(port), '10'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const gone = new Promise<null>((resolve) => {
    child.once('exit', () => {
      resolve(null);
    });
    child.once('error', () => {
      resolve(null);
    });
  });
  const said = await Promise.race([once(child.stdout, 'data') as Promise<[Buffer]>, gone]);
  if (said === null) return null;
  const bound = Number(said[0].toString());
  return {
    port: bound,
    url: `rtsp://127.0.0.1:${bound}/camera`,
    stop: async () => {
      child.kill('SIGKILL');
      await gone;
    },
  };
}

/** An ffmpeg that waits for one player and sends it RTMP. */
export async function rtmpServer(port?: number): Promise<Publisher & { readonly port: number }> {
  const bound = port ?? (await freePort());
  const url = `rtmp://127.0.0.1:${bound}/live/camera`;
  const { stop } = publish('-f', 'flv', '-listen', '1', url);
  return { url, port: bound, stop };
}

/** An ffmpeg that sends MPEG-TS to a UDP port. */
export async function udpSender(): Promise<Publisher> {
  const url = `udp://127.0.0.1:${await freePort()}`;
  return { url, stop: publish('-f', 'mpegts', `${url}?pkt_size=1316`).stop };
}

/** An ffmpeg that writes a playlist of one-second segments, and a server that hands them out. */
export async function hlsServer(folder: string, port = 0): Promise<Publisher & { readonly port: number }> {
  const playlist = join(folder, 'live.m3u8');
  const options = [
    '-g',
    '10',
    '-f',
    'hls',
    '-hls_time',
    '1',
    '-hls_list_size',
    '5',
    '-hls_flags',
    'delete_segments',
  ];
  const { stop } = publish(...options, playlist);
  const server = createServer((request, response) => {
    const file = join(folder, basename(request.url ?? ''));
    createReadStream(file)
      .on('error', () => response.writeHead(404).end())
      .pipe(response);
  });
  const bound = await listen(server, port);
  return {
    url: `http://127.0.0.1:${bound}/live.m3u8`,
    port: bound,
    stop: async () => {
      await close(server);
      await stop();
    },
  };
}

/** A camera that sends JPEGs one after the other to those who know its password. */
export async function mjpegServer(
  port = 0,
  framesPerSecond = 10,
): Promise<Publisher & { readonly port: number }> {
  const jpegs = await Promise.all(
    [40, 120, 200].map((gray) =>
      sharp({ create: { width: 160, height: 120, channels: 3, background: { r: gray, g: gray, b: gray } } })
        .jpeg()
        .toBuffer(),
    ),
  );
  const server = createServer((request, response) => {
    if (request.headers.authorization !== `Basic ${btoa('admin:hunter2')}`) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="camera"' }).end();
      return;
    }
    response.writeHead(200, { 'content-type': 'multipart/x-mixed-replace; boundary=next' });
    let sent = 0;
    const timer = setInterval(() => {
      const jpeg = jpegs[sent++ % jpegs.length] ?? Buffer.alloc(0);
      response.write(`--next\r\nContent-Type: image/jpeg\r\nContent-Length: ${jpeg.length}\r\n\r\n`);
      response.write(jpeg);
      response.write('\r\n');
    }, 1000 / framesPerSecond);
    response.once('close', () => {
      clearInterval(timer);
    });
  });
  const bound = await listen(server, port);
  return {
    url: `http://admin:hunter2@127.0.0.1:${bound}/video`,
    port: bound,
    stop: () => close(server),
  };
}

/** A server that answers every path with a text. */
export async function textServer(type: string, text: string): Promise<Publisher> {
  const server = createServer((_, response) => response.writeHead(200, { 'content-type': type }).end(text));
  const port = await listen(server);
  return { url: `http://127.0.0.1:${port}/live.m3u8`, stop: () => close(server) };
}

/** A server that sends everybody elsewhere. */
export async function redirectServer(location: string): Promise<Publisher> {
  const server = createServer((_, response) => response.writeHead(302, { location }).end());
  const port = await listen(server);
  return { url: `http://127.0.0.1:${port}/video`, stop: () => close(server) };
}

async function listen(server: Server, port = 0): Promise<number> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
