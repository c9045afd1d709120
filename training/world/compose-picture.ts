import { addGroup } from './add-group.js';
import { freshKind } from './cast.js';
import { placeSign } from './place-sign.js';
import { Random } from './random.js';
import type { Group, Motion, Scene } from './scene.js';
import { crowdSize } from './sizes.js';
import { stage } from './stage.js';

/** A still picture: one to three groups, at most six things, sometimes a sign. */
export function composePicture(seed: number): Scene {
  const random = new Random(seed ^ 0x5bd1e995);
  for (;;) {
    const base = stage(random, seed);
    const groups: Group[] = [];
    const placed: Motion[] = [];
    const wanted = 1 + random.weighted([45, 35, 20]);
    for (let g = 0; g < wanted; g++) {
      const count = wanted === 3 ? 1 : 1 + random.weighted([60, 16, 12, 7, wanted === 1 ? 5 : 0]);
      const size =
        count > 1
          ? crowdSize(random, count)
          : wanted === 1
            ? random.between(0.24, 0.85)
            : random.between(0.23, 0.44);
      addGroup(random, base.aspect, groups, placed, freshKind(random, groups), 'still', count, size);
    }
    const sign = random.chance(0.3) ? placeSign(random, base.aspect, placed) : null;
    if (groups.length === 0 && sign === null) continue;
    return { ...base, groups, sign, moving: false };
  }
}
