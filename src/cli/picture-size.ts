import { openCheckpoint } from '../checkpoint/open-checkpoint.js';
import type { CliContext } from './context.js';
import { engineSettings, type ModelOptions } from './model-options.js';

/** Side of the model's square; read here, so that pictures are decoded while the model process opens. */
export async function pictureSize(context: CliContext, options: ModelOptions): Promise<number> {
  const { preprocessor } = await openCheckpoint(engineSettings(context, options).directory);
  return preprocessor.size;
}
