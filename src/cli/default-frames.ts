import { isBundledModel } from './bundled-model.js';

/** What the bundled model was trained on, and what PaliGemma was trained on. */
const BUNDLED_FRAMES = 8;
const PALIGEMMA_FRAMES = 16;

/** How many frames a model looks at together when nothing is said. */
export function defaultFrames(modelDirectory: string): number {
  return isBundledModel(modelDirectory) ? BUNDLED_FRAMES : PALIGEMMA_FRAMES;
}
