/* eslint-disable @typescript-eslint/no-deprecated -- OpenAI calls them so, and their clients send them all the same */
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import OpenAI, { APIError } from 'openai';
import type { ChatCompletionCreateParamsNonStreaming, ChatCompletionContentPart } from 'openai/resources';
import { describe, expect, it, vi } from 'vitest';
import { RemoteClient } from '../../../src/delivery/remote/remote-client.js';
import { RemotePolicy } from '../../../src/delivery/remote/remote-policy.js';
import type { VideoFacts } from '../../../src/pipeline/video/inspect-video.js';
import { scriptedChat } from '../../fixtures/delivery/scripted-chat.js';
import { SERVED } from '../../fixtures/delivery/served-model.js';
import { call, idOf, post, upload } from './http-calls.js';
import { scriptedServer } from './scripted-server.js';

const data = (text: string, type = 'image/png'): string =>
  `data:${type};base64,${Buffer.from(text).toString('base64')}`;
const picture = (text: string): ChatCompletionContentPart => ({
  type: 'image_url',
  image_url: { url: data(text) },
});
/** What lies there, as ffprobe tells it. */
const PICTURE: VideoFacts = {
  kind: 'picture',
  durationSeconds: 0,
  widthPixels: 64,
  heightPixels: 48,
  framesPerSecond: null,
  container: 'png',
  codec: 'png',
  pixelFormat: null,
  audioCodec: null,
};
/** Not of the client's types: it is sent as it stands. */
const video = (over: object): ChatCompletionContentPart =>
  ({ type: 'video_url', video_url: over }) as unknown as ChatCompletionContentPart;
const asked = (
  text: string,
  ...parts: ChatCompletionContentPart[]
): ChatCompletionCreateParamsNonStreaming => ({
  model: 'owner/scripted',
  messages: [{ role: 'user', content: [{ type: 'text', text }, ...parts] }],
});

async function server(options: Parameters<typeof scriptedServer>[0] = {}) {
  const chat = scriptedChat();
  const started = await scriptedServer({ served: SERVED, chat, ...options });
  const client = new OpenAI({ baseURL: `${started.url}/v1`, apiKey: 'none', maxRetries: 0 });
  return { ...started, chat, client };
}

