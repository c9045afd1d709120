import { KINDS, STYLES, type Kind } from './kinds.js';
import type { Random } from './random.js';
import type { Group } from './scene.js';
import { COLOUR_NAMES, type Colour } from './vocabulary.js';

/** How a group of a kind looks: its paint, unlike that of others of its kind, its style, its side and tilt. */
export function dress(
  random: Random,
  kind: Kind,
  taken: readonly Group[],
  wanted: Colour | null = null,
): Omit<Group, 'members' | 'role'> {
  const used = taken.filter((group) => group.kind === kind).map((group) => group.colour);
  const free = COLOUR_NAMES.filter((colour) => !used.includes(colour));
  const colour: Colour | null = kind.painted ? (wanted ?? random.pick(free)) : null;
  return {
    kind,
    colour,
    style: random.pick(STYLES),
    flip: random.chance(0.5),
    tilt: random.chance(0.7) ? 0 : random.between(-0.2, 0.2),
  };
}

/** A kind that can join the scene without being confused with one that is there. */
export function freshKind(random: Random, groups: readonly Group[], only?: (kind: Kind) => boolean): Kind {
  for (;;) {
    const kind = random.pick(KINDS);
    if (only !== undefined && !only(kind)) continue;
    if (groups.some((group) => group.kind === kind && !kind.painted)) continue;
    if (groups.filter((group) => group.kind === kind).length >= 2) continue;
    return kind;
  }
}
