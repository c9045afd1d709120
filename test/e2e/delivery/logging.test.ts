import { expect, it, vi } from 'vitest';
import type { LoggedLine } from '../../fixtures/delivery/kept-log.js';
import { call, idOf, jobOf, post, untilJob, upload } from './http-calls.js';
import { LiveConnection } from './live-connection.js';
import { scriptedServer } from './scripted-server.js';

const messages = (lines: readonly LoggedLine[], request: string): string[] =>
  lines.filter(({ request_id: id }) => id === request).map(({ msg }) => msg);

it('names the request in the answer and in every line that belongs to it', async () => {
  const server = await scriptedServer();
  const answer = await fetch(`${server.url}/v1/videos/none?key=hidden`, {
    headers: { 'x-request-id': 'req-1' },
  });
  expect(answer.headers.get('x-request-id')).toBe('req-1');
  await vi.waitFor(() => {
    expect(messages(server.lines, 'req-1')).toEqual(['request refused', 'request answered']);
  }, 20_000);
  expect(server.lines).toContainEqual(
    expect.objectContaining({
      msg: 'request refused',
      status: 404,
      error: expect.objectContaining({ code: 'video_not_found' }) as unknown,
    }),
  );
  expect(server.lines).toContainEqual(
    expect.objectContaining({ msg: 'request answered', method: 'GET', path: '/v1/videos/none', status: 404 }),
  );
  expect(JSON.stringify(server.lines)).not.toContain('hidden');

  const forged = await fetch(`${server.url}/v1/videos`, { headers: { 'x-request-id': 'a b"}' } });
  expect(forged.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
});

it('names the request that asked for a job in all that becomes of it', async () => {
  const server = await scriptedServer();
  const sent = await upload(server.url, { clips: 2, seconds: 4 });
  await untilJob(server.url, jobOf(sent), 'done');
  const ofJob = server.lines.filter(({ job, level }) => job === jobOf(sent) && level !== 'debug');
  expect(ofJob.map(({ msg }) => msg)).toEqual(['job queued', 'job running', 'job done']);
  const [request] = new Set(ofJob.map(({ request_id: id }) => id));
  expect(request).toMatch(/^[0-9a-f-]{36}$/);
  expect(new Set(ofJob.map(({ request_id: id }) => id)).size).toBe(1);
  expect(messages(server.lines, String(request))).toContain('request answered');
});

it('names the connection of a question, and tells of clients that come and go', async () => {
  const server = await scriptedServer();
  const video = idOf(await upload(server.url, { clips: 1, seconds: 2 }));
  const client = await LiveConnection.open(server.url, { 'x-request-id': 'socket-1' });
  client.send({ type: 'ask', topic: `videos/${video}`, id: 'q', question: 'who is there?' });
  await client.until(({ type, event }) => type === 'answer' && event?.['kind'] === 'answer');
  client.socket.close();
  await client.closed;
  await vi.waitFor(() => {
    expect(messages(server.lines, 'socket-1')).toContain('client gone');
  }, 20_000);
  const lines = messages(server.lines, 'socket-1');
  expect(lines[0]).toBe('client connected');
  for (const message of ['job queued', 'job running']) expect(lines).toContain(message);
  expect(JSON.stringify(server.lines)).not.toContain('who is there');
});

it('logs a stream without the credentials of its source', async () => {
  const server = await scriptedServer();
  const sent = await post(`${server.url}/v1/streams`, {
    name: 'gate',
    url: 'rtsp://user:s3cret@cam.example/1',
  });
  expect(sent.status).toBe(201);
  await call(`${server.url}/v1/streams`);
  expect(JSON.stringify(server.lines)).not.toContain('s3cret');
});
