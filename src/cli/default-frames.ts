import { join } from 'node:path';
import { MAX_CONFIG_BYTES } from '../checkpoint/limits.js';
import { parseConfig } from '../checkpoint/parse-config.js';
import { parseJson } from '../checkpoint/parse-json.js';
import { readBoundedFile } from '../checkpoint/read-bounded-file.js';
import { isBundledModel } from './bundled-model.js';

/** What the bundled model was trained on, and what PaliGemma was trained on. */
const BUNDLED_FRAMES = 8;
const PALIGEMMA_FRAMES = 16;
/** Tokens left for the prompt and what is written behind it. */
const TEXT_TOKENS = 256;

/** How many frames of a video a model looks at together when nothing is said: at most as many as it has room for. */
export async function defaultFrames(modelDirectory: string): Promise<number> {
  if (isBundledModel(modelDirectory)) return BUNDLED_FRAMES;
  const file = join(modelDirectory, 'config.json');
  try {
    const { config } = parseConfig(parseJson(await readBoundedFile(file, MAX_CONFIG_BYTES), file), file);
    const room = Math.floor((config.text.maxPositions - TEXT_TOKENS) / config.imageTokens);
    return Math.max(1, Math.min(PALIGEMMA_FRAMES, room));
  } catch {
    return PALIGEMMA_FRAMES; // big_vision's layout has none; whoever opens the checkpoint tells what is wrong with it
  }
}
