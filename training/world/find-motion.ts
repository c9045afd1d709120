import { poseAt } from './motion.js';
import type { Random } from './random.js';
import type { Motion } from './scene.js';

const MOMENTS = [0, 0.25, 0.5, 0.75, 1] as const;

/** True when two things stay apart at every moment, seen in units of the picture's height. */
function apart(a: Motion, b: Motion, aspect: number, room: number): boolean {
  return MOMENTS.every((u) => {
    const [p, q] = [poseAt(a, u), poseAt(b, u)];
    const distance = Math.hypot((p.x - q.x) * aspect, p.y - q.y);
    return distance > room * (p.size + q.size);
  });
}

/**
 * A motion that keeps apart from what is placed already; null when there is no room.
 * @param room distance of centres as a share of the sum of the heights: below 0.45 things may cover each other in part
 */
export function findMotion(
  placed: readonly Motion[],
  aspect: number,
  propose: () => Motion,
  room = 0.47,
): Motion | null {
  for (let attempt = 0; attempt < 40; attempt++) {
    const motion = propose();
    if (placed.every((other) => apart(motion, other, aspect, room))) return motion;
  }
  return null;
}

/** The same motion from another beginning, still inside the picture. */
export function shiftedMotion(random: Random, lead: Motion, aspect: number): Motion {
  const halfX = (0.5 * lead.size) / aspect;
  const half = 0.5 * lead.size;
  const lowX = Math.max(halfX, halfX - lead.dx);
  const highX = Math.min(1 - halfX, 1 - halfX - lead.dx);
  const lowY = Math.max(half + lead.hopHeight, half - lead.dy);
  const highY = Math.min(1 - half, 1 - half - lead.dy);
  return {
    ...lead,
    x: highX > lowX ? random.between(lowX, highX) : lead.x,
    y: highY > lowY ? random.between(lowY, highY) : lead.y,
  };
}