describe("OpenAI's client", () => {
  it('asks about pictures and gets an answer that says what it cost', async () => {
    const { client, chat } = await server();
    const answer = await client.chat.completions.create(asked('is it red?', picture('a'), picture('b')));
    expect(answer).toMatchObject({
      object: 'chat.completion',
      model: 'owner/scripted',
      system_fingerprint: 'owner/scripted-f32',
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: 'answer en is it red?' },
          finish_reason: 'stop',
          logprobs: null,
        },
      ],
      usage: {
        prompt_tokens: 15,
        completion_tokens: 6,
        total_tokens: 21,
        prompt_tokens_details: { image_tokens: 8 },
      },
    });
    expect(answer.id).toMatch(/^chatcmpl-/);
    expect(Math.abs(answer.created - Date.now() / 1000)).toBeLessThan(60);
    expect(chat.requests[0]?.frames.map(({ key }) => key)).toEqual(['a', 'b']);
    expect(chat.requests[0]?.options).toMatchObject({
      sampling: { kind: 'greedy' },
      maxNewTokens: 256,
      stop: [],
    });
  });

  it('gets the same piece by piece', async () => {
    const { client } = await server();
    const stream = await client.chat.completions.create({
      ...asked('caption en', picture('a')),
      stream: true,
      stream_options: { include_usage: true },
      logprobs: true,
      top_logprobs: 1,
    });
    const chunks = [];
    for await (const chunk of stream) chunks.push(chunk);
    expect(chunks.map(({ choices: [choice] }) => choice?.delta)).toEqual([
      { role: 'assistant', content: '', refusal: null },
      { content: 'caption ' },
      { content: 'en' },
      {},
      undefined,
    ]);
    expect(chunks.map(({ choices: [choice] }) => choice?.finish_reason)).toEqual([
      null,
      null,
      null,
      'stop',
      undefined,
    ]);
    expect(chunks[2]?.choices[0]?.logprobs?.content).toEqual([
      {
        token: 'en',
        logprob: -0.25,
        bytes: [101, 110],
        top_logprobs: [{ token: 'en', logprob: -0.25, bytes: [101, 110] }],
      },
    ]);
    expect(chunks.map(({ usage }) => usage?.total_tokens)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      11,
    ]);
    expect(new Set(chunks.map(({ id }) => id)).size).toBe(1);
  });

  it('helps itself to a stream with the client’s own collector', async () => {
    const { client } = await server();
    const runner = client.chat.completions.stream({ ...asked('ocr', picture('a')), n: 2, stream: true });
    const final = await runner.finalChatCompletion();
    expect(final.choices.map(({ message }) => message.content)).toEqual(['ocr', 'ocr']);
  });

  it('says how the text is chosen', async () => {
    const { client, chat } = await server();
    await client.chat.completions.create({
      ...asked('caption en', picture('a')),
      n: 3,
      temperature: 0.5,
      top_p: 0.9,
      seed: 2 ** 32 - 1,
      stop: ['.', '!'],
      max_completion_tokens: 1,
    });
    const sampled = { kind: 'sample', temperature: 0.5, topK: null, topP: 0.9 };
    expect(chat.requests.map(({ options }) => options)).toEqual(
      [2 ** 32 - 1, 0, 1].map((seed) => ({
        sampling: { ...sampled, seed },
        maxNewTokens: 1,
        topLogprobs: 0,
        stop: ['.', '!'],
        areTokensTold: false,
      })),
    );
  });

  it.each([
    [{ top_p: 0.5 }, { kind: 'sample', temperature: 1, topP: 0.5 }],
    [{ top_p: 1, seed: 3 }, { kind: 'greedy' }],
    [{ temperature: 0, top_p: 0.5 }, { kind: 'greedy' }],
    [{ temperature: 1 }, { kind: 'sample', temperature: 1, topP: null }],
  ])('with %j samples %j', async (options, sampling) => {
    const { client, chat } = await server();
    await client.chat.completions.create({ ...asked('caption en', picture('a')), ...options });
    expect(chat.requests[0]?.options.sampling).toMatchObject(sampling);
  });

  it('looks at videos: uploaded ones in part or whole, and those in data URLs', async () => {
    const { client, chat, url, folder } = await server();
    const id = idOf(await upload(url, { clips: 1, seconds: 6 }));
    const script = data(JSON.stringify({ clips: 1, seconds: 6 }), 'video/mp4');
    const parts = [
      video({ url: `palistream://videos/${id}`, frames: 2, start_seconds: 1.5, end_seconds: 3 }),
      video({ url: `/v1/videos/${id}` }),
      video({ url: script, frames: 1 }),
      picture('z'),
    ];
    await client.chat.completions.create(asked('who is there?', ...parts));
    const keys = chat.requests[0]?.frames.map(({ key }) => key);
    expect(keys).toEqual(['video+1.5', 'video+1.5', ...Array<string>(9).fill('video+0'), 'z']);
    expect(readdirSync(join(folder, 'chat'))).toEqual([]);
  });

  it('looks once at a picture that is sent as a video, unless it is asked for otherwise', async () => {
    const inspect = () => Promise.resolve(PICTURE);
    const { client, url } = await server({ tools: { inspect } });
    const id = idOf(await upload(url, { clips: 1, seconds: 0 }));
    const tokensOf = async (part: ChatCompletionContentPart): Promise<number | undefined> =>
      (await client.chat.completions.create(asked('is it red?', part))).usage?.prompt_tokens;
    const once = await tokensOf(picture('png'));
    expect(await tokensOf(video({ url: data('png') }))).toBe(once);
    expect(await tokensOf(video({ url: `palistream://videos/${id}` }))).toBe(once);
    expect(await tokensOf(video({ url: data('png'), frames: 3 }))).toBeGreaterThan(once ?? Infinity);
  });

  it('names pictures and videos on the web, which are fetched where that is allowed', async () => {
    const seen: string[] = [];
    const web = createServer(({ url = '' }, response) => {
      seen.push(url);
      response.statusCode = url === '/gone' ? 404 : 200;
      response.end(
        url === '/large'
          ? 'x'.repeat(2000)
          : url === '/half'
            ? 'x'.repeat(600)
            : url === '/a.png'
              ? 'web'
              : '{"clips":1,"seconds":5}',
      );
    });
    await new Promise<void>((listening) => web.listen(0, '127.0.0.1', listening));
    const { port } = web.address() as AddressInfo;
    const at = (path: string): string => `http://127.0.0.1:${port}${path}`;
    const image = (path: string): ChatCompletionContentPart => ({
      type: 'image_url',
      image_url: { url: at(path) },
    });
    try {
      const remote = new RemoteClient(new RemotePolicy({ allow: [`127.0.0.1:${port}`] }));
      const { client, chat } = await server({ services: { remote } });
      const create = (...parts: ChatCompletionContentPart[]) =>
        client.chat.completions.create(asked('ocr', ...parts));
      await create(image('/a.png'), video({ url: at('/a.mp4'), frames: 1 }));
      expect(chat.requests[0]?.frames.map(({ key }) => key)).toEqual(['w', 'video+0']);
      await expect(create(image('/gone'))).rejects.toMatchObject({ status: 400, code: 'media_unavailable' });
      await expect(create(image('/large'))).rejects.toMatchObject({ status: 413, code: 'url_too_large' });
      const together = create(image('/half'), image('/half'));
      await expect(together).rejects.toMatchObject({ status: 413, code: 'chat_too_large' });
      seen.splice(0);
      const closed = await server({ services: { remote: new RemoteClient(new RemotePolicy()) } });
      const refused = closed.client.chat.completions.create(asked('ocr', image('/a.png')));
      await expect(refused).rejects.toMatchObject({ status: 400, code: 'url_refused' });
      expect(seen).toEqual([]);
    } finally {
      web.close();
    }
  });

  it('lists the model and finds it by its name', async () => {
    const { client } = await server();
    const list = await client.models.list();
    expect(list.data).toMatchObject([{ id: 'owner/scripted', object: 'model', owned_by: 'palistream' }]);
    expect(await client.models.retrieve('owner/scripted')).toEqual(list.data[0]);
    await expect(client.models.retrieve('gpt')).rejects.toMatchObject({
      status: 404,
      code: 'model_not_found',
    });
  });
});

