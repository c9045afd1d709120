import { dress } from './cast.js';
import { chooseMotion } from './choose-motion.js';
import { findMotion, shiftedMotion } from './find-motion.js';
import type { Kind } from './kinds.js';
import type { Random } from './random.js';
import type { Group, Motion } from './scene.js';
import type { Action, Colour } from './vocabulary.js';

/** What is to be added: several of a kind that all do the same. */
export interface Wanted {
  readonly kind: Kind;
  readonly action: Action;
  readonly count: number;
  /** Height as a fraction of the picture's. */
  readonly size: number;
  readonly colour?: Colour | undefined;
  /** When the motion begins and ends, 0..1 of the clip; chance decides otherwise. */
  readonly span?: { readonly from: number; readonly to: number } | undefined;
  /** As in `findMotion`. */
  readonly room?: number | undefined;
}

/**
 * Adds a group apart from what is `placed`; both lists grow.
 * @returns false, and adds nothing, where there is no room
 */
export function addGroup(
  random: Random,
  aspect: number,
  groups: Group[],
  placed: Motion[],
  wanted: Wanted,
): boolean {
  const { kind, action, count, size, colour, span, room } = wanted;
  const timed = (motion: Motion): Motion =>
    span === undefined ? motion : { ...motion, ...span, moment: (span.from + span.to) / 2 };
  const lead = findMotion(placed, aspect, () => timed(chooseMotion(random, action, size, aspect)), room);
  if (lead === null) return false;
  const members: Motion[] = [lead];
  while (members.length < count) {
    const beside = [...placed, ...members];
    const other = findMotion(beside, aspect, () => shiftedMotion(random, lead, aspect), room);
    if (other === null) break;
    members.push(other);
  }
  if (members.length < count) return false;
  groups.push({ ...dress(random, kind, groups, colour ?? null), members, role: null });
  placed.push(...members);
  return true;
}
