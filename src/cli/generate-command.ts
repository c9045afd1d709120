import { Command, Option } from 'commander';
import { openLocalFile } from '../source/local-file.js';
import { openCheckpoint } from '../checkpoint/open-checkpoint.js';
import { readPicture } from '../source/picture.js';
import { RequestError, RetryableError } from '../shared/errors.js';
import type { Pixels } from '../shared/tensor.js';
import { answerPictures, generationJson } from './answer-pictures.js';
import { answerBatch } from './batch.js';
import type { CliContext } from './context.js';
import { addGenerationOptions, type GenerationFlags, generationOptions } from './generation-options.js';
import { addModelOptions, engineSettings, type ModelOptions } from './model-options.js';
import { wholeNumber } from './parse-number.js';
import { withModel } from './with-model.js';

interface GenerateOptions extends ModelOptions, GenerationFlags {
  readonly frames?: string[];
  readonly prompt?: string;
  readonly batch?: string;
  readonly topLogprobs?: number;
}

const HELP = `
Examples:
  $ palistream generate --frames a.png b.png --prompt "answer en what moves?" --json
  $ palistream generate --model ./paligemma2-3b-mix-224 --batch requests.jsonl

A batch has one request a line, {"frames":["a.png"],"prompt":"caption en"}, and optionally "max_new_tokens"
and "top_logprobs"; it is answered by one object a line, in order. A line that cannot be answered gets
{"error":{"code":"...","message":"..."}} in its place, and the exit code is 1 at the end.`;

/** The likeliest ids told for each step of JSON output. */
const DEFAULT_TOP_LOGPROBS = 5;

/** The plain door to the model: pictures and a prompt in, ids and their log-probabilities out. */
export function generateCommand(context: CliContext): Command {
  const command = new Command('generate')
    .description('give pictures and a prompt to the model as they are')
    .option('--frames <file...>', 'pictures in time order')
    .option('--prompt <text>', 'the prompt; the closing newline is added')
    .option('--batch <file>', 'a JSON Lines file of requests instead')
    .addOption(
      new Option(
        '--top-logprobs <n>',
        `likeliest ids to tell for each step (default: ${DEFAULT_TOP_LOGPROBS} with --json or --batch)`,
      ).argParser(wholeNumber(0, 100)),
    );
  return addGenerationOptions(addModelOptions(command))
    .addHelpText('after', HELP)
    .action((options: GenerateOptions) => runGenerate(context, options));
}

async function runGenerate(context: CliContext, options: GenerateOptions): Promise<void> {
  const { frames = [], prompt, batch } = options;
  if (batch !== undefined && (frames.length > 0 || prompt !== undefined)) {
    throw new RequestError(
      'option_conflict',
      '--batch brings its own frames and prompts: leave --frames and --prompt out',
    );
  }
  if (batch !== undefined) {
    await runBatch(context, options, batch);
    return;
  }
  if (frames.length === 0 || prompt === undefined) {
    throw new RequestError(
      'option_missing',
      'generate needs --frames and --prompt, or --batch: see palistream generate --help',
    );
  }
  await runOne(context, options, frames, prompt);
}

async function runOne(
  context: CliContext,
  options: GenerateOptions,
  frames: readonly string[],
  prompt: string,
): Promise<void> {
  const json = options.json === true;
  const chosen = generationOptions(options, options.topLogprobs ?? (json ? DEFAULT_TOP_LOGPROBS : 0));
  for (const file of frames) await openLocalFile(file); // a wrong path is told before anything is started
  await withModel(context, options, async (model) => {
    const size = await pictureSize(context, options);
    const begun = performance.now();
    const pictures: Pixels[] = [];
    for (const file of frames) pictures.push(await readPicture(file, size));
    const readMs = performance.now() - begun;
    const streams = !json && context.stdout.isTTY;
    const generation = await answerPictures(
      model,
      { pictures, prompt, options: chosen },
      context.signal,
      (text) => {
        if (streams) context.stdout.write(text);
      },
    );
    if (json) context.stdout.write(`${generationJson(generation, readMs)}\n`);
    else context.stdout.write(streams ? '\n' : `${generation.text}\n`);
  });
}

async function runBatch(context: CliContext, options: GenerateOptions, file: string): Promise<void> {
  let failures = 0;
  let answers = 0;
  await withModel(context, options, async (model) => {
    const size = await pictureSize(context, options);
    const batch = answerBatch(file, {
      readPicture: (path) => readPicture(path, size),
      answer: (question) => answerPictures(model, question, context.signal),
      optionsOf: (request) =>
        generationOptions(
          { ...options, maxNewTokens: request.max_new_tokens ?? options.maxNewTokens },
          request.top_logprobs ?? options.topLogprobs ?? DEFAULT_TOP_LOGPROBS,
        ),
    });
    for await (const { line, failed } of batch) {
      context.stdout.write(`${line}\n`);
      answers++;
      if (failed) failures++;
    }
  });
  if (failures > 0) {
    throw new RetryableError(
      'batch_incomplete',
      `${failures} of ${answers} requests could not be answered: see the lines with "error"`,
    );
  }
}

/** Side of the model's square; read here, so that pictures are decoded while the model process opens. */
async function pictureSize(context: CliContext, options: GenerateOptions): Promise<number> {
  const { preprocessor } = await openCheckpoint(engineSettings(context, options).directory);
  return preprocessor.size;
}
