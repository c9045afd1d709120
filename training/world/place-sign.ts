import { findMotion } from './find-motion.js';
import { poseAt } from './motion.js';
import type { Random } from './random.js';
import { restAt } from './rest.js';
import type { Motion, Sign } from './scene.js';
import { SIGN_WORDS, type SignWord } from './vocabulary.js';

/** A sign where there is room for it; null where there is none. */
export function placeSign(
  random: Random,
  aspect: number,
  placed: readonly Motion[],
  word?: SignWord,
): Sign | null {
  const size = random.between(0.34, 0.5);
  const half = Math.min(0.45, (0.6 * size) / aspect);
  const motion = findMotion(placed, aspect, () =>
    restAt(random.between(half, 1 - half), random.between(0.5 * size, 1 - 0.5 * size), size),
  );
  if (motion === null) return null;
  return {
    word: word ?? random.pick(SIGN_WORDS),
    font: random.whole(0, 2),
    board: random.whole(0, 5),
    pose: poseAt(motion, 0),
  };
}
