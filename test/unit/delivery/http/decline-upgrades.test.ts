import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { declineUpgrades } from '../../../../src/delivery/http/decline-upgrades.js';
import { limitConnections } from '../../../../src/delivery/http/limit-connections.js';

/** Says what was asked, with which body, and what is left of the wish. */
const echo: RequestListener = (request, response) => {
  const { method = '', url = '', headers } = request;
  void text(request).then((body) => {
    response.end(JSON.stringify([method, url, body, headers.upgrade ?? null, headers['x-own']]));
  });
};

let server: Server;
let socket: Socket;
let received: string;
let answer: RequestListener;
beforeEach(async () => {
  answer = echo;
  server = createServer((request, response) => {
    answer(request, response);
  });
  limitConnections(server, 1);
  declineUpgrades(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  received = '';
  socket.on('data', (piece: Buffer) => (received += piece.toString()));
});
afterEach(() => {
  socket.destroy();
  server.close();
});

const head = (method: string, ...more: string[]): string =>
  [
    `${method} /x?y HTTP/1.1`,
    'Host: h',
    'Connection: Upgrade',
    'Upgrade: h2c',
    'X-Own: é',
    ...more,
    '',
    '',
  ].join('\r\n');
const bodies = (): unknown[] => received.match(/\[.*?\]/g)?.map((body): unknown => JSON.parse(body)) ?? [];
const own = Buffer.from('é').toString('latin1');
const expectBodies = (...expected: string[]) =>
  vi.waitFor(() => {
    expect(bodies()).toEqual(expected.map((body) => [body === '' ? 'GET' : 'POST', '/x?y', body, null, own]));
  });

describe('a request that asks for another protocol', () => {
  it('is served as if it had not, and the next on its connection too', async () => {
    socket.write(head('GET'));
    await expectBodies('');
    socket.write(head('GET'));
    await expectBodies('', '');
    expect(received.match(/HTTP\/1.1 200/g)).toHaveLength(2);
  });

  it('leaves nothing behind on a connection whose every request asks', async () => {
    const listeners = new Set<number>();
    answer = (request, response) => {
      const { socket: served } = request;
      listeners.add(served.eventNames().reduce((sum, name) => sum + served.listenerCount(name), 0));
      echo(request, response);
    };
    for (let i = 1; i <= 20; i++) {
      socket.write(head('GET'));
      await expectBodies(...Array.from({ length: i }, () => ''));
    }
    expect(listeners.size).toBe(1);
  });

  it.each([
    ['told beforehand', 'Content-Length: 6', ['abcdef']],
    ['in pieces', 'Content-Length: 6', ['', 'abc', 'def']],
    ['in chunks', 'Transfer-Encoding: chunked', ['3\r\nabc\r\n', '3\r\ndef\r\n0\r\n\r\n']],
  ])('keeps its body, %s', async (_, length, [first = '', ...later]) => {
    socket.write(head('POST', length) + first);
    for (const piece of later) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      socket.write(piece);
    }
    await expectBodies('abcdef');
    socket.write(head('GET'));
    await expectBodies('abcdef', '');
  });

  // A newer Node answers it in its turn.
  it.skipIf('shouldUpgradeCallback' in createServer())(
    'is cut off when an answer before it is still being given',
    async () => {
      answer = () => undefined;
      socket.write('GET / HTTP/1.1\r\nHost: h\r\n\r\n');
      socket.write(head('GET'));
      if (!socket.closed) await once(socket, 'close');
      expect(received).toBe('');
    },
  );
});

it('leaves a WebSocket to who listens for one', async () => {
  server.on('upgrade', (request, upgraded) => {
    if (request.headers.upgrade === 'websocket') upgraded.end('taken');
  });
  socket.write(head('GET').replace('h2c', 'websocket'));
  await once(socket, 'close');
  expect(received).toBe('taken');
});
