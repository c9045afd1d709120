import { dress, freshKind } from './cast.js';
import type { Kind } from './kinds.js';
import type { Random } from './random.js';
import { restAt } from './rest.js';
import type { Group, Motion } from './scene.js';
import type { Action, Interaction } from './vocabulary.js';

/** Which kinds are wanted; chance decides otherwise. */
export interface Pair {
  readonly subject: Kind;
  readonly object: Kind;
}

type Plan = Readonly<Record<'subject' | 'object', Motion>>;

/** One behind the other, the same way. */
function chase(random: Random, aspect: number, ahead: 1 | -1): Plan {
  const sizes = [random.between(0.23, 0.34), random.between(0.23, 0.34)] as const;
  const gap = (0.55 * (sizes[0] + sizes[1]) + random.between(0, 0.12)) / aspect;
  const margin = (0.5 * Math.max(...sizes)) / aspect;
  const way = Math.max(0.15, (1 - 2 * margin - gap) * random.between(0.6, 1));
  const tail = random.between(margin, Math.max(margin, 1 - margin - gap - way));
  const y = random.between(0.25, 0.75);
  const action: Action = ahead > 0 ? 'right' : 'left';
  const runner = (along: number, size: number): Motion => ({
    ...restAt(ahead > 0 ? along : 1 - along, y + random.between(-0.06, 0.06), size),
    action,
    dx: ahead * way,
  });
  return { subject: runner(tail, sizes[0]), object: runner(tail + gap, sizes[1]) };
}

/** From both sides to the middle, where they stop face to face. */
function meet(random: Random, aspect: number, ahead: 1 | -1): Plan {
  const sizes = [random.between(0.23, 0.32), random.between(0.23, 0.32)] as const;
  const middle = random.between(0.42, 0.58);
  const y = random.between(0.3, 0.72);
  const comer = (side: 1 | -1, size: number): Motion => {
    const margin = (0.52 * size) / aspect;
    const begin =
      side > 0 ? random.between(margin, margin + 0.06) : 1 - random.between(margin, margin + 0.06);
    const end = middle - side * ((0.27 * (sizes[0] + sizes[1])) / aspect);
    const action: Action = side > 0 ? 'right' : 'left';
    return {
      ...restAt(begin, y + random.between(-0.04, 0.04), size),
      action,
      dx: end - begin,
      to: random.between(0.7, 0.9),
    };
  };
  return { subject: comer(ahead, sizes[0]), object: comer(ahead > 0 ? -1 : 1, sizes[1]) };
}

/** From one side to the other, hidden for a while by the other, which stands in front. */
function pass(random: Random, aspect: number, ahead: 1 | -1): Plan {
  const [near, far] = [random.between(0.4, 0.52), random.between(0.24, 0.32)];
  const object = restAt(random.between(0.42, 0.58), random.between(0.45, 0.68), near);
  const margin = (0.52 * far) / aspect;
  const begin = ahead > 0 ? margin : 1 - margin;
  const subject: Motion = {
    ...restAt(begin, object.y + random.between(-0.05, 0.08), far),
    action: ahead > 0 ? 'right' : 'left',
    dx: ahead * (1 - 2 * margin),
  };
  return { subject, object };
}

/** In one arc over the other. */
function leap(random: Random, aspect: number, ahead: 1 | -1): Plan {
  const [low, high] = [random.between(0.2, 0.27), random.between(0.23, 0.3)];
  const ground = random.between(0.82, 0.95);
  const object = restAt(random.between(0.42, 0.58), ground - low / 2, low);
  const margin = (0.52 * high) / aspect;
  const reach = Math.min(object.x, 1 - object.x) - margin;
  const subject: Motion = {
    ...restAt(object.x - ahead * reach, ground - high / 2, high),
    action: ahead > 0 ? 'right' : 'left',
    dx: ahead * 2 * reach,
    hops: 1,
    hopHeight: Math.min(ground - high - 0.02, low + random.between(0.12, 0.2)),
  };
  return { subject, object };
}

/** One stops before the way of the other, which crosses up or down, and then goes on. */
function giveWay(random: Random, aspect: number, ahead: 1 | -1): Plan {
  const [waits, crosses] = [random.between(0.23, 0.3), random.between(0.23, 0.3)];
  const crossing = random.between(0.48, 0.6);
  const margin = (0.52 * waits) / aspect;
  const gap = (0.55 * (waits + crosses)) / aspect;
  const way = 1 - 2 * margin;
  const down = random.chance(0.5);
  const marginY = 0.52 * crosses;
  const object: Motion = {
    ...restAt(ahead > 0 ? crossing : 1 - crossing, down ? marginY : 1 - marginY, crosses),
    action: down ? 'down' : 'up',
    dy: (down ? 1 : -1) * (1 - 2 * marginY),
    from: 0.1,
    to: 0.62,
  };
  const subject: Motion = {
    ...restAt(ahead > 0 ? margin : 1 - margin, random.between(0.42, 0.6), waits),
    action: ahead > 0 ? 'right' : 'left',
    dx: ahead * way,
    halt: { done: Math.max(0.05, (crossing - gap - margin) / way), from: 0.22, to: 0.6 },
  };
  return { subject, object };
}

const PLANS = { chase, meet, pass, leap, yield: giveWay } as const;

/** Adds two that do something with each other; the subject is drawn first, so the object covers it. */
export function addInteraction(
  random: Random,
  aspect: number,
  groups: Group[],
  interaction: Interaction,
  towards: 'left' | 'right' | null = null,
  pair: Pair | null = null,
): void {
  const canMove = (kind: Kind): boolean => kind.category !== 'object';
  const stands = interaction === 'pass' || interaction === 'leap';
  const way = towards ?? (random.chance(0.5) ? 'left' : 'right');
  const plan = PLANS[interaction](random, aspect, way === 'right' ? 1 : -1);
  for (const role of ['subject', 'object'] as const) {
    const allowed = role === 'object' && stands ? undefined : canMove;
    const kind = pair?.[role] ?? freshKind(random, groups, allowed);
    groups.push({ ...dress(random, kind, groups), members: [plan[role]], role });
  }
}
