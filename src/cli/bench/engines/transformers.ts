import { basename, dirname } from 'node:path';
import { messageOf } from '../../../shared/errors.js';
import type { BenchEngine, EngineSettings, Writing } from './bench-engine.js';

type Settings = Extract<EngineSettings, { kind: 'transformers.js' }>;

/** What is used of `@huggingface/transformers`. */
interface Transformers {
  readonly env: Record<string, unknown>;
  readonly Tensor: new (type: string, data: BigInt64Array | Float32Array, dims: readonly number[]) => unknown;
  readonly PaliGemmaForConditionalGeneration: {
    from_pretrained(name: string, options: object): Promise<TransformersModel>;
  };
}

interface TransformersModel {
  encode_image(inputs: object): Promise<unknown>;
  generate(options: object): Promise<unknown>;
  dispose(): Promise<unknown>;
}

/** Hears of each id as it is chosen, the prompt first. */
interface Streamer {
  put(ids: unknown): void;
  end(): void;
}

const CHANNELS = 3;
const BOS = 2;

/** transformers.js on a folder in its layout, on the processor, with as many threads as the others. */
export async function openTransformers(settings: Settings): Promise<BenchEngine> {
  const name = '@huggingface/transformers';
  const library = (await import(name)) as Transformers;
  const { directory, type, threads, imageSize, imageTokens, imageTokenId } = settings;
  Object.assign(library.env, { allowRemoteModels: false, localModelPath: dirname(directory) });
  const model = await library.PaliGemmaForConditionalGeneration.from_pretrained(basename(directory), {
    device: 'cpu',
    dtype: { vision_encoder: 'fp32', embed_tokens: 'fp32', decoder_model_merged: type },
    local_files_only: true,
    session_options: { intraOpNumThreads: threads, interOpNumThreads: 1 },
  });
  const integers = (values: readonly number[]) =>
    new library.Tensor('int64', BigInt64Array.from(values, BigInt), [1, values.length]);
  const pixels = (frames: number) => {
    const data = Float32Array.from({ length: frames * CHANNELS * imageSize ** 2 }, (_, i) => Math.sin(i));
    return new library.Tensor('float32', data, [frames, CHANNELS, imageSize, imageSize]);
  };
  const prompt = [BOS, 5, 6, 7];
  const generate = (ids: readonly number[], words: number, streamer: Streamer, images: object = {}) =>
    model.generate({
      input_ids: integers(ids),
      attention_mask: integers(ids.map(() => 1)),
      ...images,
      max_new_tokens: words,
      do_sample: false,
      streamer,
    });
  return {
    encode: async (frames) => {
      await model.encode_image({ pixel_values: pixels(frames) });
    },
    prefill: (rows, words) => {
      const ids = Array.from({ length: rows }, (_, i) => prompt[i % prompt.length] ?? 0);
      return inSteps((streamer) => generate(ids, words + 1, streamer));
    },
    together: null,
    caption: async (frames, words, onFirstWord) => {
      const ids = [...Array.from({ length: frames * imageTokens }, () => imageTokenId), ...prompt];
      let told = 0;
      const put = () => {
        if (told++ === 1) onFirstWord();
      };
      await generate(ids, words, { put, end: () => undefined }, { pixel_values: pixels(frames) });
    },
    close: async () => {
      await model.dispose();
    },
  };
}

/**
 * A generation that is driven from inside, told word by word. Words are not held back: the time between two calls of
 * `next` that wait is the time of a step.
 */
async function inSteps(start: (streamer: Streamer) => Promise<unknown>): Promise<Writing> {
  let known = -1; // the prompt is told first
  let wake: () => void = () => undefined;
  let failure: Error | null = null;
  const whole = start({
    put: () => {
      known++;
      wake();
    },
    end: () => undefined,
  }).then(
    () => undefined,
    (error: unknown) => {
      failure = error instanceof Error ? error : new Error(messageOf(error));
      wake();
    },
  );
  let asked = 0;
  const next = async (): Promise<void> => {
    asked++;
    while (known < asked && failure === null) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    if (failure !== null) throw failure;
  };
  await next();
  return { next, end: () => whole };
}
