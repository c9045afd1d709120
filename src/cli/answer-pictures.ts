import type { Generation, GenerationOptions } from '../language/generation.js';
import type { Model, ModelRequest } from '../model/model.js';
import { BugError } from '../shared/errors.js';
import type { Pixels } from '../shared/tensor.js';
import { pixelsKey } from '../pipeline/completion/pixels-key.js';
import { roundMs } from '../pipeline/json/round-ms.js';

/** Pictures as the model sees them and what is asked about them. */
export interface PictureQuestion {
  readonly pictures: readonly Pixels[];
  readonly prompt: string;
  readonly options: GenerationOptions;
}

/** One request to the model; a picture's key is its pixels' digest, so one that comes again is encoded once. */
export function pictureRequest({ pictures, prompt, options }: PictureQuestion): ModelRequest {
  const frames = pictures.map((pixels) => ({ key: pixelsKey(pixels), pixels }));
  return { frames, prompt, options };
}

/** The whole answer; each piece of text is told as it comes. */
export async function answerPictures(
  model: Model,
  question: PictureQuestion,
  signal: AbortSignal,
  onText: (text: string) => void = () => undefined,
): Promise<Generation> {
  for await (const event of model.generate(pictureRequest(question), signal)) {
    if (event.kind === 'done') return event.generation;
    onText(event.step.text);
  }
  throw new BugError('model_silent', 'the model ended without an answer: report it');
}

/** An answer as one line of JSON, as `generate` words it. `steps` has one entry for each id chosen, eos included. */
export function generationJson(generation: Generation, readMs: number): string {
  const { encodeMs, prefillMs, decodeMs } = generation.timing;
  return JSON.stringify({
    ids: generation.ids,
    text: generation.text,
    steps: generation.steps.map((step) => ({ top_ids: step.topIds, top_logprobs: step.topLogprobs })),
    image_tokens: generation.imageTokens,
    prompt_ids: generation.promptIds,
    timing_ms: {
      read: roundMs(readMs),
      encode: roundMs(encodeMs),
      prefill: roundMs(prefillMs),
      decode: roundMs(decodeMs),
    },
  });
}
