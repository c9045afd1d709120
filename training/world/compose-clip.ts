import { addGroup } from './add-group.js';
import { addInteraction } from './add-interaction.js';
import { freshKind } from './cast.js';
import { placeSign } from './place-sign.js';
import { Random } from './random.js';
import type { Group, Motion, Scene } from './scene.js';
import { crowdSize, soloSize } from './sizes.js';
import { stage } from './stage.js';
import { ACTION_NAMES, INTERACTION_NAMES, type Action } from './vocabulary.js';

const PLOTS = ['one', 'crowd', 'two', 'inTurn', 'interaction', 'sign'] as const;
/** How often each of PLOTS is played. */
const WEIGHTS = [24, 16, 24, 10, 18, 8] as const;
/** What a crowd can do without leaving the picture or covering one another. */
const CALM: readonly Action[] = [
  'still',
  'left',
  'right',
  'up',
  'down',
  'spin',
  'jump',
  'appear',
  'disappear',
];
/** What has a beginning and an end within the clip. */
const BRIEF: readonly Action[] = ['left', 'right', 'up', 'down', 'closer', 'away', 'spin', 'jump'];

/** A moving scene: one thing, a crowd, two or three that differ, one after the other, an interaction, a sign. */
export function composeClip(seed: number): Scene {
  const random = new Random(seed);
  for (;;) {
    const base = stage(random, seed);
    const { aspect } = base;
    const groups: Group[] = [];
    const placed: Motion[] = [];
    const plot = PLOTS[random.weighted(WEIGHTS)] ?? 'one';
    const action = random.pick(ACTION_NAMES);
    const add = (doing: Action, count: number, size: number, span?: { from: number; to: number }): boolean =>
      addGroup(random, aspect, groups, placed, {
        kind: freshKind(random, groups),
        action: doing,
        count,
        size,
        span,
      });
    switch (plot) {
      case 'one':
        add(action, 1, soloSize(random));
        break;
      case 'crowd': {
        const count = random.whole(2, 6);
        add(random.pick(CALM), count, crowdSize(random, count));
        if (count < 4 && random.chance(0.3)) add('still', 1, crowdSize(random, 4));
        break;
      }
      case 'two': {
        const second = random.chance(0.35) ? 'still' : random.pick(ACTION_NAMES);
        for (const doing of [action, second]) add(doing, 1, random.between(0.24, 0.42));
        if (random.chance(0.15)) add('still', 1, random.between(0.22, 0.3));
        if (groups.length < 2) continue;
        break;
      }
      case 'inTurn':
        add(random.pick(BRIEF), 1, random.between(0.24, 0.38), { from: 0, to: 0.42 });
        add(random.pick(BRIEF), 1, random.between(0.24, 0.38), { from: 0.52, to: 0.95 });
        if (groups.length < 2) continue;
        break;
      case 'interaction':
        break;
      case 'sign':
        if (random.chance(0.8)) add(action, 1, random.between(0.22, 0.4));
    }
    const interaction = plot === 'interaction' ? random.pick(INTERACTION_NAMES) : null;
    if (interaction !== null) addInteraction(random, aspect, groups, interaction);
    const wantsSign = plot === 'sign' || (plot === 'one' && random.chance(0.12));
    const sign = wantsSign ? placeSign(random, aspect, placed) : null;
    if (groups.length === 0 && sign === null) continue;
    return { ...base, groups, interaction, inTurn: plot === 'inTurn', sign, moving: true };
  }
}
