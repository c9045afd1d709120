import { once } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { environmentEntry } from '../../../src/delivery/access/environment-keys.js';
import { hashOfKey, newKeyText } from '../../../src/delivery/access/key-text.js';
import { keyFileOf } from '../../../src/delivery/access/open-access.js';
import type { Scope, StoredKey } from '../../../src/store/keys/stored-key.js';
import { SERVED } from '../../fixtures/delivery/served-model.js';
import { call, idOf, jobOf, upload } from './http-calls.js';
import { LiveConnection } from './live-connection.js';
import { newFolder, scriptedServer } from './scripted-server.js';

function newKey(
  name: string,
  scopes: Scope[],
  topics = ['*'],
): { text: string; key: StoredKey; entry: string } {
  const { id, text } = newKeyText();
  const key = { id, name, scopes, topics, hash: hashOfKey(text), createdMs: 0, expiresMs: null };
  return { text, key, entry: environmentEntry(key) };
}

const bearer = (text: string): { headers: Record<string, string> } => ({
  headers: { authorization: `Bearer ${text}` },
});
const codeOf = ({ body }: { body: Record<string, unknown> }) => (body['error'] as { code: string }).code;

/** A server with two videos, uploaded by `admin`. */
async function keyed(...keys: { entry: string }[]) {
  const admin = newKey('admin', ['read', 'ask', 'manage']);
  const folder = newFolder();
  const server = await scriptedServer({
    folder,
    served: SERVED,
    keys: [admin, ...keys].map(({ entry }) => entry),
  });
  const form = (): FormData => {
    const data = new FormData();
    data.set('file', new Blob(['{"clips":1,"seconds":2}']), 'a.mp4');
    return data;
  };
  const post = () => call(`${server.url}/v1/videos`, { method: 'POST', body: form(), ...bearer(admin.text) });
  const [one, two] = [await post(), await post()];
  await vi.waitFor(async () => {
    for (const video of [one, two]) {
      const job = await call(`${server.url}/v1/jobs/${jobOf(video)}`, bearer(admin.text));
      expect(job.body['state']).toBe('done');
    }
  }, 20_000);
  return { ...server, admin, one, two };
}

