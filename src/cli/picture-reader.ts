import { openCheckpoint } from '../checkpoint/open-checkpoint.js';
import type { Pixels } from '../shared/tensor.js';
import { readPicture } from '../source/picture.js';
import type { CliContext } from './context.js';
import { engineSettings, type ModelOptions } from './model-options.js';

/** Reads pictures as the checkpoint's preprocessor asks; known here, so that they are decoded while the model opens. */
export async function pictureReader(
  context: CliContext,
  options: ModelOptions,
): Promise<(path: string) => Promise<Pixels>> {
  const { preprocessor } = await openCheckpoint(engineSettings(context, options).directory);
  return (path) => readPicture(path, preprocessor.size, preprocessor.resample);
}
