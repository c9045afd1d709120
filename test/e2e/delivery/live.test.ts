import { get } from 'node:http';
import { connect } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { Observable } from 'rxjs';
import { describe, expect, it, vi } from 'vitest';
import { LIVE_LIMITS } from '../../../src/delivery/live/live-limits.js';
import { Random } from '../../../training/world/random.js';
import { scriptedEngine, streamText } from '../../fixtures/delivery/scripted-engine.js';
import { call, idOf, post, upload } from './http-calls.js';
import { LiveConnection } from './live-connection.js';
import { type ScriptedOptions, scriptedServer } from './scripted-server.js';

/** A server with one stream that tells what the test tells it to; its first number is the test's. */
async function withStream(options: ScriptedOptions = {}) {
  const engine = scriptedEngine();
  const server = await scriptedServer({ engine, ...options });
  const id = idOf(
    await post(`${server.url}/v1/streams`, { name: 'yard', url: 'rtsp://user:pass@camera/live' }),
  );
  const topic = `streams/${id}`;
  let told = 0;
  const tell = (count = 1, more = ''): void => {
    for (let i = 0; i < count; i++)
      engine.started[0]?.tell({ kind: 'caption', ...streamText(`cow ${String(++told)}${more}`) });
  };
  const partial = (text = 'a'): void => {
    const span = { clip: 0, startSeconds: 0, endSeconds: 1, askId: null, prompt: 'p' };
    engine.started[0]?.tell({ kind: 'caption.partial', ...span, delta: text, text });
  };
  return { ...server, engine, id, topic, tell, partial, settled: () => server.services.hub.settled() };
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

describe('a subscriber', () => {
  it('gets numbered events and passing ones, of the kinds it wants', async () => {
    const { url, topic, tell, partial } = await withStream();
    const all = await LiveConnection.open(url);
    const some = await LiveConnection.open(url);
    expect(await all.subscribe(topic)).toEqual({ type: 'subscribed', topic, first: 1, last: 0 });
    await some.subscribe(topic, { kinds: ['answer'] });
    partial();
    tell();
    const event = await all.until(({ seq }) => seq === 1);
    expect(event).toMatchObject({
      topic,
      event: { kind: 'caption', text: 'cow 1', ask_id: null, timing_ms: { total: 4 } },
    });
    expect(all.got[1]).toMatchObject({ type: 'event', event: { kind: 'caption.partial', text: 'a' } });
    expect(all.got[1]).not.toHaveProperty('seq');
    some.send({ type: 'ping' });
    await some.until(({ type }) => type === 'pong');
    expect(some.got.map(({ type }) => type)).toEqual(['subscribed', 'pong']);
  });

  it('sees every event once when it is cut off at 50 random moments and resumes by number', async () => {
    const { url, topic, tell, settled } = await withStream();
    const random = new Random(50);
    let told = 0;
    const teller = setInterval(() => {
      const count = random.whole(0, 3);
      tell(count);
      told += count;
    }, 2);
    const seen: number[] = [];
    for (let round = 0; round < 50; round++) {
      const client = await LiveConnection.open(url);
      client.send({ type: 'subscribe', topic, after: seen.at(-1) ?? 0 });
      await setTimeout(random.between(0, 60)); // before it is subscribed, in the replay, or behind it
      client.socket.terminate();
      await client.closed;
      seen.push(...client.numbers);
    }
    clearInterval(teller);
    await settled();
    const last = await LiveConnection.open(url);
    last.send({ type: 'subscribe', topic, after: seen.at(-1) ?? 0 });
    await vi.waitFor(() => {
      expect(seen.length + last.numbers.length).toBeGreaterThanOrEqual(told);
    }, 20_000);
    expect([...seen, ...last.numbers]).toEqual(range(1, told));
    expect(told).toBeGreaterThan(100);
  });

  it('is told of the numbers that retention has taken', async () => {
    const { url, topic, tell, settled, services } = await withStream();
    tell(10);
    await settled();
    await services.store.events.retain({
      prefix: 'streams/',
      olderThanMs: Date.now() + 1,
      maxBytes: Infinity,
    });
    tell(2);
    await settled();
    const client = await LiveConnection.open(url);
    expect(await client.subscribe(topic, { after: 4 })).toMatchObject({ first: 11, last: 12 });
    await client.until(({ seq }) => seq === 12);
    expect(client.got[1]).toEqual({ type: 'event', topic, event: { kind: 'gap', from: 5, to: 10 } });
    expect(client.numbers).toEqual([11, 12]);
  });

  it('stops to hear of a topic it leaves', async () => {
    const { url, topic, tell, settled } = await withStream();
    const client = await LiveConnection.open(url);
    await client.subscribe(topic);
    client.send({ type: 'unsubscribe', topic });
    await client.until(({ type }) => type === 'unsubscribed');
    tell();
    await settled();
    client.send({ type: 'ping' });
    await client.until(({ type }) => type === 'pong');
    expect(client.numbers).toEqual([]);
  });

  it('that does not read loses passing events, then its connection, and keeps nobody waiting', async () => {
    const live = { passingBytes: 1000, maxWaitingBytes: 200_000 };
    const { url, topic, tell, partial } = await withStream({ live });
    const slow = await LiveConnection.open(url);
    const quick = await LiveConnection.open(url);
    await slow.subscribe(topic);
    await quick.subscribe(topic);
    slow.socket.pause();
    const long = 'x'.repeat(20_000);
    for (let i = 0; i < 400; i++) partial(long); // more than the sockets of both sides hold
    tell();
    await quick.until(({ seq }) => seq === 1);
    slow.socket.resume();
    await slow.until(({ event }) => event?.['kind'] === 'dropped');
    const dropped = slow.got.find(({ event }) => event?.['kind'] === 'dropped')?.event;
    expect(dropped).toMatchObject({ kind: 'dropped', reason: 'slow' });
    expect(Number(dropped?.['events'])).toBeGreaterThan(10);
    expect(slow.numbers).toEqual([1]);

    slow.socket.pause();
    for (let told = 1; told < 401; told += 5) {
      tell(5, long);
      await quick.until(({ seq }) => seq === told + 5);
    }
    slow.socket.resume();
    expect([1006, 4008]).toContain(await slow.closed);
    expect(quick.numbers).toEqual(range(1, 401));
  });

  it('gives a sign of life, or is cut off', async () => {
    const { url } = await withStream({ live: { heartbeatMs: 500 } });
    const alive = await LiveConnection.open(url);
    const dead = await LiveConnection.open(url);
    dead.socket.pause(); // hears no ping, so gives no pong
    await new Promise((resolve) => {
      let pings = 0;
      alive.socket.on('ping', () => {
        if (++pings === 4) resolve(undefined);
      });
    });
    expect(alive.socket.readyState).toBe(1);
    dead.socket.resume();
    expect(await dead.closed).toBe(1006);
  });

  it('is told when the server ends', async () => {
    const server = await withStream();
    const client = await LiveConnection.open(server.url);
    await server.close();
    expect(await client.closed).toBe(1001);
  });
});

describe('a question', () => {
  it('about a live stream is answered to who asked, and told to the topic', async () => {
    const { url, topic } = await withStream();
    const asker = await LiveConnection.open(url);
    const other = await LiveConnection.open(url);
    await other.subscribe(topic);
    asker.send({ type: 'ask', topic, id: 'q1', question: 'is it red?' });
    await asker.until(({ event }) => event?.['kind'] === 'answer');
    expect(asker.got).toMatchObject([
      { type: 'answer', id: 'q1', topic, event: { kind: 'answer.partial', text: 'y' } },
      { type: 'answer', id: 'q1', topic, event: { kind: 'answer', text: 'is it red? yes', ask_id: 'q1' } },
    ]);
    expect(await other.until(({ seq }) => seq === 1)).toMatchObject({
      event: { kind: 'answer', ask_id: 'q1' },
    });
  });

  it('about a video is answered, and told to the topic', async () => {
    const { url } = await scriptedServer();
    const topic = `videos/${idOf(await upload(url, { clips: 1, seconds: 2 }))}`;
    const client = await LiveConnection.open(url);
    client.send({ type: 'ask', topic, id: 'q', question: 'is it red?', start_seconds: 0, end_seconds: 1 });
    const answer = await client.until(({ event }) => event?.['kind'] === 'answer');
    expect(answer).toMatchObject({ id: 'q', event: { text: 'is it red? yes' } });
  });

  it.each([
    [{ question: 'a', prompt: 'b' }, 'bad_request'],
    [{}, 'bad_request'],
    [{ prompt: 'what?' }, 'stream_no_frames'],
    [{ question: 'a', topic: 'streams/none' }, 'topic_not_found'],
  ])('%j is told to be wrong', async (fields, code) => {
    const { url, topic } = await withStream();
    const client = await LiveConnection.open(url);
    client.send({ type: 'ask', topic, id: 'q', ...fields });
    expect(await client.until(({ type }) => type === 'error')).toMatchObject({ code, id: 'q' });
  });
});

it('lets a client come back with all that it may follow at once, twice over', async () => {
  const { url, topic } = await withStream();
  const client = await LiveConnection.open(url);
  for (let round = 0; round < 2; round++) {
    for (let i = 0; i < LIVE_LIMITS.maxSubscriptions; i++) client.send({ type: 'subscribe', topic });
    for (let i = 0; i < LIVE_LIMITS.maxWatches; i++) client.send({ type: 'watch', topic });
  }
  client.send({ type: 'ping' });
  await client.until(({ type }) => type === 'pong');
  expect(client.socket.readyState).toBe(1);
});

describe('what is refused', () => {
  it.each([
    ['{', 'bad_request'],
    ['{"type":"dance"}', 'bad_request'],
    ['{"type":"subscribe","topic":"../x"}', 'bad_request'],
    ['{"type":"subscribe","topic":"videos/none"}', 'topic_not_found'],
  ])('%s is answered with an error, and the connection stays', async (text, code) => {
    const { url } = await scriptedServer();
    const client = await LiveConnection.open(url);
    client.send(text);
    client.send({ type: 'ping' });
    await client.until(({ type }) => type === 'pong');
    expect(client.got[0]).toMatchObject({ type: 'error', code });
  });

  it('a binary message closes with 1003, a large one with 1009, too many with 4029', async () => {
    const { url } = await scriptedServer({ live: { messageBurst: 3, messagesPerSecond: 0 } });
    const binary = await LiveConnection.open(url);
    binary.socket.send(Buffer.from('{"type":"ping"}'), { binary: true });
    expect(await binary.closed).toBe(1003);
    const large = await LiveConnection.open(url);
    large.send('x'.repeat(100_000));
    expect(await large.closed).toBe(1009);
    const many = await LiveConnection.open(url);
    for (let i = 0; i < 4; i++) many.send({ type: 'ping' });
    expect(await many.closed).toBe(4029);
    expect((await call(`${url}/health/live`)).status).toBe(200);
  });

  it('a client with too many messages is counted once, however many more it sends', async () => {
    const { url } = await scriptedServer({ live: { messageBurst: 3, messagesPerSecond: 0 } });
    const many = await LiveConnection.open(url);
    for (let i = 0; i < 50; i++) many.send({ type: 'ping' });
    expect(await many.closed).toBe(4029);
    const { body } = await call(`${url}/v1/status`);
    const drops = body['drops'] as { reason: string; count: number }[];
    expect(drops.find(({ reason }) => reason === 'client_too_hasty')?.count).toBe(1);
  });

  it('a client too many, a page of another site, another path', async () => {
    const { url } = await scriptedServer({ live: { maxClients: 1 } });
    await expect(LiveConnection.open(url, { origin: 'http://evil.example' })).rejects.toThrow('403');
    await expect(LiveConnection.open(url, { host: 'evil.example' })).rejects.toThrow('421');
    await expect(LiveConnection.open(`${url}/x`)).rejects.toThrow('404');
    await LiveConnection.open(url);
    await expect(LiveConnection.open(url)).rejects.toThrow('503');
  });

  it('a subscription too many, and a question under an id that is taken', async () => {
    const { url, topic } = await withStream({ live: { maxSubscriptions: 1 } });
    const sent = await upload(url, { clips: 1, seconds: 2, slow: 2000 });
    const video = `videos/${idOf(sent)}`;
    const client = await LiveConnection.open(url);
    await client.subscribe(topic);
    await client.subscribe(topic); // the second takes the place of the first
    client.send({ type: 'subscribe', topic: video });
    expect(await client.until(({ type }) => type === 'error')).toMatchObject({
      code: 'too_many_subscriptions',
    });
    for (let i = 0; i < 2; i++) client.send({ type: 'ask', topic: video, id: 'q', question: 'a?' });
    await client.until(({ code }) => code === 'ask_id_taken');
  });
});

it('answers HEAD of an event stream with its head alone', async () => {
  const { url, topic, services } = await withStream();
  const response = await fetch(`${url}/v1/${topic}/events`, { method: 'HEAD' });
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
  expect(await response.text()).toBe('');
  expect(services.watch.live.eventStreams.size).toBe(0);
});

it('gives the same events as Server-Sent Events, which resume by themselves', async () => {
  const { url, topic, tell, settled } = await withStream();
  tell(3);
  await settled();
  const read = async (path: string, headers: Record<string, string>, until: string): Promise<string> => {
    const controller = new AbortController();
    const response = await fetch(url + path, { headers, signal: controller.signal });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const decoder = new TextDecoder();
    let text = '';
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk);
      if (text.includes(until)) break;
    }
    controller.abort();
    return text;
  };
  const text = await read(`/v1/${topic}/events?after=1`, {}, '"cow 3"');
  expect(text).toMatch(/^id: 2\nevent: caption\ndata: \{"type":"event"[^\n]*"cow 2"[^\n]*\}\n\nid: 3\n/);
  const resumed = await read(`/v1/${topic}/events`, { 'last-event-id': '2' }, '"cow 3"');
  expect(resumed).toMatch(/^id: 3\n/);
  expect((await call(`${url}/v1/videos/none/events`)).status).toBe(404);
});

