import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runCli } from './start-cli.js';

const TINY = 'test/fixtures/paligemma-tiny';
const directory = mkdtempSync(join(tmpdir(), 'generate-'));
const env = { PALISTREAM_CACHE_DIR: join(directory, 'cache') };

interface Expected {
  readonly max_new_tokens: number;
  readonly eos: number;
  readonly cases: readonly {
    readonly frames: readonly number[];
    readonly prompt: string;
    readonly input_ids_after_image: readonly number[];
    readonly image_tokens: number;
    readonly greedy_ids: readonly number[];
    readonly greedy_text: string;
    readonly steps: readonly {
      readonly top_ids: readonly number[];
      readonly top_logprobs: readonly number[];
    }[];
  }[];
}

interface Answer {
  readonly ids: number[];
  readonly text: string;
  readonly steps: { top_ids: number[]; top_logprobs: number[] }[];
  readonly image_tokens: number;
  readonly prompt_ids: number[];
  readonly timing_ms: Record<string, number>;
}

const frameFile = (index: number) => join('frames', `${String(index).padStart(2, '0')}.png`);

afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

describe('generate', () => {
  it.each(['paligemma1-tiny-f32', 'paligemma1-tiny-bf16-sharded', 'paligemma2-tiny-bf16'])(
    'answers a batch as the reference does: %s',
    async (name) => {
      const model = join(TINY, name);
      const expected = JSON.parse(readFileSync(join(model, 'expected.json'), 'utf8')) as Expected;
      const requests = expected.cases.map(({ frames, prompt }) => ({
        frames: frames.map((index) => join(process.cwd(), model, frameFile(index))),
        prompt,
      }));
      const batch = join(directory, `${name}.jsonl`);
      writeFileSync(batch, requests.map((request) => JSON.stringify(request)).join('\n\n'));
      const limit = String(expected.max_new_tokens);
      const args = ['--model', model, '--batch', batch, '--max-new-tokens', limit, '--precision', 'f32'];
      const { code, stdout, stderr } = await runCli(['generate', ...args, '--top-logprobs', '5', '--json'], {
        env,
      });
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      const answers = stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Answer);
      expect(answers.length).toBe(expected.cases.length);
      expected.cases.forEach((wanted, i) => {
        const answer = answers[i];
        const closing = wanted.greedy_ids.at(-1) === expected.eos ? -1 : undefined;
        expect(answer?.ids).toEqual(wanted.greedy_ids.slice(0, closing));
        expect(answer?.text).toBe(wanted.greedy_text);
        expect(answer?.prompt_ids).toEqual(wanted.input_ids_after_image);
        expect(answer?.image_tokens).toBe(wanted.image_tokens);
        expect(answer?.steps.map((step) => step.top_ids[0])).toEqual(
          wanted.steps.map((step) => step.top_ids[0]),
        );
        const logprobs = answer?.steps.flatMap((step) => step.top_logprobs) ?? [];
        const errors = wanted.steps
          .flatMap((step) => step.top_logprobs)
          .map((logprob, at) => Math.abs(logprob - (logprobs[at] ?? NaN)));
        expect(Math.max(...errors)).toBeLessThan(1e-3);
      });
    },
  );

  it('answers one request from the command line, the same from a relative batch', async () => {
    const model = join(process.cwd(), TINY, 'paligemma1-tiny-f32');
    const frames = [frameFile(4), frameFile(5)].map((file) => join(model, file));
    const options = ['--model', model, '--max-new-tokens', '4', '--json'];
    const one = await runCli(['generate', '--frames', ...frames, '--prompt', 'caption en', ...options], {
      env,
    });
    expect(one.code).toBe(0);
    const answer = JSON.parse(one.stdout) as Answer;
    expect(answer.ids.length).toBe(4);
    expect(answer.steps.map((step) => step.top_ids.length)).toEqual([5, 5, 5, 5]);
    expect(Object.keys(answer.timing_ms)).toEqual(['read', 'encode', 'prefill', 'decode']);

    const beside = join(model, 'frames');
    const batch = join(directory, 'relative.jsonl');
    writeFileSync(batch, '{"frames":["04.png","05.png"],"prompt":"caption en","top_logprobs":0}\n');
    const inFolder = await runCli(['generate', '--batch', batch, ...options], { env, cwd: beside });
    expect((JSON.parse(inFolder.stdout) as Answer).ids).toEqual(answer.ids);
    expect((JSON.parse(inFolder.stdout) as Answer).steps.map((step) => step.top_ids)).toEqual([
      [],
      [],
      [],
      [],
    ]);
  });

  it('puts an error in the place of each line it cannot answer, and goes on', async () => {
    const model = join(TINY, 'paligemma1-tiny-f32');
    const good = JSON.stringify({
      frames: [join(process.cwd(), model, frameFile(1))],
      prompt: 'caption en',
      max_new_tokens: 2,
    });
    const batch = join(directory, 'mixed.jsonl');
    writeFileSync(batch, ['not json', good, '{"frames":["gone.png"],"prompt":"x"}', good].join('\n'));
    const { code, stdout, stderr } = await runCli(['generate', '--model', model, '--batch', batch], { env });
    expect(code).toBe(1);
    expect(stderr).toBe('palistream: 2 of 4 requests could not be answered: see the lines with "error"\n');
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { ids?: number[]; error?: { code: string } });
    expect(lines.map((line) => line.error?.code ?? line.ids?.length)).toEqual([
      'bad_batch_line',
      2,
      'no_such_file',
      2,
    ]);
  });

  it('ends lines of a batch at line feeds only, and takes a byte order mark off', async () => {
    const model = join(TINY, 'paligemma1-tiny-f32');
    const asks = (prompt: string) =>
      JSON.stringify({
        frames: [join(process.cwd(), model, frameFile(1))],
        prompt,
        max_new_tokens: 1,
        top_logprobs: 0,
      });
    const batch = join(directory, 'marked.jsonl');
    writeFileSync(batch, `\uFEFF${asks('caption en')}\r\n${asks('caption\u2028en\u2029')}\r\n`);
    const { code, stdout, stderr } = await runCli(['generate', '--model', model, '--batch', batch], { env });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const answers = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Answer);
    expect(answers.map(({ ids }) => ids.length)).toEqual([1, 1]);
  });

  it('answers no line of a batch when the model cannot be opened', async () => {
    const model = join(TINY, 'paligemma1-tiny-f32');
    const line = JSON.stringify({ frames: [join(process.cwd(), model, frameFile(1))], prompt: 'caption en' });
    const batch = join(directory, 'unopened.jsonl');
    writeFileSync(batch, `${line}\n${line}\n`);
    const args = ['--model', model, '--batch', batch, '--adapter', join(directory, 'gone')];
    const { code, stdout, stderr } = await runCli(['generate', ...args], { env });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^palistream: [^\n]*gone[^\n]*\n$/);
  });

  it.each([
    [['generate'], 'generate needs --frames and --prompt'],
    [['generate', '--frames', 'gone.png', '--prompt', 'x'], 'there is no file "gone.png"'],
    [['generate', '--batch', 'gone.jsonl'], 'there is no file "gone.jsonl"'],
    [['generate', '--batch', 'x', '--prompt', 'x'], '--batch brings its own'],
    [
      ['generate', '--frames', 'x', '--prompt', 'x', '--beams', '2', '--seed', '1'],
      '--beams cannot be used with',
    ],
    [['generate', '--batch', 'package.json', '--beams', '2', '--seed', '1'], '--beams cannot be used with'],
    [['generate', '--frames', 'package.json', '--prompt', 'x', '--model', TINY], 'config.json'],
    [['generate', '--frames', 'package.json', '--prompt', 'x', '--model', '/nowhere'], '/nowhere'],
    [['generate', '--precision', 'f64'], "'f64' is invalid"],
    [['generate', '--max-new-tokens', '-1'], "'-1' is invalid"],
    [['generate', '--nonsense'], "unknown option '--nonsense'"],
  ])('says in one line what is wrong with %j', async (args, message) => {
    const { code, stdout, stderr } = await runCli(args, { env });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^palistream: [^\n]*\n$/);
    expect(stderr).toContain(message);
  });
});
