import type { Film } from './render.js';
import { partyOf } from './say.js';
import type { Group } from './scene.js';
import type { Task } from './task.js';
import { noun } from './tongues/english.js';

/** Types of questions about one thing, which the prompt names. */
const ABOUT_ONE = new Set(['count', 'exists', 'colour', 'where', 'size']);
const ABOUT_SIGN = new Set(['ocr', 'read']);

/**
 * The actors of a film that a task is about, by their place in its list: none where what it names is not there, null
 * where it is about the whole picture.
 */
export function soughtActors(film: Film, { type, prompt, things, masks }: Task): number[] | null {
  if (things !== undefined) return things.map(({ actor }) => actor);
  if (masks !== undefined) return [...masks];
  if (ABOUT_SIGN.has(type)) return actorsWhere(film, (group) => group === null);
  if (!ABOUT_ONE.has(type)) return null;
  const isNamed = (name: string): boolean => new RegExp(`\\b${name}\\b`).test(prompt);
  const painted = actorsWhere(film, (group) => group?.colour != null && isNamed(noun(partyOf(group))));
  if (painted.length > 0) return painted;
  return actorsWhere(
    film,
    (group) => group !== null && (isNamed(group.kind.name) || isNamed(group.kind.plural)),
  );
}

function actorsWhere(film: Film, isMeant: (group: Group | null) => boolean): number[] {
  return film.actors.flatMap(({ group }, actor) => (isMeant(group) ? [actor] : []));
}
