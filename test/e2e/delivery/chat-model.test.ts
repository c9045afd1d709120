/* eslint-disable @typescript-eslint/no-deprecated -- OpenAI calls them so, and their clients send them all the same */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import OpenAI from 'openai';
import type { ChatCompletionContentPart } from 'openai/resources';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli, startCli, type StartedCli } from '../cli/start-cli.js';
import { call, idOf } from './http-calls.js';

const folder = mkdtempSync(join(tmpdir(), 'chat-'));
const COW = 'samples/cow-and-balloon.mp4';
let cli: StartedCli;
let url = '';
let client: OpenAI;

beforeAll(async () => {
  cli = startCli(['serve', '--port', '0', '--json'], {
    env: { PALISTREAM_DATA_DIR: folder, PALISTREAM_CACHE_DIR: join(folder, 'cache') },
  });
  let stdout = '';
  cli.child.stdout?.on('data', (text: string) => (stdout += text));
  await cli.lines(1);
  ({ url } = JSON.parse(stdout) as { url: string });
  client = new OpenAI({ baseURL: `${url}/v1`, apiKey: 'none', maxRetries: 0 });
}, 120_000);
afterAll(async () => {
  cli.child.kill('SIGTERM');
  await cli.exit;
  expect(cli.left()).toEqual([]);
  rmSync(folder, { recursive: true, force: true });
});

const dataUrl = (file: string, type: string): string =>
  `data:${type};base64,${readFileSync(file).toString('base64')}`;
const picture = (file: string): ChatCompletionContentPart => ({
  type: 'image_url',
  image_url: { url: dataUrl(file, 'image/png') },
});
const video = (link: string): ChatCompletionContentPart =>
  ({ type: 'video_url', video_url: { url: link } }) as unknown as ChatCompletionContentPart;
const asked = (text: string, ...parts: ChatCompletionContentPart[]) => ({
  model: 'nano',
  messages: [{ role: 'user' as const, content: [...parts, { type: 'text' as const, text }] }],
});

/** Two frames as a program would draw them. */
async function pictures(): Promise<string[]> {
  const files = ['red', 'blue'].map((color) => join(folder, `${color}.png`));
  for (const [i, file] of files.entries()) {
    const background = i === 0 ? '#e04030' : '#3060e0';
    await sharp({ create: { width: 300, height: 200, channels: 3, background } })
      .png()
      .toFile(file);
  }
  return files;
}

describe("OpenAI's client against the bundled model", { timeout: 180_000 }, () => {
  it('gets the tokens and log-probabilities that generate prints', async () => {
    const files = await pictures();
    const prompt = 'answer en what color is it?';
    const options = ['--max-new-tokens', '8', '--top-logprobs', '5', '--json'];
    const { stdout } = await runCli(['generate', '--frames', ...files, '--prompt', prompt, ...options]);
    const printed = JSON.parse(stdout) as {
      text: string;
      ids: number[];
      prompt_ids: number[];
      image_tokens: number;
      steps: { top_logprobs: number[] }[];
    };
    const answer = await client.chat.completions.create({
      ...asked('what color is it?', ...files.map(picture)),
      max_tokens: 8,
      logprobs: true,
      top_logprobs: 5,
    });
    const [choice] = answer.choices;
    expect(choice?.message.content).toBe(printed.text);
    expect(choice?.finish_reason).toBe('stop');
    const tokens = choice?.logprobs?.content ?? [];
    expect(tokens).toHaveLength(printed.ids.length);
    expect(tokens.map(({ token }) => token).join('')).toBe(printed.text);
    for (const [i, { top_logprobs, logprob }] of tokens.entries()) {
      const told = printed.steps[i]?.top_logprobs ?? [];
      top_logprobs.forEach((top, place) => {
        expect(top.logprob).toBeCloseTo(told[place] ?? NaN, 4);
      });
      expect(logprob).toBeCloseTo(told[0] ?? NaN, 4);
    }
    expect(answer.usage).toMatchObject({
      prompt_tokens: printed.image_tokens + printed.prompt_ids.length,
      completion_tokens: printed.steps.length,
      prompt_tokens_details: { image_tokens: printed.image_tokens },
    });
  });

  it('has a sample video captioned, piece by piece and at once, and asks about it', async () => {
    const link = dataUrl(COW, 'video/mp4');
    const whole = await client.chat.completions.create(asked('caption en', video(link)));
    const words = whole.choices[0]?.message.content ?? '';
    expect(words).toMatch(/balloon moves up and a cow/);
    const pieces: string[] = [];
    const stream = await client.chat.completions.create({
      ...asked('caption en', video(link)),
      stream: true,
    });
    for await (const { choices } of stream) pieces.push(choices[0]?.delta.content ?? '');
    expect(pieces.filter((piece) => piece !== '').length).toBeGreaterThan(3);
    expect(pieces.join('')).toBe(words);

    const form = new FormData();
    form.set('file', new Blob([readFileSync(COW)]), 'cow.mp4');
    const id = idOf(await call(`${url}/v1/videos`, { method: 'POST', body: form }));
    const question = asked('what color is the balloon?', video(`palistream://videos/${id}`));
    const answer = await client.chat.completions.create(question);
    expect(answer.choices[0]?.message.content).toBe('blue');

    const stopped = await client.chat.completions.create({
      ...asked('caption en', video(link)),
      stop: ' moves',
      logprobs: true,
    });
    expect(stopped.choices[0]).toMatchObject({
      message: { content: words.slice(0, words.indexOf(' moves')) },
      finish_reason: 'stop',
    });
    const kept = stopped.choices[0]?.logprobs?.content?.map(({ token }) => token).join('') ?? '';
    expect(words.startsWith(kept)).toBe(true);
    const cut = await client.chat.completions.create({ ...asked('caption en', video(link)), max_tokens: 2 });
    expect(cut.choices[0]?.finish_reason).toBe('length');
  });

  it('samples the same text from the same seed, and another for each choice', async () => {
    const files = await pictures();
    const create = () =>
      client.chat.completions.create({
        ...asked('caption en', ...files.map(picture)),
        temperature: 2,
        seed: 7,
        n: 3,
      });
    const [first, second] = [await create(), await create()];
    const texts = first.choices.map(({ message }) => message.content);
    expect(second.choices.map(({ message }) => message.content)).toEqual(texts);
    expect(new Set(texts).size).toBeGreaterThan(1);
    const greedy = await client.chat.completions.create({
      ...asked('caption en', ...files.map(picture)),
      n: 2,
    });
    expect(greedy.choices[0]?.message).toEqual(greedy.choices[1]?.message);
  });
});
