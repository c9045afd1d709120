import type { Group, Scene } from './scene.js';
import { ACTIONS, PLACES } from './vocabulary.js';
import { joined, someOf } from './words.js';

/** The action all members of a group share. */
export function actionOf(group: Group): keyof typeof ACTIONS {
  return group.members[0]?.action ?? 'still';
}

/** What a group does, in the form its number asks for: `moves left`, `spin`. */
export function doing(group: Group): string {
  return ACTIONS[actionOf(group)][group.members.length > 1 ? 1 : 0];
}

/** Groups as they are read: from left to right where they begin. */
export function inReadingOrder(scene: Scene): Group[] {
  const leftmost = (group: Group): number => Math.min(...group.members.map((member) => member.x));
  return [...scene.groups].sort((a, b) => leftmost(a) - leftmost(b));
}

/** What happens, without the place: `a cow moves left and a dog stands still`. */
export function happening(scene: Scene): string {
  const chaser = scene.groups.find((group) => group.role === 'chaser');
  const chased = scene.groups.find((group) => group.role === 'chased');
  const parts: string[] = [];
  if (chaser !== undefined && chased !== undefined)
    parts.push(`${someOf(chaser)} chases ${someOf(chased)} to the ${actionOf(chaser)}`);
  else parts.push(...inReadingOrder(scene).map((group) => `${someOf(group)} ${doing(group)}`));
  if (scene.sign !== null) parts.push(`a sign says ${scene.sign.word}`);
  return joined(parts);
}

/** What is seen, without the place: `two cows and a red car`. */
export function seen(scene: Scene): string {
  const parts = inReadingOrder(scene).map(someOf);
  if (scene.sign !== null) parts.push(`a sign that says ${scene.sign.word}`);
  return joined(parts);
}

/** The caption, in English. */
export function say(scene: Scene): string {
  return `${scene.moving ? happening(scene) : seen(scene)} ${PLACES[scene.place]}`;
}
