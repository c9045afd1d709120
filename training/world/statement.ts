import { KINDS } from './kinds.js';
import type { Random } from './random.js';
import { partyOf } from './say.js';
import type { Group, Scene } from './scene.js';
import type { Task } from './task.js';
import { ENGLISH, withArticle } from './tongues/english.js';
import { PLACE_NAMES, PLACES } from './vocabulary.js';

const NUMBERS = ['no', 'one', 'two', 'three', 'four', 'five', 'six'];
const countOf = (scene: Scene, group: Group): number =>
  scene.groups
    .filter((other) => other.kind === group.kind)
    .reduce((sum, other) => sum + other.members.length, 0);
const holds = (scene: Scene, group: Group): boolean =>
  scene.groups.some((other) => other.kind === group.kind);

/** A statement about two pictures that is true or false, as NLVR2 has them; both as likely. */
export function statement(left: Scene, right: Scene, random: Random): Task {
  const wanted = random.chance(0.5);
  for (;;) {
    const candidate = anyStatement(left, right, random);
    if (candidate.truth === wanted)
      return { type: 'statement', prompt: `answer en ${candidate.text}`, answer: wanted ? 'True' : 'False' };
  }
}

function anyStatement(left: Scene, right: Scene, random: Random): { text: string; truth: boolean } {
  const side = random.chance(0.5) ? 'left' : 'right';
  const [scene, other] = side === 'left' ? [left, right] : [right, left];
  const group = random.pick([...scene.groups, ...other.groups]);
  const kind = random.chance(0.2) ? random.pick(KINDS) : group.kind;
  const asked: Group = { ...group, kind };
  switch (random.whole(0, 6)) {
    case 0:
      return {
        text: `both pictures show ${withArticle(kind.name)}.`,
        truth: holds(left, asked) && holds(right, asked),
      };
    case 1:
      return {
        text: `one of the pictures shows ${withArticle(kind.name)}.`,
        truth: holds(left, asked) || holds(right, asked),
      };
    case 2:
      return {
        text: `there is ${withArticle(kind.name)} in the ${side} picture.`,
        truth: holds(scene, asked),
      };
    case 3: {
      const count = random.chance(0.5) ? countOf(scene, asked) : random.whole(1, 6);
      const said = ENGLISH.some({ ...partyOf(asked), colour: null, count });
      return {
        text: `the ${side} picture shows ${count === 0 ? `no ${kind.plural}` : count === 1 ? `exactly one ${kind.name}` : said}.`,
        truth: countOf(scene, asked) === count,
      };
    }
    case 4: {
      const place = random.chance(0.5) ? scene.place : random.pick(PLACE_NAMES);
      return { text: `the ${side} picture is ${PLACES[place]}.`, truth: scene.place === place };
    }
    case 5: {
      const total = (of: Scene): number => of.groups.reduce((sum, each) => sum + each.members.length, 0);
      const sum = total(left) + total(right);
      const said = random.chance(0.5) ? sum : random.whole(2, 8);
      return {
        text: `there are ${NUMBERS[said] ?? String(said)} things in the two pictures.`,
        truth: sum === said,
      };
    }
    default:
      return {
        text: `the ${side} picture shows more things than the other.`,
        truth:
          scene.groups.reduce((sum, each) => sum + each.members.length, 0) >
          other.groups.reduce((sum, each) => sum + each.members.length, 0),
      };
  }
}
