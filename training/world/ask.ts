import { KINDS } from './kinds.js';
import { poseAt } from './motion.js';
import type { Random } from './random.js';
import { actionOf, clause, happening, inReadingOrder, partyOf, seen } from './say.js';
import type { Group, Scene } from './scene.js';
import type { Task } from './task.js';
import { ENGLISH, noun, withArticle } from './tongues/english.js';
import { ACTION_NAMES, ACTIONS, INTERACTIONS, PLACES } from './vocabulary.js';

const someOf = (group: Group): string => ENGLISH.some(partyOf(group));
const the = (group: Group): string => ENGLISH.the(partyOf(group));
const doing = (group: Group): string => ENGLISH.does(actionOf(group), group.members.length);

const THIRDS = { left: 'on the left', middle: 'in the middle', right: 'on the right' } as const;

/** Which third of the width a thing is in, null where people would disagree. */
function third(x: number): keyof typeof THIRDS | null {
  if (x < 0.36) return 'left';
  if (x > 0.64) return 'right';
  return x > 0.42 && x < 0.58 ? 'middle' : null;
}

function whereAt(group: Group, u: number): keyof typeof THIRDS | null {
  const member = group.members[0];
  const x = member === undefined || group.members.length > 1 ? -1 : poseAt(member, u).x;
  return x < 0 || x > 1 ? null : third(x);
}

/** Which way a group goes, null where it goes none. */
function wayOf(group: Group): string | null {
  const action = actionOf(group);
  if (action === 'enter' || action === 'leave') return (group.members[0]?.dx ?? 0) > 0 ? 'right' : 'left';
  return ['left', 'right', 'up', 'down'].includes(action) ? action : null;
}

type Add = (type: string, phrasings: readonly string[], answer: string) => void;

/** What one does with the other. */
function addTogether(scene: Scene, add: Add): void {
  const subject = scene.groups.find((group) => group.role === 'subject');
  const object = scene.groups.find((group) => group.role === 'object');
  if (scene.interaction === null || subject === undefined || object === undefined) return;
  const verb = INTERACTIONS[scene.interaction];
  const [who, whom] = [the(subject), the(object)];
  const plain = {
    chase: 'chase',
    meet: 'meet',
    pass: 'pass behind',
    leap: 'jump over',
    yield: 'give way to',
  };
  const bare = plain[scene.interaction];
  add('together', [`who ${verb} ${whom}?`, `what ${verb} ${whom}?`], someOf(subject));
  add('together', [`who does ${who} ${bare}?`, `what does ${who} ${bare}?`], someOf(object));
  if (scene.interaction === 'meet')
    add('together', [`who meets ${who}?`, `what meets ${who}?`], someOf(object));
  add('does', [`what does ${who} do?`, `what is ${who} doing?`], `${verb} the ${noun(partyOf(object))}`);
}

/** Who acts before whom. */
function addInTurn(scene: Scene, add: Add): void {
  const [first, second] = scene.groups;
  if (!scene.inTurn || first === undefined || second === undefined) return;
  add('order', ['who acts first?', 'what moves first?', 'which thing is first?'], someOf(first));
  add('order', ['who acts last?', 'what moves last?', 'which thing is last?'], someOf(second));
  add('order', ['what happens first?', 'what happens at first?'], clause(ENGLISH, first));
  add('order', ['what happens last?', 'what happens in the end?'], clause(ENGLISH, second));
  add('order', [`what happens before ${the(second)} ${doing(second)}?`], clause(ENGLISH, first));
  add('order', [`what happens after ${the(first)} ${doing(first)}?`], clause(ENGLISH, second));
}

/** Every question the scene can answer, each in one of its phrasings. */
export function questions(scene: Scene, random: Random): Task[] {
  const tasks: Task[] = [];
  const add: Add = (type, phrasings, answer) => {
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
      seen(scene, ENGLISH),
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
      const way = wayOf(group);
      if (way !== null)
        add(
          'way',
          [
            `which way ${does(group)} ${subject} go?`,
            `which way ${does(group)} ${subject} move?`,
            `which direction ${does(group)} ${subject} move?`,
            `where ${does(group)} ${subject} go?`,
            `in which direction ${be(group)} ${subject} moving?`,
          ],
          way,
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
        const unseen =
          (moment === 0 && (action === 'appear' || action === 'enter')) ||
          (moment > 0 && (action === 'disappear' || action === 'leave'));
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
      scene.sign.text,
    );
  addTogether(scene, add);
  addInTurn(scene, add);
  if (scene.moving)
    add(
      'happens',
      ['what happens?', 'what is happening?', 'what happens in the video?', 'what is going on?'],
      happening(scene, ENGLISH),
    );
  return tasks;
}