describe('a server with API keys', () => {
  it('lets nobody in without one, wherever it listens, but to its health and its page', async () => {
    const { entry } = newKey('a', ['read']);
    const { url } = await scriptedServer({ keys: [entry], host: '0.0.0.0' });
    const at = url.replace('0.0.0.0', '127.0.0.1');
    expect((await call(`${at}/health/live`)).status).toBe(200);
    expect((await call(`${at}/`)).status).not.toBe(401);
    for (const path of [
      '/v1/videos',
      '/v1/streams',
      '/v1/search?q=a',
      '/v1/models',
      '/openapi.json',
      '/metrics',
    ]) {
      const answer = await fetch(`${at}${path}`);
      expect([path, answer.status, answer.headers.get('www-authenticate')]).toEqual([
        path,
        401,
        'Bearer realm="palistream"',
      ]);
      await answer.text();
    }
    expect(codeOf(await call(`${at}/v1/videos`))).toBe('key_missing');
    expect(codeOf(await call(`${at}/v1/videos`, bearer(newKeyText().text)))).toBe('key_unknown');
    expect((await upload(at, { clips: 1, seconds: 1 })).status).toBe(401);
    const tus = { 'tus-resumable': '1.0.0', 'upload-length': '5' };
    expect((await call(`${at}/v1/uploads`, { method: 'POST', headers: tus })).status).toBe(401);
  });

  it('guards every route that it describes', async () => {
    const { url, admin } = await keyed();
    const { paths } = (await call(`${url}/openapi.json`, bearer(admin.text))).body as {
      paths: Record<string, Record<string, unknown>>;
    };
    const open: string[] = [];
    for (const [path, methods] of Object.entries(paths)) {
      for (const method of Object.keys(methods)) {
        const answer = await fetch(`${url}${path.replaceAll(/\{\w+\}/g, 'x')}`, {
          method: method.toUpperCase(),
        });
        if (answer.status !== 401) open.push(`${method} ${path}`);
        await answer.body?.cancel();
      }
    }
    expect(Object.keys(paths).length).toBeGreaterThan(10);
    expect(open.filter((route) => !route.startsWith('get /health/'))).toEqual([]);
  });

  it('lets a key do what its scopes say', async () => {
    const reader = newKey('reader', ['read']);
    const asker = newKey('asker', ['ask']);
    const { url, one } = await keyed(reader, asker);
    const video = `${url}/v1/videos/${idOf(one)}`;
    const ask = (text: string) =>
      call(`${video}/ask`, {
        method: 'POST',
        headers: { ...bearer(text).headers, 'content-type': 'application/json' },
        body: '{"question":"is it red?"}',
      });
    expect((await call(video, bearer(reader.text))).status).toBe(200);
    expect((await ask(asker.text)).body['text']).toBe('is it red? yes');
    for (const refused of [
      await ask(reader.text),
      await call(video, bearer(asker.text)),
      await call(video, { method: 'DELETE', ...bearer(reader.text) }),
      await call(`${url}/v1/jobs/${jobOf(one)}/cancel`, { method: 'POST', ...bearer(reader.text) }),
    ]) {
      expect([refused.status, codeOf(refused)]).toEqual([403, 'scope_missing']);
    }
  });

  it('shows a key the topics that it reaches, and nothing of others', async () => {
    const probe = await keyed();
    const topic = `videos/${idOf(probe.one)}`;
    const limited = newKey('limited', ['read', 'ask', 'manage'], [topic]);
    await keyFileOf(probe.folder).add(limited.key);
    const { url, one, two } = probe;
    const mine = bearer(limited.text);
    await vi.waitFor(async () => {
      expect((await call(`${url}/v1/videos/${idOf(one)}`, mine)).status).toBe(200);
    }, 5000);
    expect((await call(`${url}/v1/videos`, mine)).body).toMatchObject({
      total: 1,
      videos: [{ id: idOf(one) }],
    });
    expect((await call(`${url}/v1/streams`, mine)).body).toMatchObject({ total: 0, streams: [] });
    const hits = (await call(`${url}/v1/search?q=cow`, mine)).body['hits'] as { topic: string }[];
    expect(new Set(hits.map((hit) => hit.topic))).toEqual(new Set([topic]));
    expect((await call(`${url}/v1/jobs/${jobOf(one)}`, mine)).status).toBe(200);
    for (const [path, method] of [
      [`/v1/videos/${idOf(two)}`, 'GET'],
      [`/v1/videos/${idOf(two)}/events`, 'GET'],
      [`/v1/videos/nowhere`, 'GET'],
      [`/v1/jobs/${jobOf(two)}`, 'GET'],
      [`/v1/jobs/${jobOf(two)}/cancel`, 'POST'],
      [`/v1/videos`, 'POST'],
      [`/v1/uploads`, 'POST'],
      [`/v1/streams`, 'POST'],
    ] as const) {
      const answer = await call(`${url}${path}`, { method, ...mine });
      expect([path, answer.status, codeOf(answer)]).toEqual([path, 403, 'topic_refused']);
    }
    const other = await call(`${url}/v1/videos/${idOf(one)}/results?job=${jobOf(two)}`, mine);
    expect([other.status, codeOf(other)]).toEqual([404, 'job_not_found']);
  });

  it('shows a chat the videos that its key reaches', async () => {
    const probe = await keyed();
    const asker = newKey('asker', ['ask'], [`videos/${idOf(probe.one)}`]);
    await keyFileOf(probe.folder).add(asker.key);
    await probe.services.access.keys.look();
    const chat = (url: string) =>
      call(`${probe.url}/v1/chat/completions`, {
        method: 'POST',
        headers: { ...bearer(asker.text).headers, 'content-type': 'application/json' },
        body: JSON.stringify({
          model: 'owner/scripted',
          messages: [
            {
              role: 'user',
              content: [
                { type: 'text', text: 'is it red?' },
                { type: 'video_url', video_url: { url } },
              ],
            },
          ],
        }),
      });
    expect((await chat(`palistream://videos/${idOf(probe.one)}`)).status).toBe(200);
    for (const url of [`palistream://videos/${idOf(probe.two)}`, '/v1/videos/nowhere']) {
      const answer = await chat(url);
      expect([answer.status, codeOf(answer)]).toEqual([403, 'topic_refused']);
    }
  });

  it('keeps streams under ids that keys can name', async () => {
    const { url, admin } = await keyed();
    const create = () =>
      call(`${url}/v1/streams`, {
        method: 'POST',
        headers: { ...bearer(admin.text).headers, 'content-type': 'application/json' },
        body: JSON.stringify({ id: 'front-door', name: 'door', url: 'rtsp://cam.example/1' }),
      });
    expect((await create()).body).toMatchObject({ id: 'front-door', topic: 'streams/front-door' });
    const again = await create();
    expect([again.status, codeOf(again)]).toEqual([409, 'stream_exists']);
  });

  it('counts requests of each key, and refusals of each address', async () => {
    const [a, b] = [newKey('a', ['read']), newKey('b', ['read'])];
    const requests = { requestsPerMinute: 5, refusalsPerMinute: 3 };
    const { url } = await scriptedServer({ keys: [a.entry, b.entry], requests });
    const statuses = async (init: RequestInit, count: number) => {
      const all: number[] = [];
      for (let i = 0; i < count; i++) all.push((await call(`${url}/v1/models`, init)).status);
      return all;
    };
    expect(await statuses({}, 4)).toEqual([401, 401, 401, 429]);
    expect(await statuses(bearer(a.text), 6)).toEqual([200, 200, 200, 200, 200, 429]);
    expect(await statuses(bearer(b.text), 1)).toEqual([200]);
    const refused = await fetch(`${url}/v1/models`, bearer(a.text));
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({ error: { code: 'too_many_requests' } });
  });

  it.each(['/v1/models', '/v1/chat/completions'])('refuses at %s in the words of OpenAI', async (path) => {
    const { entry } = newKey('a', ['read']);
    const { url } = await scriptedServer({ keys: [entry], requests: { refusalsPerMinute: 1 } });
    const method = path.startsWith('/v1/chat') ? 'POST' : 'GET';
    const refuse = () => call(url + path, { method });
    const [first, second] = [await refuse(), await refuse()];
    expect([first, second]).toMatchObject([
      {
        status: 401,
        body: { error: { code: 'key_missing', type: 'invalid_request_error', param: null } },
      },
      {
        status: 429,
        body: { error: { code: 'too_many_requests', type: 'rate_limit_error', param: null } },
      },
    ]);
  });

  it('refuses everywhere else in its own', async () => {
    const { url } = await scriptedServer({ keys: [newKey('a', ['read']).entry] });
    const { body } = await call(`${url}/v1/videos`);
    expect(Object.keys(body['error'] ?? {})).toEqual(['code', 'message']);
  });
});

