import { findMotion } from './find-motion.js';
import { poseAt } from './motion.js';
import type { Random } from './random.js';
import { restAt } from './rest.js';
import type { Motion, Sign } from './scene.js';
import { SIGN_TEXTS, SIGN_WORD_COUNT } from './vocabulary.js';

/** A word, or less often a number. */
function anyText(random: Random): string {
  const words = random.chance(0.65);
  return random.pick(words ? SIGN_TEXTS.slice(0, SIGN_WORD_COUNT) : SIGN_TEXTS.slice(SIGN_WORD_COUNT));
}

/** A sign where there is room for it; null where there is none. */
export function placeSign(
  random: Random,
  aspect: number,
  placed: readonly Motion[],
  text?: string,
): Sign | null {
  const size = random.between(0.34, 0.5);
  const half = Math.min(0.45, (0.6 * size) / aspect);
  // A sign is wider than high, and its letters must be seen.
  const motion = findMotion(
    placed,
    aspect,
    () => restAt(random.between(half, 1 - half), random.between(0.5 * size, 1 - 0.5 * size), size),
    0.62,
  );
  if (motion === null) return null;
  return {
    text: text ?? anyText(random),
    font: random.whole(0, 2),
    board: random.whole(0, 5),
    pose: poseAt(motion, 0),
  };
}
