import type { Motion, Pose } from './scene.js';

/**
 * Where a thing is at `u` of its clip, 0 at the beginning and 1 at the end.
 * Before `from` and after `to` it rests; what appears or disappears does so within 4 % of the clip.
 */
export function poseAt(motion: Motion, u: number): Pose {
  const done = wayDone(motion, u);
  const hop = motion.hops > 0 ? Math.abs(Math.sin(Math.PI * motion.hops * done)) * motion.hopHeight : 0;
  const fade = Math.min(1, Math.max(0, (u - motion.moment) / 0.04));
  return {
    x: motion.x + motion.dx * done,
    y: motion.y + motion.dy * done - hop,
    size: motion.size * Math.pow(motion.growth, done),
    angle: motion.turn * done,
    opacity: motion.action === 'appear' ? fade : motion.action === 'disappear' ? 1 - fade : 1,
  };
}

/** Which share of its way a thing has gone at `u`, with its stop. */
function wayDone({ from, to, halt }: Motion, u: number): number {
  const share = (begin: number, end: number): number => Math.min(1, Math.max(0, (u - begin) / (end - begin)));
  if (halt === null) return share(from, to);
  return halt.done * share(from, halt.from) + (1 - halt.done) * share(halt.to, to);
}
