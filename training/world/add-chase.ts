import { dress, freshKind } from './cast.js';
import type { Kind } from './kinds.js';
import type { Random } from './random.js';
import { restAt } from './rest.js';
import type { Group, Motion } from './scene.js';
import type { Action } from './vocabulary.js';

/** Adds two that run the same way, one behind the other. */
export function addChase(
  random: Random,
  aspect: number,
  groups: Group[],
  towards: Action | null = null,
  kinds: Readonly<Record<'chaser' | 'chased', Kind>> | null = null,
): void {
  const canRun = (kind: Kind): boolean => kind.category !== 'object';
  const action: Action = towards ?? (random.chance(0.5) ? 'left' : 'right');
  const sign = action === 'right' ? 1 : -1;
  const sizes = [random.between(0.23, 0.34), random.between(0.23, 0.34)] as const;
  const gap = (0.55 * (sizes[0] + sizes[1]) + random.between(0, 0.12)) / aspect;
  const margin = (0.5 * Math.max(...sizes)) / aspect;
  const room = 1 - 2 * margin - gap;
  const way = Math.max(0.15, room * random.between(0.6, 1));
  const tail = random.between(margin, Math.max(margin, 1 - margin - gap - way));
  const y = random.between(0.25, 0.75);
  for (const role of ['chaser', 'chased'] as const) {
    const ahead = role === 'chased' ? gap : 0;
    const along = tail + ahead;
    const size = role === 'chaser' ? sizes[0] : sizes[1];
    const x = sign > 0 ? along : 1 - along;
    const member: Motion = { ...restAt(x, y + random.between(-0.06, 0.06), size), action, dx: sign * way };
    groups.push({
      ...dress(random, kinds?.[role] ?? freshKind(random, groups, canRun), groups),
      members: [member],
      role,
    });
  }
}
