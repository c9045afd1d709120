import { actionOf, partyOf } from './say.js';
import type { Group, Scene } from './scene.js';
import type { Language, Tongue } from './tongues/tongue.js';
import { TONGUES } from './tongues/tongues.js';

/** One thing a caption should tell; right when any of the phrases is in it. */
export interface Fact {
  readonly kind: 'who' | 'does' | 'way' | 'where';
  readonly phrases: readonly string[];
}

const DIRECTIONS = ['left', 'right', 'up', 'down'] as const;

/** Without its article or number: `red cars`. */
const bare = (some: string): string => some.slice(some.indexOf(' ') + 1);

/** The names of a group, of one and of many: a German noun's other cases are like its plural where they differ. */
function names(tongue: Tongue, group: Group): string[] {
  const party = { ...partyOf(group), colour: null, count: 1 };
  return [bare(tongue.some(party)), tongue.many(group.kind)];
}

/** Who is in it, what each does, which way, and where: what a caption of the scene should tell. */
export function facts(scene: Scene, language: Language): Fact[] {
  const tongue = TONGUES[language];
  const told: Fact[] = scene.groups.map((group) => ({ kind: 'who', phrases: names(tongue, group) }));
  if (scene.moving && scene.interaction !== null) {
    const way = scene.groups.find((group) => group.role === 'subject');
    told.push({ kind: 'does', phrases: [tongue.verb[scene.interaction]] });
    if (way !== undefined && ['chase', 'pass', 'leap'].includes(scene.interaction))
      told.push({ kind: 'way', phrases: [tongue.towards[actionOf(way) === 'left' ? 'left' : 'right']] });
  } else if (scene.moving) {
    for (const group of scene.groups) {
      const action = actionOf(group);
      const does = tongue.does(action, group.members.length);
      // Told of the right thing, not only somewhere in the sentence.
      told.push({ kind: 'does', phrases: [`${bare(tongue.some(partyOf(group)))} ${does}`] });
      if (DIRECTIONS.some((direction) => direction === action)) told.push({ kind: 'way', phrases: [does] });
    }
  }
  told.push({ kind: 'where', phrases: [tongue.place[scene.place]] });
  return told;
}
