import type { Model } from '../model/model.js';
import type { Pixels } from '../shared/tensor.js';
import { answerPictures, generationJson } from './answer-pictures.js';
import type { CliContext } from './context.js';
import { DEFAULT_TOP_LOGPROBS, type GenerateOptions } from './generate-options.js';
import { generationOptions } from './generation-options.js';
import { pictureReader } from './picture-reader.js';

/** Answers one prompt about some pictures, which are read while the model opens. */
export async function printGeneration(
  context: CliContext,
  model: Model,
  options: GenerateOptions,
  frames: readonly string[],
  prompt: string,
): Promise<void> {
  const { stdout, signal } = context;
  const json = options.json === true;
  const readPicture = await pictureReader(context, options);
  const begun = performance.now();
  const pictures: Pixels[] = [];
  for (const file of frames) pictures.push(await readPicture(file)); // one after the other: they may be large
  const readMs = performance.now() - begun;
  const chosen = generationOptions(options, options.topLogprobs ?? (json ? DEFAULT_TOP_LOGPROBS : 0));
  const streams = !json && stdout.isTTY;
  const generation = await answerPictures(model, { pictures, prompt, options: chosen }, signal, (text) => {
    if (streams) stdout.write(text);
  });
  if (json) stdout.write(`${generationJson(generation, readMs)}\n`);
  else stdout.write(streams ? '\n' : `${generation.text}\n`);
}