describe('live results with API keys', () => {
  const opened = (url: string, protocols: string[] = [], headers = {}): WebSocket =>
    new WebSocket(url.replace('http', 'ws'), protocols, { headers });

  it('takes a key in a header, as a protocol, or a ticket, and closes with 4001 without', async () => {
    const { url, admin, one } = await keyed();
    const live = `${url}/v1/live`;
    const lend = await call(`${url}/v1/tickets`, { method: 'POST', ...bearer(admin.text) });
    const { ticket } = lend.body as { ticket: string };
    const byProtocol = opened(live, ['palistream', `palistream.key.${admin.text}`]);
    const byTicket = opened(`${live}?ticket=${ticket}`);
    const byHeader = opened(live, [], bearer(admin.text).headers);
    const answers = [byProtocol, byTicket, byHeader].map(async (socket) => {
      await once(socket, 'open');
      socket.send('{"type":"ping"}');
      const [answer] = (await once(socket, 'message')) as [Buffer];
      socket.close();
      return answer.toString();
    });
    expect(await Promise.all(answers)).toEqual(Array(3).fill('{"type":"pong"}'));
    expect(byProtocol.protocol).toBe('palistream');
    const refused = [
      opened(live),
      opened(`${live}?ticket=x`),
      opened(live, ['palistream', 'palistream.key.x']),
    ].map(async (socket) => ((await once(socket, 'close')) as [number])[0]);
    expect(await Promise.all(refused)).toEqual([4001, 4001, 4001]);
    const events = await fetch(`${url}/v1/videos/${idOf(one)}/events?after=0&ticket=${ticket}`);
    expect([events.status, events.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
    await events.body?.cancel();
    expect((await fetch(`${url}/v1/videos?ticket=x`)).status).toBe(401);
  });

  it('checks the scope and the topic of each message', async () => {
    const probe = await keyed();
    const topic = `videos/${idOf(probe.one)}`;
    const reader = newKey('reader', ['read'], [topic]);
    await keyFileOf(probe.folder).add(reader.key);
    await probe.services.access.keys.look();
    const client = await LiveConnection.open(probe.url, bearer(reader.text).headers);
    await client.subscribe(topic, { after: 0 });
    client.send({ type: 'subscribe', topic: `videos/${idOf(probe.two)}` });
    client.send({ type: 'subscribe', topic: 'streams/any' });
    client.send({ type: 'ask', topic, id: 'q', question: 'is it red?' });
    const codes = ['topic_refused', 'topic_refused', 'scope_missing'];
    await vi.waitFor(() => {
      expect(client.got.filter(({ type }) => type === 'error').map(({ code }) => code)).toEqual(codes);
    }, 5000);
    expect(client.got.filter(({ type }) => type === 'subscribed')).toHaveLength(1);
    client.socket.close();
  });

  it('cuts off whoever came with a key that is revoked, and opens nothing with the last one', async () => {
    const folder = newFolder();
    const { text, key } = newKey('only', ['read', 'manage']);
    await keyFileOf(folder).add(key);
    const { url, services } = await scriptedServer({ folder });
    const form = new FormData();
    form.set('file', new Blob(['{"clips":1,"seconds":2}']), 'a.mp4');
    const sent = await call(`${url}/v1/videos`, { method: 'POST', body: form, ...bearer(text) });
    const client = await LiveConnection.open(url, bearer(text).headers);
    const events = await fetch(`${url}/v1/videos/${idOf(sent)}/events`, bearer(text));
    const cut = expect(events.text()).rejects.toThrow();
    await keyFileOf(folder).remove('only');
    expect(await client.closed).toBe(4001);
    await cut;
    expect(services.access.keys.isOpen).toBe(false);
    expect((await call(`${url}/v1/videos`)).status).toBe(401);
  });

  it('closes an open server as soon as it has a key', async () => {
    const { url, folder, services } = await scriptedServer();
    const client = await LiveConnection.open(url);
    expect((await call(`${url}/v1/videos`)).status).toBe(200);
    await keyFileOf(folder).add(newKey('first', ['read']).key);
    expect(await client.closed).toBe(4001);
    expect((await call(`${url}/v1/videos`)).status).toBe(401);
    expect(services.access.keys.isOpen).toBe(false);
  });
});
