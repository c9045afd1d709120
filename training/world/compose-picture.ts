import { addGroup } from './add-group.js';
import { freshKind } from './cast.js';
import { placeSign } from './place-sign.js';
import { Random } from './random.js';
import type { Group, Motion, Scene } from './scene.js';
import { crowdSize } from './sizes.js';
import { stage } from './stage.js';

/** Things may cover each other in part in a quarter of the pictures. */
const CLOSE = 0.33;

/** What there is more of in some pictures of training than in the world: neither changes a picture without it. */
export interface PictureShares {
  /** How often there is a sign, where there is room for it. */
  readonly signs?: number;
  /** How often a group is mostly of four to six, which are the hardest to find and to count. */
  readonly crowds?: number;
}

/** How often a group is of one, two, ... six things. */
const COUNTS = [56, 14, 10, 8, 6, 6];
const CROWDED = [8, 8, 14, 22, 24, 24];

/** A still picture: one to three groups, at most six things, sometimes a sign. */
export function composePicture(seed: number, { signs = 0.35, crowds = 0 }: PictureShares = {}): Scene {
  const random = new Random(seed ^ 0x5bd1e995);
  const counts = new Random(seed ^ 0x3c6ef372).chance(crowds) ? CROWDED : COUNTS;
  for (;;) {
    const base = stage(random, seed);
    const groups: Group[] = [];
    const placed: Motion[] = [];
    const wanted = 1 + random.weighted([45, 35, 20]);
    const room = random.chance(0.25) ? CLOSE : undefined;
    let total = 0;
    for (let g = 0; g < wanted; g++) {
      const left = 6 - total;
      const count = Math.min(
        left,
        wanted === 3 ? 1 : 1 + random.weighted(wanted === 1 ? counts : [...counts.slice(0, 5), 0]),
      );
      if (count < 1) continue;
      const size =
        count > 1
          ? crowdSize(random, count)
          : wanted === 1
            ? random.between(0.24, 0.85)
            : random.between(0.23, 0.44);
      const kind = freshKind(random, groups);
      if (addGroup(random, base.aspect, groups, placed, { kind, action: 'still', count, size, room }))
        total += count;
    }
    const sign = random.chance(signs) ? placeSign(random, base.aspect, placed) : null;
    if (groups.length === 0) continue;
    return { ...base, groups, interaction: null, inTurn: false, sign, moving: false };
  }
}
