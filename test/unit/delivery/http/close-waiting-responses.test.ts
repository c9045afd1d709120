import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { closeWaitingResponses } from '../../../../src/delivery/http/close-waiting-responses.js';

let server: Server;
let socket: Socket;
let responses: ServerResponse[];
let closed: string[];
beforeEach(async () => {
  responses = [];
  closed = [];
  server = createServer(({ url = '' }, response) => {
    responses.push(response);
    response.on('close', () => closed.push(url));
  });
  closeWaitingResponses(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
});
afterEach(() => {
  socket.destroy();
  server.close();
});

/** Asks for all of them at once. */
async function ask(...paths: string[]): Promise<readonly ServerResponse[]> {
  socket.write(paths.map((path) => `GET ${path} HTTP/1.1\r\nHost: h\r\n\r\n`).join(''));
  await vi.waitFor(() => {
    expect(responses).toHaveLength(paths.length);
  });
  return responses;
}

it('closes every response of a connection that goes, also those whose turn has not come', async () => {
  const warned = vi.fn();
  process.on('warning', warned);
  const paths = Array.from({ length: 20 }, (_, i) => `/${String(i)}`); // more than Node likes to have listeners
  const all = await ask(...paths);
  socket.destroy();
  await vi.waitFor(() => {
    expect([...closed].sort()).toEqual([...paths].sort());
  });
  expect(all.every(({ destroyed }) => destroyed)).toBe(true);
  const failed = vi.fn();
  all[1]?.on('error', failed).write('more');
  all[1]?.end('the end');
  await new Promise(setImmediate);
  process.off('warning', warned);
  expect([failed.mock.calls, warned.mock.calls]).toEqual([[], []]);
});

it('ends what is piped into a response whose turn never comes', async () => {
  const [, second] = await ask('/1', '/2');
  const file = new PassThrough();
  if (second !== undefined) file.pipe(second);
  socket.destroy();
  await vi.waitFor(() => {
    expect(file.destroyed).toBe(true);
  });
});

it('closes a response once whose turn has come', async () => {
  const [first, second] = await ask('/1', '/2');
  first?.end();
  await vi.waitFor(() => {
    expect(closed).toEqual(['/1']);
  });
  second?.end();
  socket.destroy();
  await once(socket, 'close');
  await vi.waitFor(() => {
    expect(closed).toEqual(['/1', '/2']);
  });
});
