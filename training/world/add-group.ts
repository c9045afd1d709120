import { dress } from './cast.js';
import { chooseMotion } from './choose-motion.js';
import { findMotion, shiftedMotion } from './find-motion.js';
import type { Kind } from './kinds.js';
import type { Random } from './random.js';
import type { Group, Motion } from './scene.js';
import type { Action, Colour } from './vocabulary.js';

/**
 * Adds `count` things of a kind that all do `action`, apart from what is `placed`; both lists grow.
 * @returns false, and adds nothing, where there is no room
 */
export function addGroup(
  random: Random,
  aspect: number,
  groups: Group[],
  placed: Motion[],
  kind: Kind,
  action: Action,
  count: number,
  size: number,
  colour: Colour | null = null,
): boolean {
  const lead = findMotion(placed, aspect, () => chooseMotion(random, action, size, aspect));
  if (lead === null) return false;
  const members: Motion[] = [lead];
  while (members.length < count) {
    const other = findMotion([...placed, ...members], aspect, () => shiftedMotion(random, lead, aspect));
    if (other === null) break;
    members.push(other);
  }
  if (members.length < count) return false;
  groups.push({ ...dress(random, kind, groups, colour), members, role: null });
  placed.push(...members);
  return true;
}
