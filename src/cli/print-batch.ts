import type { Model } from '../model/model.js';
import { RetryableError } from '../shared/errors.js';
import { answerPictures } from './answer-pictures.js';
import { answerBatch } from './batch.js';
import type { CliContext } from './context.js';
import { DEFAULT_TOP_LOGPROBS, type GenerateOptions } from './generate-options.js';
import { generationOptions } from './generation-options.js';
import { pictureReader } from './picture-reader.js';

/** Prints one line for each request of a batch. @throws RetryableError at the end when not all were answered */
export async function printBatch(
  context: CliContext,
  model: Model,
  options: GenerateOptions,
  file: string,
): Promise<void> {
  const readPicture = await pictureReader(context, options);
  const batch = answerBatch(file, {
    readPicture,
    answer: (question) => answerPictures(model, question, context.signal),
    optionsOf: (request) =>
      generationOptions(
        { ...options, maxNewTokens: request.max_new_tokens ?? options.maxNewTokens },
        request.top_logprobs ?? options.topLogprobs ?? DEFAULT_TOP_LOGPROBS,
      ),
  });
  let failures = 0;
  let answers = 0;
  for await (const { line, failed } of batch) {
    context.stdout.write(`${line}\n`);
    answers++;
    if (failed) failures++;
  }
  if (failures === 0) return;
  throw new RetryableError(
    'batch_incomplete',
    `${failures} of ${answers} requests could not be answered: see the lines with "error"`,
  );
}
