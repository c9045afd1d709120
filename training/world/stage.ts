import type { Random } from './random.js';
import type { Scene } from './scene.js';
import { LIGHTS, PLACE_NAMES } from './vocabulary.js';

const ASPECTS = [1, 4 / 3, 16 / 9] as const;
/** How many drawings of each place there are. */
export const BACKGROUND_VARIANTS = 40;

/** A place to play in: its drawing, the part of it that is seen, the shape of the picture. */
export function stage(
  random: Random,
  seed: number,
): Omit<Scene, 'groups' | 'interaction' | 'inTurn' | 'sign' | 'moving'> {
  const zoom = random.between(0.75, 1);
  const place = random.pick(PLACE_NAMES);
  const light = LIGHTS[random.weighted([60, 20, 20])] ?? 'day';
  const rough = random.chance(0.6);
  return {
    seed,
    aspect: random.pick(ASPECTS),
    place,
    // A starry sky is dark by itself.
    light: place === 'night' ? 'day' : light,
    camera: {
      noise: rough ? random.between(0, 9) : 0,
      blur: rough ? random.between(0, 0.7) : 0,
      loss: rough ? random.between(0, 0.8) : 0,
    },
    variant: random.whole(0, BACKGROUND_VARIANTS - 1),
    crop: {
      x: random.between(0, 1 - zoom),
      y: random.between(0, (1 - zoom) / 2),
      zoom,
      flip: random.chance(0.5),
    },
  };
}