describe('a stream', () => {
  it('is made, shown without its password, changed, asked, stopped, resumed and deleted', async () => {
    const { url, id, engine, services } = await withStream();
    const of = `${url}/v1/streams/${id}`;
    const shown = await call(of);
    expect(shown.body).toMatchObject({
      name: 'yard',
      url: 'rtsp://camera/live',
      running: true,
      state: { state: 'live' },
    });
    expect(shown.text).not.toContain('pass');
    expect((await call(`${url}/v1/streams`)).body).toMatchObject({ total: 1, streams: [{ id }] });
    const plan = { frames: 4, window_seconds: 2, tasks: [{ task: 'ask', question: 'who?' }] };
    expect(
      (
        await call(`${of}/plan`, {
          method: 'PUT',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(plan),
        })
      ).body,
    ).toMatchObject({ plan });
    expect(engine.started[0]?.plan).toMatchObject({
      framesPerWindow: 4,
      tasks: [{ kind: 'answer', question: 'who?' }],
    });
    expect((await post(`${of}/ask`, { question: 'is it red?' })).body).toMatchObject({
      kind: 'answer',
      text: 'is it red? yes',
    });
    expect((await post(`${of}/stop`, {})).body).toMatchObject({ running: false });
    expect(await post(`${of}/ask`, { question: 'a?' })).toMatchObject({
      status: 503,
      body: { error: { code: 'stream_not_running' } },
    });
    expect((await post(`${of}/resume`, {})).body).toMatchObject({ running: true });
    expect((await call(of, { method: 'DELETE' })).status).toBe(204);
    expect((await call(of)).body).toMatchObject({ error: { code: 'stream_not_found' } });
    expect(await services.store.events.after(`streams/${id}`, 0, 10)).toEqual([]);
  });

  it('is asked no more when who asked has gone', async () => {
    const { url, id, engine, bugs } = await withStream();
    const told: string[] = [];
    const ask = () =>
      new Observable(() => {
        told.push('asked');
        return () => told.push('taken back');
      });
    Object.assign(engine.started[0] ?? {}, { ask });
    const gone = new AbortController();
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ question: 'is it red?' });
    const asked = call(`${url}/v1/streams/${id}/ask`, { method: 'POST', headers, body, signal: gone.signal });
    const refused = expect(asked).rejects.toThrow('aborted');
    await vi.waitFor(() => {
      expect(told).toEqual(['asked']);
    }, 20_000);
    gone.abort();
    await refused;
    await vi.waitFor(() => {
      expect(told).toEqual(['asked', 'taken back']);
    }, 5000);
    expect(bugs).toEqual([]);
  });

  it('that is deleted and made again under its id goes on with its numbers', async () => {
    const { url, id, topic, engine, tell } = await withStream();
    const stayed = await LiveConnection.open(url);
    await stayed.subscribe(topic);
    tell(3);
    await stayed.until(({ seq }) => seq === 3);
    await call(`${url}/v1/streams/${id}`, { method: 'DELETE' }); // 4: ended
    await post(`${url}/v1/streams`, { id, name: 'yard', url: 'rtsp://camera/live' });
    engine.started[1]?.tell({ kind: 'caption', ...streamText('another cow') });
    await stayed.until(({ seq, event }) => seq === 5 && event?.['text'] === 'another cow');
    const back = await LiveConnection.open(url);
    expect(await back.subscribe(topic, { after: 2 })).toMatchObject({ first: 5, last: 5 });
    await back.until(({ seq }) => seq === 5);
    expect(back.got[1]).toMatchObject({ event: { kind: 'gap', from: 3, to: 4 } });
  });

  it('is gone on with by the next server, its numbers too', async () => {
    const first = await withStream();
    first.tell(3);
    await first.close();
    const engine = scriptedEngine();
    const { services } = await scriptedServer({ folder: first.folder, engine });
    expect(engine.started).toHaveLength(1);
    engine.started[0]?.tell({ kind: 'caption', ...streamText('next') });
    await services.hub.settled();
    const events = await services.store.events.after(first.topic, 0, 10);
    expect(events.map(({ seq, event }) => [seq, event['text'] ?? event['state']])).toEqual([
      [1, 'cow 1'],
      [2, 'cow 2'],
      [3, 'cow 3'],
      [4, 'ended'],
      [5, 'next'],
    ]);
  });

  it.each([
    [{ name: 'a', url: 'rtsp://refused/x' }, 'stream_url_refused'],
    [{ name: 'a' }, 'bad_request'],
    [{ name: 'a', url: 'rtsp://camera/x', plan: { tasks: [{ task: 'dance' }] } }, 'bad_request'],
  ])('%j is refused', async (body, code) => {
    const { url } = await scriptedServer();
    expect(await post(`${url}/v1/streams`, body)).toMatchObject({ status: 400, body: { error: { code } } });
    expect((await call(`${url}/v1/streams`)).body).toMatchObject({ total: 0 });
  });
});

it('serves a request that asks for HTTP/2 as any other', async () => {
  const { url } = await scriptedServer();
  const { hostname, port } = new URL(url);
  const headers = { connection: 'Upgrade, HTTP2-Settings', upgrade: 'h2c', 'http2-settings': 'AAMAAABk' };
  const answers = ['/health/live', '/v1/live'].map(
    (path) =>
      new Promise<number | undefined>((resolve, reject) => {
        get({ hostname, port, path, headers }, (answer) => {
          answer.resume().once('end', () => {
            resolve(answer.statusCode);
          });
        }).once('error', reject);
      }),
  );
  expect(await Promise.all(answers)).toEqual([200, 404]);
});

it('serves on when a connection breaks off in the middle of its upgrade', async () => {
  const { url } = await scriptedServer();
  const { port } = new URL(url);
  const socket = connect(Number(port), '127.0.0.1');
  socket.end('GET /v1/live HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n');
  await new Promise((resolve) => socket.on('close', resolve).resume());
  expect((await call(`${url}/health/live`)).status).toBe(200);
});
