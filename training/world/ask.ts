import { KINDS } from './kinds.js';
import { poseAt } from './motion.js';
import type { Random } from './random.js';
import { actionOf, doing, happening, inReadingOrder, say, seen } from './say.js';
import type { Group, Scene } from './scene.js';
import { ACTION_NAMES, ACTIONS, PLACES } from './vocabulary.js';
import { noun, someOf, the, withArticle } from './words.js';

/** A prompt of PaliGemma with the text that answers it; `type` is what an evaluation counts it under. */
export interface Task {
  readonly type: string;
  readonly prompt: string;
  readonly answer: string;
}

const THIRDS = { left: 'on the left', middle: 'in the middle', right: 'on the right' } as const;

/** Which third of the width a thing is in, null where people would disagree. */
function third(x: number): keyof typeof THIRDS | null {
  if (x < 0.36) return 'left';
  if (x > 0.64) return 'right';
  return x > 0.42 && x < 0.58 ? 'middle' : null;
}

function whereAt(group: Group, u: number): keyof typeof THIRDS | null {
  const member = group.members[0];
  return member === undefined || group.members.length > 1 ? null : third(poseAt(member, u).x);
}

/** Every question the scene can answer, each in one of its phrasings. */
export function questions(scene: Scene, random: Random): Task[] {
  const tasks: Task[] = [];
  const add = (type: string, phrasings: readonly string[], answer: string): void => {
    tasks.push({ type, prompt: `answer en ${random.pick(phrasings)}`, answer });
  };
  const groups = inReadingOrder(scene);
  const total = groups.reduce((sum, group) => sum + group.members.length, 0);
  const media = scene.moving ? 'video' : 'picture';
  const alone = (group: Group): boolean => groups.filter((other) => other.kind === group.kind).length === 1;
  const unpainted = (group: Group): string =>
    group.members.length > 1 ? group.kind.plural : group.kind.name;
  const be = (group: Group): string => (group.members.length > 1 ? 'are' : 'is');
  const does = (group: Group): string => (group.members.length > 1 ? 'do' : 'does');
  const theGroup = (group: Group): string =>
    alone(group) && random.chance(0.5) ? `the ${unpainted(group)}` : the(group);

  add(
    'place',
    ['where does this take place?', `where is this ${media}?`, 'what is the place?', 'where are we?'],
    PLACES[scene.place],
  );
  if (groups.length > 0)
    add(
      'what',
      [`what is in the ${media}?`, `what can be seen?`, `what do you see?`, `who is in the ${media}?`],
      seen(scene),
    );
  for (const group of groups) {
    const count = group.members.length;
    if (alone(group))
      add(
        'count',
        [
          `how many ${group.kind.plural} are there?`,
          `how many ${group.kind.plural} do you see?`,
          `how many ${group.kind.plural}?`,
        ],
        String(count),
      );
    if (group.colour !== null && alone(group))
      add(
        'colour',
        [
          `what color ${be(group)} the ${unpainted(group)}?`,
          `which color ${be(group)} the ${unpainted(group)}?`,
        ],
        group.colour,
      );
    add(
      'exists',
      [
        `is there ${withArticle(group.kind.name)}?`,
        `is there ${withArticle(group.kind.name)} in the ${media}?`,
        `do you see ${withArticle(group.kind.name)}?`,
      ],
      'yes',
    );
    if (scene.moving) {
      const action = actionOf(group);
      const subject = theGroup(group);
      if (group.role === null)
        add(
          'does',
          [
            `what ${does(group)} ${subject} do?`,
            `what ${be(group)} ${subject} doing?`,
            `what happens to ${subject}?`,
          ],
          doing(group),
        );
      if (['left', 'right', 'up', 'down'].includes(action))
        add(
          'way',
          [
            `which way ${does(group)} ${subject} go?`,
            `which way ${does(group)} ${subject} move?`,
            `which direction ${does(group)} ${subject} move?`,
            `where ${does(group)} ${subject} go?`,
            `in which direction ${be(group)} ${subject} moving?`,
          ],
          action,
        );
      if (group.role === null && groups.filter((other) => actionOf(other) === action).length === 1) {
        const verb = ACTIONS[action][0];
        add('who', [`what ${verb}?`, `who ${verb}?`, `which thing ${verb}?`], someOf(group));
      }
      const claimed = random.chance(0.5) ? action : random.pick(ACTION_NAMES);
      if (group.role === null)
        add(
          'check',
          [
            `${does(group)} ${subject} ${ACTIONS[claimed][1]}?`,
            `is it true that ${subject} ${ACTIONS[claimed][count > 1 ? 1 : 0]}?`,
          ],
          claimed === action ? 'yes' : 'no',
        );
      for (const [moment, words] of [
        [0, 'start'],
        [0.875, 'end'],
      ] as const) {
        const side = whereAt(group, moment);
        const unseen = (action === 'appear' && moment === 0) || (action === 'disappear' && moment > 0);
        if (side !== null && !unseen)
          add(
            `where-${words}`,
            [
              `where is ${subject} at the ${words}?`,
              `where is ${subject} at the ${words === 'start' ? 'beginning' : 'end'}?`,
            ],
            THIRDS[side],
          );
      }
    }
    if (!scene.moving || actionOf(group) === 'still') {
      const side = whereAt(group, 0);
      if (side !== null) {
        add('where', [`where is ${theGroup(group)}?`, `on which side is ${theGroup(group)}?`], THIRDS[side]);
        const neighbours = groups.filter(
          (other) =>
            other !== group &&
            (other.members.length > 1 || whereAt(other, 0) === side || whereAt(other, 0) === null),
        );
        if (neighbours.length === 0 && (!scene.moving || groups.length === 1))
          add(
            'which',
            [`what is ${THIRDS[side]}?`, `what do you see ${THIRDS[side]}?`, `who is ${THIRDS[side]}?`],
            someOf(group),
          );
      }
      const size = group.members[0]?.size ?? 0;
      if (count === 1 && (size > 0.52 || size < 0.3))
        add(
          'size',
          [`is ${theGroup(group)} big or small?`, `how big is ${theGroup(group)}?`],
          size > 0.4 ? 'big' : 'small',
        );
    }
  }
  if (total > 0)
    add(
      'total',
      ['how many things are there?', 'how many things do you see?', 'how many are there in all?'],
      String(total),
    );
  const absent = random.pick(KINDS);
  if (groups.every((group) => group.kind !== absent))
    add(
      'exists',
      [
        `is there ${withArticle(absent.name)}?`,
        `is there ${withArticle(absent.name)} in the ${media}?`,
        `do you see ${withArticle(absent.name)}?`,
      ],
      'no',
    );
  if (scene.sign !== null)
    add(
      'read',
      ['what does the sign say?', 'what is written on the sign?', 'what is on the sign?', 'read the sign'],
      scene.sign.word,
    );
  const chaser = groups.find((group) => group.role === 'chaser');
  const chased = groups.find((group) => group.role === 'chased');
  if (chaser !== undefined && chased !== undefined) {
    add(
      'chase',
      [`who chases ${the(chased)}?`, `what chases ${the(chased)}?`, `who is chasing ${the(chased)}?`],
      someOf(chaser),
    );
    add(
      'chase',
      [`who does ${the(chaser)} chase?`, `what does ${the(chaser)} chase?`, `who is chased?`],
      someOf(chased),
    );
    add(
      'does',
      [`what does ${the(chaser)} do?`, `what is ${the(chaser)} doing?`],
      `chases the ${noun(chased)}`,
    );
  }
  if (scene.moving)
    add(
      'happens',
      ['what happens?', 'what is happening?', 'what happens in the video?', 'what is going on?'],
      happening(scene),
    );
  return tasks;
}

/** The caption task. */
export function captionTask(scene: Scene): Task {
  return { type: 'caption', prompt: 'caption en', answer: say(scene) };
}
