import type { Random } from './random.js';
import type { Scene } from './scene.js';
import { PLACE_NAMES } from './vocabulary.js';

const ASPECTS = [1, 4 / 3, 16 / 9] as const;
/** How many drawings of each place there are. */
export const BACKGROUND_VARIANTS = 40;

/** A place to play in: its drawing, the part of it that is seen, the shape of the picture. */
export function stage(random: Random, seed: number): Omit<Scene, 'groups' | 'sign' | 'moving'> {
  const zoom = random.between(0.75, 1);
  return {
    seed,
    aspect: random.pick(ASPECTS),
    place: random.pick(PLACE_NAMES),
    variant: random.whole(0, BACKGROUND_VARIANTS - 1),
    crop: {
      x: random.between(0, 1 - zoom),
      y: random.between(0, (1 - zoom) / 2),
      zoom,
      flip: random.chance(0.5),
    },
  };
}
