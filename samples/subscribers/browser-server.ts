/**
 * Serves browser.html on this machine, and passes what it asks for on to a palistream server: one address for both, as
 * the server answers no pages of other sites. The API key stays here.
 *
 *   npx tsx samples/subscribers/browser-server.ts [videos/ID | streams/ID] [--port 8090]
 *
 * PALISTREAM_URL says where the server is, PALISTREAM_API_KEY is the key where it asks for one.
 */
import { readFileSync } from 'node:fs';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type RequestOptions,
} from 'node:http';
import { request as secureRequest } from 'node:https';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';

const target = new URL(process.env['PALISTREAM_URL'] ?? 'http://127.0.0.1:8080');
const key = process.env['PALISTREAM_API_KEY'] ?? '';
const page = readFileSync(new URL('browser.html', import.meta.url));
const { values, positionals } = parseArgs({
  options: { port: { type: 'string', default: '8090' } },
  allowPositionals: true,
});

/** Whoever reaches this page acts with the key: other sites and names that only lead here do not. */
function isOurs({ headers: { host = '', origin } }: IncomingMessage): boolean {
  const isLocal = /^(127\.0\.0\.1|localhost):\d+$/.test(host);
  return isLocal && (origin === undefined || origin === `http://${host}`);
}

/** The same request to palistream, in its own name. */
function passedOn({ url = '', headers: asked }: IncomingMessage): RequestOptions {
  const { protocol, hostname, port, host } = target;
  const headers: IncomingHttpHeaders = { ...asked, host };
  delete headers.origin; // it has been looked at here
  if (key !== '') headers.authorization = `Bearer ${key}`;
  return { protocol, hostname: hostname.replace(/^\[|\]$/g, ''), port, path: url, headers };
}
const send = target.protocol === 'https:' ? secureRequest : request;

const server = createServer((asked, answer) => {
  if (!isOurs(asked) || asked.method !== 'GET') {
    answer.writeHead(403).end();
  } else if (asked.url?.startsWith('/v1/') === true) {
    const passed = send(passedOn(asked), (given) => {
      answer.writeHead(given.statusCode ?? 502, given.headers);
      given.pipe(answer);
    });
    passed.on('error', () => (answer.headersSent ? answer.destroy() : answer.writeHead(502).end()));
    answer.on('close', () => passed.destroy());
    passed.end();
  } else {
    answer
      .writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' })
      .end(page);
  }
});

server.on('upgrade', (asked, socket, head) => {
  socket.on('error', () => socket.destroy());
  if (!isOurs(asked)) {
    socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
    return;
  }
  const passed = send(passedOn(asked));
  passed.on('upgrade', (given, upstream, first) => {
    const lines = Object.entries(given.headers).map(([name, value]) => `${name}: ${String(value)}\r\n`);
    socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('')}\r\n`);
    socket.write(first);
    upstream.write(head);
    socket.pipe(upstream).pipe(socket);
    upstream.on('error', () => socket.destroy()).on('close', () => socket.destroy());
    socket.on('close', () => upstream.destroy());
  });
  passed.on('response', (given) => {
    given.resume();
    socket.end(`HTTP/1.1 ${given.statusCode ?? 502} Refused\r\nConnection: close\r\n\r\n`);
  });
  passed.on('error', () => socket.destroy());
  passed.end();
});

server.listen(Number(values.port), '127.0.0.1', () => {
  const topic = positionals[0] === undefined ? '' : `?topic=${encodeURIComponent(positionals[0])}`;
  console.log(`open http://127.0.0.1:${(server.address() as AddressInfo).port}/${topic}`);
});
