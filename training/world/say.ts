import type { Group, Scene } from './scene.js';
import { joinedBy, type Language, type Party, type Tongue } from './tongues/tongue.js';
import { TONGUES } from './tongues/tongues.js';
import type { Action } from './vocabulary.js';

/** The action all members of a group share. */
export function actionOf(group: Group): Action {
  return group.members[0]?.action ?? 'still';
}

export function partyOf(group: Group): Party {
  return { kind: group.kind, colour: group.colour, count: group.members.length };
}

/** Groups as they are read: from left to right where they begin. */
export function inReadingOrder(scene: Scene): Group[] {
  const leftmost = (group: Group): number => Math.min(...group.members.map((member) => member.x));
  return [...scene.groups].sort((a, b) => leftmost(a) - leftmost(b));
}

/** A group and what it does: `two cows move left`. */
export function clause(tongue: Tongue, group: Group): string {
  return `${tongue.some(partyOf(group))} ${tongue.does(actionOf(group), group.members.length)}`;
}

/** What happens, without the place: `a cow moves left and a dog stands still`. */
export function happening(scene: Scene, tongue: Tongue): string {
  const subject = scene.groups.find((group) => group.role === 'subject');
  const object = scene.groups.find((group) => group.role === 'object');
  const parts: string[] = [];
  if (scene.interaction !== null && subject !== undefined && object !== undefined) {
    const way = actionOf(subject) === 'left' ? 'left' : 'right';
    parts.push(tongue.together(scene.interaction, partyOf(subject), partyOf(object), way));
  } else if (scene.inTurn) {
    parts.push(tongue.inTurn(scene.groups.map((group) => clause(tongue, group))));
  } else parts.push(...inReadingOrder(scene).map((group) => clause(tongue, group)));
  if (scene.sign !== null) parts.push(tongue.signSays(scene.sign.text));
  return joinedBy(tongue.and, parts);
}

/** What is seen, without the place: `two cows and a red car`. */
export function seen(scene: Scene, tongue: Tongue): string {
  const parts = inReadingOrder(scene).map((group) => tongue.some(partyOf(group)));
  if (scene.sign !== null) parts.push(tongue.signThatSays(scene.sign.text));
  return joinedBy(tongue.and, parts);
}

/** The caption: `a cow moves left on the grass`. */
export function say(scene: Scene, language: Language = 'en'): string {
  const tongue = TONGUES[language];
  return `${scene.moving ? happening(scene, tongue) : seen(scene, tongue)} ${tongue.place[scene.place]}`;
}

/** The caption in three wordings, as people would differ; the first is `say`'s. */
export function captions(scene: Scene, language: Language = 'en'): [string, string, string] {
  const tongue = TONGUES[language];
  const content = scene.moving ? happening(scene, tongue) : seen(scene, tongue);
  const lead = tongue.lead[scene.moving ? 'video' : 'picture'];
  const place = tongue.place[scene.place];
  return [`${content} ${place}`, `${lead} ${content} ${place}`, `${place}, ${content}`];
}

/** Only who or what is there and where, as `cap` asks. */
export function sayShortly(scene: Scene, language: Language): string {
  const tongue = TONGUES[language];
  return `${seen(scene, tongue)} ${tongue.place[scene.place]}`;
}

/** The caption, then how many things there are and how bright it is, as `describe` asks. */
export function sayAtLength(scene: Scene, language: Language): string {
  const tongue = TONGUES[language];
  const total = scene.groups.reduce((sum, group) => sum + group.members.length, 0);
  const light = scene.place === 'night' ? 'dark' : scene.light;
  const parts = [say(scene, language), ...(total > 0 ? [tongue.total(total)] : []), tongue.light[light]];
  return `${parts.join('. ')}.`;
}