describe('a client that goes away', () => {
  it.each([true, false])('takes its request back (stream: %s)', async (stream) => {
    const { client, chat } = await server();
    const gone = new AbortController();
    const sent = client.chat.completions.create(
      { ...asked('answer en one wait', picture('a')), stream },
      { signal: gone.signal },
    );
    const failed = sent.then(
      async (answer) => {
        for await (const chunk of answer as AsyncIterable<unknown>) JSON.stringify(chunk);
      },
      () => undefined,
    );
    await vi.waitFor(() => {
      expect(chat.requests).toHaveLength(1);
    }, 20_000);
    gone.abort();
    await failed;
    await vi.waitFor(() => {
      expect(chat.cancelled).toEqual(['answer en one wait']);
    }, 20_000);
  });
});

describe('what cannot be answered', () => {
  const ok = asked('caption en', picture('a'));
  const said = (role: string, content = 'x') => ({ role, content });
  it.each<[string, object, number, string]>([
    ['another model', { ...ok, model: 'gpt-4o' }, 404, 'model_not_found'],
    [
      'a second turn',
      { ...ok, messages: [...ok.messages, said('assistant'), said('user')] },
      400,
      'one_round_only',
    ],
    ['only an assistant', { ...ok, messages: [said('assistant')] }, 400, 'one_round_only'],
    [
      'a system message',
      { ...ok, messages: [said('system'), ...ok.messages] },
      400,
      'system_message_unsupported',
    ],
    ['no picture', { ...ok, messages: [said('user')] }, 400, 'no_frames'],
    ['no text', asked(' ', picture('a')), 400, 'no_prompt'],
    ['tools', { ...ok, tools: [{ type: 'function' }] }, 400, 'chat_field_unsupported'],
    ['JSON', { ...ok, response_format: { type: 'json_object' } }, 400, 'chat_field_unsupported'],
    ['a penalty', { ...ok, presence_penalty: 0.5 }, 400, 'chat_field_unsupported'],
    ['a field nobody knows', { ...ok, temprature: 1 }, 400, 'bad_request'],
    ['too many choices', { ...ok, n: 9 }, 400, 'bad_request'],
    ['too hot a temperature', { ...ok, temperature: 2.1 }, 400, 'bad_request'],
    ['a damaged picture', asked('caption en', picture('?')), 400, 'picture_unreadable'],
    [
      'no base64',
      asked('ocr', { type: 'image_url', image_url: { url: 'data:image/png;base64,a*b' } }),
      400,
      'bad_media_url',
    ],
    [
      'plain data',
      asked('ocr', { type: 'image_url', image_url: { url: 'data:text/plain,hello' } }),
      400,
      'bad_media_url',
    ],
    [
      'a file',
      asked('ocr', { type: 'image_url', image_url: { url: 'file:///etc/passwd' } }),
      400,
      'bad_media_url',
    ],
    ['no such video', asked('ocr', video({ url: 'palistream://videos/none' })), 404, 'video_not_found'],
    ['a long video', asked('ocr', video({ url: data('{"clips":1,"seconds":500}') })), 413, 'video_duration'],
    [
      'too many frames',
      asked('ocr', ...Array.from({ length: 33 }, () => video({ url: data('{"clips":1,"seconds":5}') }))),
      400,
      'chat_frames',
    ],
    ['too much', asked('ocr', picture('x'.repeat(200_000))), 413, 'chat_too_large'],
  ])('is refused: %s', async (_, body, status, code) => {
    const { client, bugs } = await server();
    const failed: unknown = await client.chat.completions
      .create(body as ChatCompletionCreateParamsNonStreaming)
      .catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(APIError);
    expect(failed).toMatchObject({ status, code, type: 'invalid_request_error' });
    expect(bugs).toEqual([]);
  });

  it('names no path of this machine', async () => {
    const { url, folder } = await server();
    const part = video({ url: data('{"clips":1,"seconds":5}'), start_seconds: 101 });
    const answer = await post(`${url}/v1/chat/completions`, asked('ocr', part));
    expect(answer).toMatchObject({
      status: 400,
      body: { error: { code: 'bad_time_range', message: 'video 1 is shorter' } },
    });
    expect(answer.text).not.toContain(folder);
  });

  it('takes fields that ask for nothing, and a system message that says nothing', async () => {
    const { client } = await server();
    const answer = await client.chat.completions.create({
      ...asked('caption en', picture('a')),
      messages: [{ role: 'system', content: '' }, ...asked('caption en', picture('a')).messages],
      frequency_penalty: 0,
      presence_penalty: 0,
      logit_bias: {},
      response_format: { type: 'text' },
      tools: [],
      user: 'me',
      store: false,
    });
    expect(answer.choices[0]?.message.content).toBe('caption en');
  });

  it('has a status before the first word, and is told in the stream after it', async () => {
    const { client } = await server();
    const create = (text: string) =>
      client.chat.completions.create({ ...asked(text, picture('a')), stream: true });
    const raw = { raw_prompt: true } as object;
    await expect(
      client.chat.completions.create({ ...asked('die', picture('a')), ...raw, stream: true }),
    ).rejects.toMatchObject({ status: 503, type: 'server_error', code: 'model_process_died' });
    const words: string[] = [];
    const read = async (): Promise<void> => {
      for await (const { choices } of await create('one die')) words.push(choices[0]?.delta.content ?? '');
    };
    await expect(read()).rejects.toMatchObject({ code: 'model_process_died' });
    expect(words.join('')).toBe('answer en one ');
  });

  it.each([
    ['{"model":', 400, 'bad_request'],
    ['[]', 400, 'bad_request'],
  ])('%s is no request', async (body, status, code) => {
    const { url } = await server();
    const answer = await post(`${url}/v1/chat/completions`, body);
    expect(answer).toMatchObject({
      status,
      body: { error: { code, type: 'invalid_request_error', param: null } },
    });
  });

  it.each([
    ['too many bytes of others are held', 'Content-Length: 199000'],
    ['packed ones of others may become too many', 'Content-Encoding: gzip\r\nContent-Length: 300'],
  ])('is refused while %s, and taken when they are gone', async (_, head) => {
    const { url } = await server();
    const { hostname, port } = new URL(url);
    const hold = () => {
      const socket = connect(Number(port), hostname);
      const length = `Content-Type: application/json\r\n${head}\r\n\r\n{`;
      socket.write(`POST /v1/chat/completions HTTP/1.1\r\nHost: ${hostname}:${port}\r\n${length}`);
      return socket;
    };
    const held = [hold(), hold()];
    const ask = () => post(`${url}/v1/chat/completions`, asked('caption en', picture('a'.repeat(2000))));
    await expectBusyUntilLetGo(ask, held);
    expect((await call(`${url}/health/live`)).status).toBe(200);
  });

  it('holds nothing any more when its client goes before its turn comes', async () => {
    const { url } = await server();
    const { host, hostname, port } = new URL(url);
    const events = `/v1/videos/${idOf(await upload(url, { clips: 1, seconds: 2 }))}/events`; // never ends
    const hold = () => {
      const socket = connect(Number(port), hostname);
      const head = `Host: ${host}\r\nContent-Type: application/json\r\nContent-Length: 199000`;
      socket.write(`GET ${events} HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
      socket.write(`POST /v1/chat/completions HTTP/1.1\r\n${head}\r\n\r\n{`);
      return socket;
    };
    const held = [hold(), hold()];
    const ask = () => post(`${url}/v1/chat/completions`, asked('caption en', picture('a'.repeat(2000))));
    await expectBusyUntilLetGo(ask, held);
  });

  it('is refused while what its addresses bring does not fit beside the bytes of others', async () => {
    const web = createServer((_, response) => response.end('x'.repeat(900)));
    await new Promise<void>((listening) => web.listen(0, '127.0.0.1', listening));
    const { port } = web.address() as AddressInfo;
    const address = `127.0.0.1:${port}`;
    const remote = new RemoteClient(new RemotePolicy({ allow: [address] }));
    const { url } = await server({ services: { remote } });
    const other = new URL(url);
    const held = [199_500, 199_500].map((bytes) => {
      const socket = connect(Number(other.port), other.hostname);
      const head = `Host: ${other.host}\r\nContent-Type: application/json\r\nContent-Length: ${bytes}`;
      socket.write(`POST /v1/chat/completions HTTP/1.1\r\n${head}\r\n\r\n{`);
      return socket;
    });
    const ask = () =>
      post(
        `${url}/v1/chat/completions`,
        asked('ocr', { type: 'image_url', image_url: { url: `http://${address}/` } }),
      );
    try {
      await expectBusyUntilLetGo(ask, held);
    } finally {
      web.close();
    }
  });
});

/** A request is refused beside what others hold, and answered once they let go. */
async function expectBusyUntilLetGo(
  ask: () => ReturnType<typeof post>,
  held: readonly Socket[],
): Promise<void> {
  await vi.waitFor(async () => {
    expect(await ask()).toMatchObject({ status: 503, body: { error: { code: 'chat_busy' } } });
  }, 20_000);
  for (const socket of held) socket.destroy();
  await vi.waitFor(async () => {
    expect((await ask()).status).toBe(200);
  }, 20_000);
}
