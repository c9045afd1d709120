import { once } from 'node:events';
import { request } from 'node:http';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { allowListed } from '../../../../src/source/live/allow-listed.js';
import { HttpGate } from '../../../../src/source/live/http-gate.js';

let gate: HttpGate;
let camera: Server;
let said = '';

beforeEach(async () => {
  gate = await HttpGate.open(allowListed(['127.0.0.1']));
  camera = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(said));
  });
  camera.listen(0, '127.0.0.1');
  await once(camera, 'listening');
});
afterEach(async () => {
  await gate.close();
  camera.close();
});

/** The status of an answer to `GET` through the gate. */
async function get(): Promise<number | undefined> {
  const { port } = camera.address() as AddressInfo;
  const asked = request(gate.url, { path: `http://127.0.0.1:${port}/live` });
  const [answer] = (await once(asked.end(), 'response')) as [{ statusCode?: number; resume(): void }];
  answer.resume();
  return answer.statusCode;
}

/** The first line of the answer to `CONNECT` through the gate. */
async function tunnel(place: string): Promise<string> {
  const socket = connect(Number(new URL(gate.url).port), '127.0.0.1');
  socket.write(`CONNECT ${place} HTTP/1.1\r\nHost: ${place}\r\n\r\n`);
  const [bytes] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  return bytes.toString().split('\r\n')[0] ?? '';
}

it('forwards what an allowed host answers', async () => {
  said = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n';
  expect(await get()).toBe(200);
});

it.each([
  ['a status that is none', 'HTTP/1.1 000 X\r\nContent-Length: 0\r\n\r\n'],
  ['a trailer where none can be', 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\nTrailer: x\r\n\r\n'],
])('answers 502 to %s, and goes on', async (_, answer) => {
  said = answer;
  expect(await get()).toBe(502);
  expect(gate.trouble).toMatchObject({ code: 'stream_unreachable', isFinal: false });
  said = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n';
  expect(await get()).toBe(200);
});

it('refuses a tunnel to a port that is none, and to a host that is not on the list', async () => {
  expect(await tunnel('127.0.0.1:70000')).toBe('HTTP/1.1 400 Bad Request');
  expect(await tunnel('127.0.0.2:443')).toBe('HTTP/1.1 403 Forbidden');
});
