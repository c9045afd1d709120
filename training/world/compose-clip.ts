import { addChase } from './add-chase.js';
import { addGroup } from './add-group.js';
import { freshKind } from './cast.js';
import { placeSign } from './place-sign.js';
import { Random } from './random.js';
import type { Group, Motion, Scene } from './scene.js';
import { crowdSize, soloSize } from './sizes.js';
import { stage } from './stage.js';
import { ACTION_NAMES, type Action } from './vocabulary.js';

/** A moving scene: one thing, several of a kind, two that differ, a chase, or a sign with or without a thing. */
export function composeClip(seed: number): Scene {
  const random = new Random(seed);
  for (;;) {
    const base = stage(random, seed);
    const groups: Group[] = [];
    const placed: Motion[] = [];
    const { aspect } = base;
    const plot = random.weighted([34, 20, 28, 12, 6]);
    const action = random.pick(ACTION_NAMES);
    if (plot === 0) {
      addGroup(random, aspect, groups, placed, freshKind(random, groups), action, 1, soloSize(random));
    } else if (plot === 1) {
      const count = random.whole(2, 5);
      const calm: Action[] = ['still', 'left', 'right', 'up', 'down', 'spin', 'jump', 'appear', 'disappear'];
      const kind = freshKind(random, groups);
      addGroup(random, aspect, groups, placed, kind, random.pick(calm), count, crowdSize(random, count));
    } else if (plot === 2) {
      const second = random.chance(0.4) ? 'still' : random.pick(ACTION_NAMES);
      for (const doing of [action, second])
        addGroup(
          random,
          aspect,
          groups,
          placed,
          freshKind(random, groups),
          doing,
          1,
          random.between(0.25, 0.45),
        );
      if (groups.length < 2) continue;
    } else if (plot === 3) {
      addChase(random, aspect, groups);
    } else if (random.chance(0.8)) {
      addGroup(
        random,
        aspect,
        groups,
        placed,
        freshKind(random, groups),
        action,
        1,
        random.between(0.22, 0.4),
      );
    }
    const wantsSign = plot === 4 || (plot === 0 && random.chance(0.1));
    const sign = wantsSign ? placeSign(random, aspect, placed) : null;
    if (groups.length === 0 && sign === null) continue;
    return { ...base, groups, sign, moving: true };
  }
}
